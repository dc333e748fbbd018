"""The page that a letter of replies leads to, and the one press that ends such letters."""

from __future__ import annotations

from flask import Blueprint, render_template
from werkzeug.wrappers import Response

from reviewtool.domain.links import read_refusal
from reviewtool.domain.policy import Action
from reviewtool.services import replies
from reviewtool.web import current
from reviewtool.web.access import access
from reviewtool.web.limits import SIGN_IN, limiter
from reviewtool.web.links.views import not_genuine

blueprint = Blueprint("replies", __name__, url_prefix="/no-replies")

Answer = str | Response | tuple[str, int]


def _link_of(token: str) -> str | None:
    return read_refusal(current.installation().settings.all_keys, token)


@blueprint.get("/<token>")
@access(Action.FOLLOW_LINK)
def ask(token: str) -> Answer:
    """Ask with one button whether letters of replies are to end; scanners open it too."""
    if _link_of(token) is None:
        return not_genuine()
    return render_template("replies/ask.html", token=token)


@blueprint.post("/<token>")
@limiter.limit(SIGN_IN)
@access(Action.FOLLOW_LINK)
def refuse(token: str) -> Answer:
    """End letters of replies at once: pressed on the page, or by a mail program (RFC 8058)."""
    link_id = _link_of(token)
    if link_id is None:
        return not_genuine()
    replies.refuse_mail(current.installation(), link_id)
    return render_template("replies/refused.html")
