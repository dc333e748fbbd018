"""The pages before a workshop of somebody who is invited: the invitation, and whether one comes."""

from __future__ import annotations

from flask import Response as FlaskResponse
from flask import flash, redirect, render_template
from werkzeug.wrappers import Response

from reviewtool.domain.policy import Action
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.domain.workshops import Stage
from reviewtool.infra.i18n import gettext as _
from reviewtool.infra.i18n import localized
from reviewtool.mail.calendars import workshop_entry
from reviewtool.office.calendar import MEDIA_TYPE, calendar_file
from reviewtool.services import workshops
from reviewtool.web import current
from reviewtool.web.access import access
from reviewtool.web.participant.forms import resume
from reviewtool.web.participant.unfinished import form_key
from reviewtool.web.participant.writing import forget_kept
from reviewtool.web.workshops.door import of_own_workshop, taking_part
from reviewtool.web.workshops.forms import AttendForm, attend_form, only_possible
from reviewtool.web.workshops.frame import PartPage, open_part

Answer = str | Response | tuple[str, int]


@taking_part.get("/")
@access(Action.READ_WORKSHOP, of_own_workshop)
def landing(link_id: str) -> Response:
    """Lead to the page that matters now: the invitation, the room, or the minutes."""
    page = open_part(link_id)
    pages = {Stage.RUNNING: "in_room", Stage.OVER: "minutes"}
    leads = "attend" if page.head.cancelled else pages.get(page.head.stage, "attend")
    return redirect(page.url(leads))


@taking_part.get("/invitation")
@access(Action.READ_WORKSHOP, of_own_workshop)
def attend(link_id: str) -> str:
    """Show when and where the workshop is, what is on, and ask whether one comes."""
    page = open_part(link_id)
    form = attend_form(page.own, _has_remote(page))
    form.keep.data = page.unsent.keep("attend")
    return _page(page, resume(form, page.unsent.resumed))


@taking_part.post("/invitation")
@access(Action.ANSWER_INVITATION, of_own_workshop)
def say(link_id: str) -> Answer:
    """Take whether one comes."""
    page = open_part(link_id)
    form = only_possible(AttendForm(), _has_remote(page))
    if not form.validate():
        return _page(page, form), 422
    workshops.sign_up(
        current.installation(),
        current.actor(),
        form.said,
        form.request_id.data or "",
        form_key(link_id, form.keep.data),
    )
    forget_kept(form.keep.data)
    flash(_("Thank you. You can change this until the workshop is over."), "good")
    return redirect(page.url("attend"), 303)


def _has_remote(page: PartPage) -> bool:
    return bool(page.head.held and page.head.held.remote_address)


def _page(page: PartPage, form: AttendForm) -> str:
    return render_template("workshops/attend.html", form=form, **page.values("attend"))


@taking_part.get("/calendar.ics")
@access(Action.READ_WORKSHOP, of_own_workshop)
def calendar(link_id: str) -> FlaskResponse:
    """Give the calendar entry, the same as in the mail."""
    page = open_part(link_id)
    held, settings = page.head.held, current.installation().settings
    if held is None:
        raise Refused(Reason.NOT_FOUND)
    entry = workshop_entry(
        settings,
        page.head.phase_id,
        held,
        stamped_at=current.now(),
        title=localized(page.head.title),
        agenda=localized(held.agenda),
    )
    response = FlaskResponse(calendar_file(entry), mimetype=MEDIA_TYPE)
    response.headers["Content-Disposition"] = "attachment; filename=workshop.ics"
    return response
