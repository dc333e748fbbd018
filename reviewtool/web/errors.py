"""What people see when something is refused, lost or broken: what happened, what to do.

A POST that fails shows what was typed, and sends it again with one press (rule 2).
"""

from __future__ import annotations

from math import ceil
from time import time
from typing import Any

import structlog
from flask import Flask, redirect, render_template, request
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge
from werkzeug.wrappers import Response

from reviewtool.domain.refusals import Reason, Refused
from reviewtool.infra.i18n import gettext as _
from reviewtool.infra.i18n import ngettext
from reviewtool.infra.ids import new_id
from reviewtool.web.current import SessionLostError
from reviewtool.web.glued import without_glued
from reviewtool.web.kept import file_fields, kept_fields
from reviewtool.web.limits import limiter
from reviewtool.wording.refusals import refusal

log = structlog.get_logger()

STATUS = {
    Reason.NOT_FOUND: 404,
    Reason.NOT_ALLOWED: 403,
    Reason.EDIT_CONFLICT: 409,
    Reason.TEXT_CHANGED: 409,
    Reason.TOO_LONG: 413,
}

LARGEST_KEPT = 8 * 1024 * 1024
"""Bytes of a form of words that is too long to be taken, but still shown to its writer."""

Answer = tuple[str, int]


def show_refused(error: Refused) -> Answer:
    """Show why something was refused, what is missing, and the words that were typed."""
    page = render_template(
        "errors/refused.html",
        refused=error,
        words=refusal(error.reason),
        missing=[(refusal(each.reason), each) for each in error.missing],
        late=error.reason is Reason.ROUND_CLOSED and "link_id" in (request.view_args or {}),
        **_kept(),
    )
    return page, STATUS.get(error.reason, 422)


def show_expired_form(error: CSRFError) -> Answer:
    """Show the words of a form whose session is gone, to be sent again with one press."""
    log.info("form without a valid token", path=request.path, why=error.description)
    return render_template("errors/expired_form.html", **_kept()), 400


def show_lost_session(error: SessionLostError) -> Answer:
    """Show the way on where this browser no longer holds the link of the address."""
    return render_template("errors/lost_session.html", link_id=error.link_id, **_kept()), 403


def _kept() -> dict[str, Any]:
    """Give what the pages of a failed POST need to send it again."""
    return {"kept": kept_fields(), "files": file_fields(), "action": request.path}


def show_too_large(error: RequestEntityTooLarge) -> Answer:
    """Say that a file is larger than what is taken; show words that are too long, all of them."""
    if _typed_only():
        # The words were never read: the limit for forms is told before any of them is.
        request.max_form_memory_size = LARGEST_KEPT
        try:
            return show_refused(Refused(Reason.TOO_LONG))
        except RequestEntityTooLarge as still:
            log.info("form too large to be shown again", path=request.path, why=still.description)
    log.info("request too large", path=request.path, why=error.description)
    return (
        render_template(
            "errors/plain.html",
            title=_("The file is too large"),
            words=_(
                "The file is larger than what can be received. Make it smaller or split it, "
                "then go back and send it again: what you wrote is kept in your browser."
            ),
        ),
        413,
    )


def _typed_only() -> bool:
    return (
        request.mimetype == "application/x-www-form-urlencoded"
        and (request.content_length or LARGEST_KEPT + 1) <= LARGEST_KEPT
    )


def show_http_error(error: HTTPException) -> Answer | Response:
    """Say what an HTTP error means."""
    code = error.code or 500
    bare = without_glued(request.path)
    if code == 404 and request.method == "GET" and bare != request.path and bare[:2] != "//":
        return redirect(bare)
    if code == 404:
        return show_refused(Refused(Reason.NOT_FOUND))
    if code == 429:
        title, words = _("Too many tries"), _try_again()
    else:
        title, words = _("This didn't work"), _("Go back and try again.")
    return render_template("errors/plain.html", title=title, words=words), code


def _try_again() -> str:
    """Say when the next try is let through, as the answer's Retry-After says it to programs."""
    limit = limiter.current_limit
    minutes = ceil(int(limit.reset_at - time()) / 60) if limit else 1
    return ngettext(
        "There have been many tries. Try again in a minute.",
        "There have been many tries. Try again in %(num)d minutes.",
        max(1, minutes),
    )


def show_broken(error: Exception) -> Answer:
    """Log a programming error under an id, and show that id."""
    incident = new_id()
    log.error("unexpected error", incident=incident, path=request.path, exc_info=error)
    return render_template("errors/broken.html", incident=incident, **_kept()), 500


def set_up(app: Flask) -> None:
    """Register the pages of all errors."""
    handlers: list[tuple[Any, Any]] = [
        (Refused, show_refused),
        (CSRFError, show_expired_form),
        (SessionLostError, show_lost_session),
        (RequestEntityTooLarge, show_too_large),
        (HTTPException, show_http_error),
        (500, show_broken),
    ]
    for kind, handler in handlers:
        app.register_error_handler(kind, handler)
