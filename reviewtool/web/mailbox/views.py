"""The pages of the local mailbox; they exist only where no mail server is named."""

from __future__ import annotations

from flask import Blueprint, make_response, render_template, request
from werkzeug.wrappers import Response

from reviewtool.domain.policy import Action
from reviewtool.mail.mailbox import KeptLetter, Mailbox
from reviewtool.queries.facts import found
from reviewtool.web import current
from reviewtool.web.access import access, of_installation
from reviewtool.web.mailbox.forms import SearchForm
from reviewtool.web.security import POLICY

blueprint = Blueprint("mailbox", __name__)

PAGE = 50

LETTER_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; "
    "sandbox allow-popups allow-popups-to-escape-sandbox"
)
"""A letter's HTML has its own styles, runs nothing, loads nothing, and opens links outside."""


@blueprint.get("/mailbox")
@access(Action.SEE_MAILBOX, of_installation)
def index() -> str:
    """List the letters, newest first."""
    form = SearchForm(formdata=request.args)
    letters = _mailbox().letters(form.words.data or "")
    pages = max(1, -(-len(letters) // PAGE))
    page = min(max(1, request.args.get("page", 1, type=int)), pages)
    return render_template(
        "mailbox/index.html",
        form=form,
        letters=letters[(page - 1) * PAGE : page * PAGE],
        number=len(letters),
        page=page,
        pages=pages,
    )


@blueprint.get("/mailbox/<letter_id>")
@access(Action.SEE_MAILBOX, of_installation)
def show(letter_id: str) -> Response:
    """Show one letter, as a mail program would and as text."""
    response = make_response(render_template("mailbox/show.html", letter=_letter(letter_id)))
    response.headers["Content-Security-Policy"] = f"{POLICY}; frame-src 'self'"
    return response


@blueprint.get("/mailbox/<letter_id>/html")
@access(Action.SEE_MAILBOX, of_installation)
def content(letter_id: str) -> Response:
    """Give a letter's HTML, for the frame of its page."""
    html = _letter(letter_id).html.replace("<head>", '<head><base target="_blank">', 1)
    response = make_response(html)
    response.headers["Content-Security-Policy"] = LETTER_POLICY
    response.headers["X-Frame-Options"] = "SAMEORIGIN"
    return response


def _mailbox() -> Mailbox:
    return Mailbox(current.installation().settings.mailbox_dir)


def _letter(letter_id: str) -> KeptLetter:
    return found(_mailbox().letter(letter_id))
