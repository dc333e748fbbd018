"""Who is asked for what in a phase, and one organisation there: its texts, its people, its time."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from wtforms import DateField, SelectField, SelectMultipleField, TextAreaField
from wtforms.validators import DataRequired, Length
from wtforms.widgets import CheckboxInput, ListWidget

from reviewtool.domain.phases import ASKING, PhaseKind, PhaseState
from reviewtool.domain.policy import Action
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.domain.sections import SectionKind
from reviewtool.infra.i18n import gettext as _
from reviewtool.infra.i18n import lazy, ngettext, show_deadline
from reviewtool.queries.assignments import (
    OrganisationPart,
    askers_by_text,
    holders,
    organisation_part,
    with_descendants,
)
from reviewtool.queries.organisations import organisations_of
from reviewtool.services import assignments, extensions
from reviewtool.web import current
from reviewtool.web.access import access, of_handbook
from reviewtool.web.forms import Form, stripped
from reviewtool.web.people.unanswered import kind_name
from reviewtool.web.people.views import Answer, blueprint, read_handbook
from reviewtool.wording.names import wording
from reviewtool.wording.refusals import refusal


class TicksField(SelectMultipleField):
    """Several of a list, as check boxes."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class TaskForm(Form):
    """What an organisation is asked about first, and who holds the task."""

    areas = TicksField(lazy("Whole areas"))
    sections = TicksField(lazy("Single texts"))
    holder = SelectField(lazy("Who holds the task"))

    def offer(self, part: OrganisationPart) -> TaskForm:
        """Offer the phase's texts and the organisation's people."""
        parents = {line.parent_id for line in part.texts}
        self.areas.choices = [
            (line.section_id, line.title)
            for line in part.texts
            if line.kind is SectionKind.AREA and line.section_id in parents
        ]
        self.sections.choices = [(line.section_id, line.title) for line in part.texts]
        self.holder.choices = [
            (one.invitation_id, f"{one.name} ({wording(one.state)})")
            for one in holders(part.people)
        ]
        return self

    def task(self, part: OrganisationPart) -> assignments.Task:
        """Give the task: a ticked area stands for all that is below it."""
        chosen = with_descendants(part.texts, self.areas.data or [])
        return assignments.Task(
            frozenset(chosen | set(self.sections.data or [])), self.holder.data or ""
        )


class ExtensionForm(Form):
    """More time for one organisation."""

    closes_on = DateField(
        lazy("Their own last day"), validators=[DataRequired(lazy("Choose the day."))]
    )
    reason = TextAreaField(
        lazy("Why they need more time"),
        description=lazy("It stands in the mail to those who are told."),
        filters=[stripped],
        validators=[DataRequired(lazy("Write the reason.")), Length(max=extensions.LONGEST_REASON)],
    )


@blueprint.get("/organisations")
@access(Action.RUN_PROCESS, of_handbook)
def organisations(handbook_id: str) -> str:
    """Show which organisations are asked for what in one phase, and who holds their task."""
    handbook = read_handbook(handbook_id)
    asking = [phase for phase in handbook.phases if phase.kind in ASKING]
    opened = [phase for phase in asking if phase.state is not PhaseState.PLANNED] or asking
    wanted = request.args.get("phase") or (opened[-1].id if opened else "")
    words = request.args.get("words", "")
    number = max(request.args.get("page", 1, type=int), 1)
    actor, reader = current.actor(), current.reader()
    lines, pages = organisations_of(reader, actor, handbook_id, wanted, words, number)
    phase = next((one for one in asking if one.id == wanted), None)
    by_text = phase is not None and phase.kind is PhaseKind.ROUND and bool(lines)
    return render_template(
        "people/organisations.html",
        handbook=handbook,
        asking=asking,
        phase_id=wanted,
        phase=phase,
        words=words,
        lines=lines,
        page=min(number, pages),
        pages=pages,
        kind_name=kind_name,
        texts=askers_by_text(reader, actor, handbook_id, wanted) if by_text else [],
    )


@blueprint.get("/organisations/<organisation_id>/<phase_id>")
@access(Action.RUN_PROCESS, of_handbook)
def organisation(handbook_id: str, organisation_id: str, phase_id: str) -> str:
    """Show an organisation in a phase: what it is asked about, by whom held, until when."""
    return _page(handbook_id, _part(handbook_id, organisation_id, phase_id))


def _part(handbook_id: str, organisation_id: str, phase_id: str) -> OrganisationPart:
    return organisation_part(
        current.reader(), current.actor(), handbook_id, phase_id, organisation_id
    )


@blueprint.post("/organisations/<organisation_id>/<phase_id>/task")
@access(Action.RUN_PROCESS, of_handbook)
def save_task(handbook_id: str, organisation_id: str, phase_id: str) -> Answer:
    """Ask the organisation about some texts first, or about all alike."""
    part = _part(handbook_id, organisation_id, phase_id)
    form = TaskForm().offer(part)
    if not form.validate():
        return _page(handbook_id, part, task=form), 422
    assignments.change_assignment(
        current.installation(),
        current.actor(),
        phase_id,
        organisation_id,
        form.task(part),
        form.request_id.data or "",
    )
    flash(_("Saved. Their pages say so at once."), "good")
    return redirect(_url(handbook_id, part))


@blueprint.post("/organisations/<organisation_id>/<phase_id>/more-time")
@access(Action.RUN_PROCESS, of_handbook)
def give_time(handbook_id: str, organisation_id: str, phase_id: str) -> Answer:
    """Give the organisation more time than the others."""
    part = _part(handbook_id, organisation_id, phase_id)
    form = ExtensionForm(prefix="more")
    if not form.validate():
        return _page(handbook_id, part, more=form), 422
    day = form.closes_on.data
    assert day is not None
    try:
        told = extensions.give_extension(
            current.installation(),
            current.actor(),
            phase_id,
            organisation_id,
            day,
            form.reason.data or "",
            form.request_id.data or "",
        )
    except Refused as refused:
        if refused.reason is not Reason.DATES_WRONG:
            raise
        form.closes_on.errors = [
            _("Choose a day after the last day of the others, and not in the past.")
        ]
        return _page(handbook_id, part, more=form), 422
    flash(
        ngettext(
            "They have time until %(deadline)s. %(num)d person is told by mail.",
            "They have time until %(deadline)s. %(num)d people are told by mail.",
            told,
            deadline=show_deadline(day),
        ),
        "good",
    )
    return redirect(_url(handbook_id, part))


def _url(handbook_id: str, part: OrganisationPart) -> str:
    return url_for(
        "people.organisation",
        handbook_id=handbook_id,
        organisation_id=part.organisation_id,
        phase_id=part.phase_id,
    )


def _page(
    handbook_id: str,
    part: OrganisationPart,
    *,
    task: TaskForm | None = None,
    more: ExtensionForm | None = None,
) -> str:
    known = {"sections": sorted(part.sections), "holder": part.holder_id}
    given = {"closes_on": part.extended_to, "reason": part.extension_reason}
    return render_template(
        "people/organisation.html",
        handbook=read_handbook(handbook_id),
        part=part,
        task=task or TaskForm(formdata=None, data=known).offer(part),
        more=more or ExtensionForm(formdata=None, prefix="more", data=given),
        kind_name=kind_name,
        refusal=refusal,
        is_round=part.phase_kind is PhaseKind.ROUND,
    )
