"""The editors' pages of a workshop before it is held: what it is, its plan, who comes."""

from __future__ import annotations

from collections import Counter

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from reviewtool.domain.policy import Action
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.domain.workshops import can_be_cancelled
from reviewtool.infra.i18n import gettext as _
from reviewtool.infra.i18n import ngettext
from reviewtool.queries.workshops import Coming, WorkshopHead, who_comes
from reviewtool.services import workshop_cancelling, workshops
from reviewtool.web import current
from reviewtool.web.access import access
from reviewtool.web.workshops.arranging import read_room
from reviewtool.web.workshops.door import editing, of_workshop
from reviewtool.web.workshops.forms import CancelForm, PlanForm, plan_form
from reviewtool.web.workshops.frame import editor_head, editor_values
from reviewtool.wording.refusals import refusal
from reviewtool.wording.workshops import COMING

Answer = str | Response | tuple[str, int]


@editing.get("")
@access(Action.RUN_PROCESS, of_workshop)
def show(handbook_id: str, phase_id: str) -> str:
    """Show a workshop: how far it is, what comes next, and its pages."""
    head = editor_head(handbook_id, phase_id)
    people = who_comes(current.reader(), current.actor(), phase_id)
    return render_template(
        "workshops/show.html",
        **editor_values(head),
        people=people,
        counts=counted(people),
        said=read_room(head),
    )


def counted(people: list[Coming]) -> list[tuple[int, str]]:
    """Count who comes, in words."""
    numbers = Counter(one.attendance for one in people)
    return [(numbers[kind], str(words)) for kind, words in COMING.items()]


@editing.get("/plan")
@access(Action.RUN_PROCESS, of_workshop)
def plan(handbook_id: str, phase_id: str) -> str:
    """Show the plan for changing it."""
    head = editor_head(handbook_id, phase_id)
    return _plan_page(head, plan_form(head))


@editing.post("/plan")
@access(Action.RUN_PROCESS, of_workshop)
def save_plan(handbook_id: str, phase_id: str) -> Answer:
    """Change the plan."""
    head = editor_head(handbook_id, phase_id)
    form = PlanForm()
    if not form.validate():
        return _plan_page(head, form), 422
    try:
        mailed = workshops.plan_workshop(
            current.installation(),
            current.actor(),
            phase_id,
            form.plan(head.time_zone),
            form.request_id.data or "",
        )
    except Refused as refused:
        return _plan_failed(head, form, refused)
    words = _("The plan has been saved.")
    if mailed:
        told = ngettext(
            "%(num)d person is mailed the new time and place.",
            "%(num)d people are mailed the new time and place.",
            mailed,
        )
        words = f"{words} {told}"
    flash(words, "good")
    return redirect(url_for("workshops.show", handbook_id=handbook_id, phase_id=phase_id), 303)


def _plan_failed(head: WorkshopHead, form: PlanForm, refused: Refused) -> Answer:
    if refused.reason is Reason.DATES_WRONG:
        form.day.errors = [
            _("The day is in the past, or before the day on which the invitations go out.")
        ]
        return _plan_page(head, form), 422
    if refused.reason is not Reason.EDIT_CONFLICT:
        form.form_errors = [refusal(refused.reason)]
        return _plan_page(head, form), 422
    form.version.data = str(head.held.version if head.held else 0)
    form.form_errors = [_("This plan has been changed meanwhile. Check it, and save again.")]
    return _plan_page(head, form), 409


def _plan_page(head: WorkshopHead, form: PlanForm, cancel: CancelForm | None = None) -> str:
    starts_at = head.held.starts_at if head.held else None
    return render_template(
        "workshops/plan.html",
        form=form,
        cancel=cancel or CancelForm(formdata=None),
        can_be_cancelled=can_be_cancelled(head.stage, starts_at, current.now()),
        **editor_values(head, (_("Time and place"), None)),
    )


@editing.post("/cancel")
@access(Action.RUN_PROCESS, of_workshop)
def cancel(handbook_id: str, phase_id: str) -> Answer:
    """Call the workshop off."""
    form = CancelForm()
    if not form.validate():
        head = editor_head(handbook_id, phase_id)
        return _plan_page(head, plan_form(head), form), 422
    mailed = workshop_cancelling.cancel_workshop(
        current.installation(),
        current.actor(),
        phase_id,
        form.reason.data or "",
        form.request_id.data or "",
    )
    told = ngettext("%(num)d person is mailed.", "%(num)d people are mailed.", mailed)
    words = _("The workshop has been cancelled.")
    flash(f"{words} {told}", "good")
    return redirect(url_for("workshops.show", handbook_id=handbook_id, phase_id=phase_id), 303)


@editing.get("/people")
@access(Action.RUN_PROCESS, of_workshop)
def people(handbook_id: str, phase_id: str) -> str:
    """Show who comes, and what they need: for the handbook's editors only."""
    head = editor_head(handbook_id, phase_id)
    coming = who_comes(current.reader(), current.actor(), phase_id)
    return render_template(
        "workshops/people.html",
        people=coming,
        counts=counted(coming),
        coming=COMING,
        **editor_values(head, (_("Who comes"), None)),
    )
