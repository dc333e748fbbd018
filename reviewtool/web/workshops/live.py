"""Parts of pages that keep themselves up to date: cheap while nothing has changed."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

from flask import make_response, request
from werkzeug.wrappers import Response

from reviewtool.infra.i18n import current_language


def tag_of(version: int, *others: object) -> str:
    """Name what a part shows: its version, its language, and what else it depends on."""
    spelt = "\n".join(str(part) for part in (version, current_language(), *others))
    return hashlib.sha256(spelt.encode()).hexdigest()[:20]


def answered(tag: str, render: Callable[[], str]) -> Response:
    """Give the part, or 304 without making it where the browser shows it already."""
    if request.if_none_match.contains(tag):
        response = Response(status=304)
    else:
        response = make_response(render())
    response.set_etag(tag)
    return response
