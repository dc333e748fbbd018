"""A published handbook as a folder of plain pages that needs no server.

The pages are the ones that a visitor sees, so that names and words are shown as consented; they
are fetched from the application itself, follow one another by relative links, and need no script.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from flask import Flask
from werkzeug.exceptions import MethodNotAllowed, NotFound

STATIC = Path(__file__).resolve().parent.parent / "static"

FLAG = "reviewtool.archive"
"""The key of the WSGI environment by which templates know that a page is archived; no request
from outside can set it.
"""

ENDPOINTS = frozenset(
    {
        "front.accessibility",
        "front.privacy",
        "public.handbook",
        "public.section",
        "public.trace",
        "public.printable",
        "rounds.request",
        "rounds.request_pdf",
        "starting_texts.published",
        "editions.index",
        "editions.show",
        "editions.section",
        "editions.draft",
        "editions.compare",
        "editions.compare_section",
        "editions.picture",
        "editions.figures",
        "pictures.show",
        "static",
    }
)
"""What the archive holds; a link to anything else keeps its words and loses its address."""


@dataclass(frozen=True)
class ArchivedFile:
    """A file of the archive: its path in the folder, with slashes, and its content."""

    path: str
    content: bytes


def archived_files(app: Flask, handbook_id: str, language: str) -> Iterator[ArchivedFile]:
    """Give all files of a handbook's archive; the first is index.html.

    Raises NotFound for a handbook that isn't there.
    """
    client = app.test_client()
    base = app.extensions["reviewtool"].settings.base_url
    adapter = app.url_map.bind(urlsplit(base).netloc)
    start = f"/h/{handbook_id}"
    waiting, known = [start], {start}
    while waiting:
        path = waiting.pop(0)
        response = client.get(
            path,
            base_url=base,
            headers={"Accept-Language": language},
            environ_overrides={FLAG: True},
            buffered=True,
        )
        if response.status_code == 404 and path == start:
            raise NotFound
        if response.status_code != 200:
            raise RuntimeError(f"{path} can't be archived: it answers {response.status_code}")
        here = file_of(path, handbook_id)
        content = response.data
        if response.mimetype == "text/html":
            page = _Page(adapter, handbook_id, here)
            content = page.rewritten(response.get_data(as_text=True)).encode()
            for one in page.linked:
                if one not in known:
                    known.add(one)
                    waiting.append(one)
        elif here.endswith("fonts.css"):
            yield from _fonts()
        yield ArchivedFile(here, content)


def file_of(path: str, handbook_id: str) -> str:
    """Name the file of a page's path: /h/ID/texts/X -> texts/X.html."""
    own = f"/h/{handbook_id}"
    if path == own:
        return "index.html"
    inside = path.removeprefix(f"{own}/") if path.startswith(f"{own}/") else path.lstrip("/")
    if path.startswith("/pictures/"):
        return f"{inside}.webp" if "." not in posixpath.basename(inside) else inside
    return inside if posixpath.splitext(inside)[1] in (".css", ".svg", ".pdf") else f"{inside}.html"


def _fonts() -> Iterator[ArchivedFile]:
    for font in sorted((STATIC / "fonts").iterdir()):
        yield ArchivedFile(f"static/fonts/{font.name}", font.read_bytes())


@dataclass
class _Page(HTMLParser):
    """Writes a page again as it is, but for its links, forms, scripts and symbols."""

    adapter: Any
    handbook_id: str
    here: str
    linked: list[str] = field(default_factory=list)
    out: list[str] = field(default_factory=list)
    symbols: set[str] = field(default_factory=set)
    anchors: list[bool] = field(default_factory=list)
    """For each open <a>: whether it kept its tag."""
    silent: int = 0
    """How many elements are open whose content is left out."""

    LEFT_OUT = frozenset({"script", "form", "button", "template"})

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=False)

    def rewritten(self, html: str) -> str:
        """Give the page as it stands in the archive."""
        self.feed(html)
        self.close()
        return "".join(self.out)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in self.LEFT_OUT:
            self.silent += 1
        if self.silent:
            return
        self.out.append(self._start(tag, dict(attrs)))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if not self.silent:
            self.out.append(self._start(tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if tag in self.LEFT_OUT:
            self.silent -= 1
            return
        if self.silent or (tag == "a" and self.anchors and not self.anchors.pop()):
            return
        if tag == "body":
            self.out.append(self._symbols())
        self.out.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        self._keep(data)

    def handle_entityref(self, name: str) -> None:
        self._keep(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self._keep(f"&#{name};")

    def handle_decl(self, decl: str) -> None:
        self._keep(f"<!{decl}>")

    def _keep(self, raw: str) -> None:
        if not self.silent:
            self.out.append(raw)

    def _start(self, tag: str, attrs: dict[str, str | None]) -> str:
        raw = self.get_starttag_text() or ""
        if tag == "a":
            kept = self._link(attrs)
            self.anchors.append(kept is not None)
            return "" if kept is None else kept or raw
        if tag == "link" and attrs.get("rel") in ("preload", "modulepreload"):
            return ""
        if tag == "use":
            name = (attrs.get("href") or "").partition("#")[2]
            self.symbols.add(name)
            return f'<use href="#icon-{escape(name)}">'
        for name in ("href", "src"):
            address = attrs.get(name)
            if address and tag in ("link", "img", "source"):
                attrs[name] = self._place(address)
                attrs.pop("srcset", None)
                return _tag(tag, attrs)
        return raw

    def _link(self, attrs: dict[str, str | None]) -> str | None:
        """Give an anchor's start tag; "" for one that stays as it is, None for one that goes."""
        address = attrs.get("href")
        if not address or address.startswith(("#", "mailto:", "tel:")):
            return ""
        if urlsplit(address).netloc:
            return ""
        place = self._place(address)
        if place is None:
            return None
        return _tag("a", {**attrs, "href": place})

    def _place(self, address: str) -> str | None:
        """Give the relative address of another file of the archive; None for what isn't in it."""
        parts = urlsplit(address)
        try:
            endpoint = self.adapter.match(parts.path, method="GET")[0]
        except (NotFound, MethodNotAllowed):
            return None
        own = f"/h/{self.handbook_id}"
        elsewhere = parts.path.startswith("/h/") and not (
            parts.path == own or parts.path.startswith(f"{own}/")
        )
        if endpoint not in ENDPOINTS or elsewhere:
            return None
        self.linked.append(parts.path)
        there = file_of(parts.path, self.handbook_id)
        relative = posixpath.relpath(there, posixpath.dirname(self.here) or ".")
        return f"{relative}#{parts.fragment}" if parts.fragment else relative

    def _symbols(self) -> str:
        """Give the symbols that the page uses: another file's can't be used without a server."""
        if not self.symbols:
            return ""
        found = []
        for line in (STATIC / "icons.svg").read_text(encoding="utf-8").splitlines():
            name = line.removeprefix('<symbol id="').partition('"')[0]
            if line.startswith("<symbol") and name in self.symbols:
                found.append(line.replace(f'id="{name}"', f'id="icon-{name}"', 1))
        return f'<svg hidden aria-hidden="true">{"".join(found)}</svg>'


def _tag(tag: str, attrs: dict[str, str | None]) -> str:
    written = "".join(
        f" {name}" if value is None else f' {name}="{escape(value)}"'
        for name, value in attrs.items()
    )
    return f"<{tag}{written}>"
