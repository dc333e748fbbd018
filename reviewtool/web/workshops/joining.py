"""Coming into a workshop's room with the code on the screen: a name, and one is in."""

from __future__ import annotations

from flask import g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from reviewtool.domain.policy import Action
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.domain.workshops import read_code
from reviewtool.infra.i18n import gettext as _
from reviewtool.queries.actors import find_link
from reviewtool.services import workshop_rooms
from reviewtool.web import current
from reviewtool.web.access import access
from reviewtool.web.limits import JOINS, WRONG_CODES, limiter
from reviewtool.web.workshops.door import joining
from reviewtool.web.workshops.room_forms import JoinForm

Answer = str | Response | tuple[str, int]


def typed_code() -> str:
    """Name the code that was typed."""
    code = read_code(request.form.get("code", ""))
    return f"code {code.written}" if code else "no code"


def was_wrong(_response: Response) -> bool:
    """Tell whether the code was a wrong one: only these use up the tries."""
    return bool(g.get("wrong_code"))


@joining.get("")
@access(Action.FOLLOW_LINK)
def ask() -> str:
    """Ask for the code on the screen, and who comes in."""
    return _page(JoinForm(formdata=None))


@joining.get("/<code>")
@access(Action.FOLLOW_LINK)
def by_picture(code: str) -> str:
    """Ask who comes in; the code came from the picture on the screen."""
    known = read_code(code)
    return _page(JoinForm(formdata=None, data={"code": known.shown if known else code}))


def _page(form: JoinForm) -> str:
    """Show the form; nothing on it tells whether a code is right."""
    return render_template("workshops/join.html", form=form)


@joining.post("")
@limiter.limit(JOINS, key_func=typed_code)
@limiter.limit(WRONG_CODES, deduct_when=was_wrong)
@access(Action.FOLLOW_LINK)
def come_in() -> Answer:
    """Let somebody in."""
    form = JoinForm()
    if not form.validate():
        return _page(form), 422
    try:
        joined = workshop_rooms.join(
            current.installation(), form.code.data or "", form.joiner, form.request_id.data or ""
        )
    except Refused as refused:
        if refused.reason is not Reason.NOT_FOUND:
            raise
        g.wrong_code = True
        form.code.errors = [
            _("No open room has this code. It may have changed: check it on the screen.")
        ]
        return _page(form), 422
    days = current.installation().settings.retention_days
    found = find_link(
        current.fresh_reader(), joined.link_id, joined.generation, current.now(), days
    )
    assert found is not None
    current.keep_link(found)
    return redirect(url_for("workshop.in_room", link_id=joined.link_id), 303)
