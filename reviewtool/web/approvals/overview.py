"""The editors' view of the approvals: how each text stands, who answered what, and carries."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from reviewtool.domain.approvals import Standing
from reviewtool.domain.policy import Action
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.infra.i18n import ngettext
from reviewtool.queries.approvals import (
    ApprovalDraft,
    approval_draft,
    approvers,
    decisions,
    tally,
)
from reviewtool.queries.facts import found
from reviewtool.queries.handbooks import HandbookLine, handbook_line
from reviewtool.queries.tree import TreeLine, draft_tree
from reviewtool.services import carries
from reviewtool.web import current
from reviewtool.web.access import access, of_handbook
from reviewtool.web.approvals.forms import CarryForm

blueprint = Blueprint("approval_overview", __name__)


@dataclass(frozen=True)
class _Phase:
    """The handbook of an approval phase, the draft that it is about, and its texts."""

    handbook: HandbookLine
    draft: ApprovalDraft | None
    lines: list[TreeLine]


def _phase(handbook_id: str, phase_id: str) -> _Phase:
    handbook = found(handbook_line(current.reader(), handbook_id, current.now()))
    if phase_id not in {phase.id for phase in handbook.phases}:
        raise Refused(Reason.NOT_FOUND)
    draft = approval_draft(current.reader(), current.actor(), phase_id)
    lines = draft_tree(current.reader(), draft.id, handbook.language) if draft else []
    return _Phase(handbook, draft, lines)


@blueprint.get("/handbooks/<handbook_id>/phases/<phase_id>/approvals")
@access(Action.SEE_LEDGER, of_handbook)
def show(handbook_id: str, phase_id: str) -> str:
    """Show how each text stands."""
    reader, actor = current.reader(), current.actor()
    phase = _phase(handbook_id, phase_id)
    people = approvers(reader, actor, phase_id)
    shown = {line.section_id: line.text_hash for line in phase.lines}
    given = decisions(reader, actor, phase_id, shown, phase.handbook.language)
    return render_template(
        "approvals/overview.html",
        handbook=phase.handbook,
        phase_id=phase_id,
        draft=phase.draft,
        tallies=tally(phase.lines, given, len(people)),
        asked=len(people),
        answered=len({decided.invitation_id for decided in given}),
    )


@blueprint.get("/handbooks/<handbook_id>/phases/<phase_id>/approvals/<section_id>")
@access(Action.SEE_LEDGER, of_handbook)
def section(handbook_id: str, phase_id: str, section_id: str) -> str:
    """Show who answered what on one text."""
    return _section_page(handbook_id, phase_id, section_id, CarryForm(formdata=None))


def _section_page(handbook_id: str, phase_id: str, section_id: str, form: CarryForm) -> str:
    reader, actor = current.reader(), current.actor()
    phase = _phase(handbook_id, phase_id)
    line = _line(phase.lines, section_id)
    given = decisions(
        reader,
        actor,
        phase_id,
        {section_id: line.text_hash},
        phase.handbook.language,
        section_id=section_id,
    )
    by_invitation = {decided.invitation_id: decided for decided in given}
    return render_template(
        "approvals/overview_section.html",
        handbook=phase.handbook,
        phase_id=phase_id,
        line=line,
        people=approvers(reader, actor, phase_id),
        given=by_invitation,
        earlier=[d for d in given if d.standing is Standing.EARLIER_TEXT],
        form=form,
    )


def _line(lines: list[TreeLine], section_id: str) -> TreeLine:
    for line in lines:
        if line.section_id == section_id:
            return line
    raise Refused(Reason.NOT_FOUND)


@blueprint.post("/handbooks/<handbook_id>/phases/<phase_id>/approvals/<section_id>/carry")
@access(Action.RUN_PROCESS, of_handbook)
def carry(handbook_id: str, phase_id: str, section_id: str) -> str | Response | tuple[str, int]:
    """Record that the approvals hold for an editorially changed text."""
    form = CarryForm()
    if not form.validate():
        return _section_page(handbook_id, phase_id, section_id, form), 422
    line = _line(_phase(handbook_id, phase_id).lines, section_id)
    count = carries.carry(
        current.installation(),
        current.actor(),
        phase_id,
        section_id,
        to_revision_id=line.revision_id,
        note=form.note.data or "",
        request_id=form.request_id.data,
    )
    flash(
        ngettext(
            "%(num)d answer holds for the changed text; the person who gave it is told by e-mail.",
            "%(num)d answers hold for the changed text; the people who gave them are told by "
            "e-mail.",
            count,
        ),
        "good",
    )
    return redirect(
        url_for(
            "approval_overview.section",
            handbook_id=handbook_id,
            phase_id=phase_id,
            section_id=section_id,
        )
    )
