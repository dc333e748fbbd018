"""A small browser for tests: opens pages, fills the forms that they really hold, and submits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any
from urllib.parse import urljoin, urlsplit

import html5lib
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

NAMESPACE = "{http://www.w3.org/1999/xhtml}"


@dataclass
class FoundForm:
    """A form of a page: where it goes, what its fields hold now."""

    action: str
    fields: dict[str, list[str]]
    buttons: dict[str, str] = field(default_factory=dict)
    files: list[str] = field(default_factory=list)
    """Names of the fields that take files."""
    choices: dict[str, list[str]] = field(default_factory=dict)
    """What may be chosen: the values of radio buttons, ticks and lists, by name."""


class Browser:
    """One person's browser."""

    def __init__(self, client: FlaskClient) -> None:
        """Open it on a fresh client."""
        self.client = client
        self.response: TestResponse | None = None
        self.url = "/"

    def open(self, url: str) -> TestResponse:
        """Go to an address (a full one of this site, or a path), following redirects."""
        parts = urlsplit(url)
        path = parts.path + (f"?{parts.query}" if parts.query else "")
        self._arrive(self.client.get(path, follow_redirects=True))
        return self.page

    @property
    def page(self) -> TestResponse:
        """Give the page that is open."""
        assert self.response is not None, "no page has been opened"
        return self.response

    @property
    def html(self) -> str:
        """Give the page's source."""
        return self.page.get_data(as_text=True)

    @property
    def text(self) -> str:
        """Give what the page says, white space collapsed."""
        tree = html5lib.parse(self.html)
        body = tree.find(f"{NAMESPACE}body")
        return " ".join(" ".join(body.itertext()).split()) if body is not None else ""

    def forms(self) -> list[FoundForm]:
        """List the page's POST forms."""
        tree = html5lib.parse(self.html)
        return [
            self._read(form, tree)
            for form in tree.iter(f"{NAMESPACE}form")
            if (form.get("method") or "get").lower() == "post"
        ]

    def form(self, action_part: str = "", having: str = "") -> FoundForm:
        """Find the one form whose action contains a string and that has a field."""
        fits = [
            form
            for form in self.forms()
            if action_part in form.action and (not having or having in form.fields)
        ]
        actions = [form.action for form in self.forms()]
        assert fits, f"no form for {action_part!r} with {having!r}; the page has {actions}"
        return fits[0]

    def submit(
        self,
        action_part: str = "",
        values: Mapping[str, Any] | None = None,
        *,
        having: str = "",
        form: FoundForm | None = None,
        files: Mapping[str, tuple[str, bytes]] | None = None,
    ) -> TestResponse:
        """Fill a form of the page and send it, with its hidden fields, following redirects.

        files: field -> (name, content) of the file that is chosen in it.
        """
        chosen = form or self.form(action_part, having)
        data: dict[str, Any] = {**chosen.fields, **(values or {})}
        data = {name: value for name, value in data.items() if value is not None}
        for name, (file_name, content) in (files or {}).items():
            assert name in chosen.files, f"no field {name!r} for a file; there are {chosen.files}"
            data[name] = (BytesIO(content), file_name)
        self._arrive(
            self.client.post(urlsplit(chosen.action).path, data=data, follow_redirects=True)
        )
        return self.page

    def _arrive(self, response: TestResponse) -> None:
        self.response = response
        self.url = response.request.path

    def _read(self, form: Any, tree: Any) -> FoundForm:
        fields: dict[str, list[str]] = {}
        buttons: dict[str, str] = {}
        files: list[str] = []
        choices: dict[str, list[str]] = {}
        own = form.get("id")
        elsewhere = [one for one in tree.iter() if own and one.get("form") == own]
        for element in (*form.iter(), *elsewhere):
            tag = element.tag.removeprefix(NAMESPACE) if isinstance(element.tag, str) else ""
            name = element.get("name")
            if not name:
                continue
            if tag == "textarea":
                fields.setdefault(name, []).append("".join(element.itertext()))
            elif tag == "select":
                options = list(element.iter(f"{NAMESPACE}option"))
                choices.setdefault(name, []).extend(o.get("value") or "" for o in options)
                chosen = [o for o in options if o.get("selected") is not None] or options[:1]
                fields.setdefault(name, []).extend(o.get("value") or "" for o in chosen)
            elif tag == "button":
                buttons[name] = element.get("value") or ""
            elif tag == "input":
                kind = (element.get("type") or "text").lower()
                if kind == "file":
                    if form.get("enctype") == "multipart/form-data":
                        files.append(name)
                    continue
                if kind in ("checkbox", "radio"):
                    choices.setdefault(name, []).append(element.get("value") or "on")
                if kind in ("checkbox", "radio") and element.get("checked") is None:
                    fields.setdefault(name, [])
                    continue
                fields.setdefault(name, []).append(element.get("value") or "")
        action = urljoin(self.url, form.get("action") or self.url)
        return FoundForm(action, fields, buttons, files, choices)
