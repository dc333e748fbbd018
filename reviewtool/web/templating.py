"""What every template can use: words, dates, static files, the actor."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from flask import Flask, g, request, url_for
from flask_login import current_user
from jinja2 import StrictUndefined
from werkzeug.datastructures import MultiDict

from reviewtool.infra import i18n
from reviewtool.infra.ids import new_id
from reviewtool.web.static_archive import FLAG
from reviewtool.wording.languages import texts_in
from reviewtool.wording.names import answered_as, kind_of_organisation, wording
from reviewtool.wording.promises import promise, rule
from reviewtool.wording.refusals import refusal

STATIC = Path(__file__).resolve().parent.parent / "static"

EDITOR_PAGES = (
    ("desk", "desk.show"),
    ("process", "process.show"),
    ("structure", "structure.show"),
    ("drafts", "drafts.index"),
    ("ledger", "ledger.show"),
    ("people", "people.index"),
    ("messages", "messages.index"),
)
"""The editors' navigation: key of the page, endpoint that takes a handbook_id."""


@lru_cache
def _fingerprint(path: str, _changed: int) -> str:
    return hashlib.sha256((STATIC / path).read_bytes()).hexdigest()[:12]


def static_url(path: str) -> str:
    """Give the address of a static file, with a hash of its content so that it can be cached.

    Made once in a request: a page names the same file for each of its symbols.
    """
    known: dict[str, str] = g.setdefault("static_urls", {})
    if path not in known:
        changed = (STATIC / path).stat().st_mtime_ns
        known[path] = url_for("static", filename=path, v=_fingerprint(path, changed))
    return known[path]


def language_url(code: str) -> str:
    """Give the address of this same page in another language; of the front after a POST."""
    if request.endpoint is None or request.method != "GET":
        return url_for("front.index", language=code)
    # Never as arguments of url_for, which takes some names (_scheme, _external) for its own.
    asked = MultiDict(request.args)
    asked["language"] = code
    path = url_for(request.endpoint, **(request.view_args or {}))
    return f"{path}?{urlencode(list(asked.items(multi=True)))}"


def set_up(app: Flask) -> None:
    """Give the application's templates their words, filters and globals."""
    environment = app.jinja_env
    environment.undefined = StrictUndefined
    environment.trim_blocks = True
    environment.lstrip_blocks = True
    environment.add_extension("jinja2.ext.i18n")
    environment.add_extension("jinja2.ext.do")
    environment.install_gettext_callables(  # type: ignore[attr-defined]  # from the extension
        i18n.find_message, i18n.find_plural, newstyle=True, pgettext=i18n.find_in_context
    )
    environment.filters.update(
        date=i18n.show_date,
        day=i18n.show_day,
        time=i18n.show_time,
        datetime=i18n.show_moment,
        deadline=i18n.show_deadline,
        localized=i18n.localized,
        number=i18n.show_number,
        wording=wording,
        answered_as=answered_as,
        kind_of_organisation=kind_of_organisation,
        refusal_words=refusal,
    )
    environment.globals.update(
        static_url=static_url,
        new_id=new_id,
        language_url=language_url,
        promise=promise,
        promised=rule,
        texts_in=texts_in,
        trail=None,
        nav_key=None,
        acting=None,
        days_left=None,
        closes=None,
        closed=False,
    )
    app.context_processor(page_frame)


def page_frame() -> dict[str, Any]:
    """Give the frame of every page its values: languages, footer, the editor's navigation."""
    archived = bool(request.environ.get(FLAG))
    actor = current_user.actor if current_user.is_authenticated else None
    values: dict[str, Any] = {
        "current_language": i18n.current_language(),
        "footer_links": [
            *([] if archived else [(i18n.gettext("Help"), url_for("front.help_page"))]),
            (i18n.gettext("Accessibility"), url_for("front.accessibility")),
            (i18n.gettext("Privacy"), url_for("front.privacy")),
        ],
        "archived": archived,
        "sign_in_url": None if actor or archived else url_for("accounts.sign_in"),
        "sign_out_url": url_for("accounts.sign_out"),
        "editor_name": current_user.name if actor else None,
        "editor_nav": None,
    }
    handbook_id = (request.view_args or {}).get("handbook_id")
    if actor and handbook_id and handbook_id in actor.roles:
        values["editor_nav"] = [
            {"key": key, "url": url_for(endpoint, handbook_id=handbook_id), "count": None}
            for key, endpoint in EDITOR_PAGES
        ]
    return values
