"""The process page and the page of one phase, with its plan."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from reviewtool.domain.phases import PhaseKind, PhaseState
from reviewtool.domain.policy import Action
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.infra.i18n import gettext as _
from reviewtool.queries.asked_for import titles_of
from reviewtool.queries.ledger import SHORT_ANSWER
from reviewtool.queries.phases import PhasePage, phase_page, timeline
from reviewtool.queries.sections import handbook_head
from reviewtool.queries.short_answers import answers_in_phase
from reviewtool.queries.tree import TreeLine, working_tree
from reviewtool.services import phases
from reviewtool.web import current
from reviewtool.web.access import access, of_handbook
from reviewtool.web.process.forms import PlanForm, plan_form
from reviewtool.web.process.shown import asked, chart, missing_links, next_step, phase_lines
from reviewtool.wording.process import WARNINGS
from reviewtool.wording.refusals import refusal

blueprint = Blueprint("process", __name__, url_prefix="/handbooks/<handbook_id>/process")

Answer = str | Response | tuple[str, int]


def read_phase(handbook_id: str, phase_id: str) -> PhasePage:
    """Read the phase in the address. Raises Refused (not found) where it isn't the handbook's."""
    return phase_page(current.reader(), current.actor(), handbook_id, phase_id, current.now())


@blueprint.get("")
@access(Action.RUN_PROCESS, of_handbook)
def show(handbook_id: str) -> str:
    """Show where the process stands, who must act, and what comes next."""
    process = timeline(current.reader(), current.actor(), handbook_id, current.now())
    lines = phase_lines(process)
    return render_template(
        "process/show.html",
        process=process,
        phases=[line for line in lines if line["run"] == process.run],
        earlier=[
            (run, [line for line in lines if line["run"] == run])
            for run in range(process.run - 1, 0, -1)
        ],
        step=next_step(process),
        chart=chart(process),
    )


@blueprint.get("/<phase_id>")
@access(Action.RUN_PROCESS, of_handbook)
def phase(handbook_id: str, phase_id: str) -> str:
    """Show one phase: its plan, its people, its questions, and what can be done with it."""
    page = read_phase(handbook_id, phase_id)
    lines = {line["id"]: line for line in phase_lines(page.timeline)}
    answers = answers_in_phase(current.reader(), current.actor(), page)
    texts = _texts(page) if page.sections or any(one.by_text for one in answers) else []
    return render_template(
        "process/phase.html",
        page=page,
        card=page.card,
        line=lines[phase_id],
        asked=asked(page.card),
        blocks=missing_links(handbook_id, page.card.missing),
        texts=[one.title for one in texts if one.section_id in page.sections],
        warnings=WARNINGS,
        short_answers=answers,
        titles=_titles(handbook_id, texts),
        short_kind=SHORT_ANSWER,
    )


def _titles(handbook_id: str, texts: Sequence[TreeLine]) -> dict[str, str]:
    """Give the titles of a round's texts in reading order, those that were taken out last."""
    if not texts:
        return {}
    titles = {line.section_id: line.title for line in texts}
    for one in titles_of(current.reader(), handbook_id).values():
        titles.setdefault(one.id, one.title)
    return titles


@blueprint.get("/<phase_id>/plan")
@access(Action.RUN_PROCESS, of_handbook)
def plan(handbook_id: str, phase_id: str) -> str:
    """Show the plan for changing it."""
    page = read_phase(handbook_id, phase_id)
    return _plan_page(page, _fitted(plan_form(page), page))


@blueprint.post("/<phase_id>/plan")
@access(Action.RUN_PROCESS, of_handbook)
def save_plan(handbook_id: str, phase_id: str) -> Answer:
    """Change the plan."""
    page = read_phase(handbook_id, phase_id)
    form = _fitted(PlanForm(), page)
    if not form.validate():
        return _plan_page(page, form), 422
    try:
        phases.plan(
            current.installation(),
            current.actor(),
            phase_id,
            form.plan(page),
            form.request_id.data or "",
        )
    except Refused as refused:
        if refused.reason is not Reason.EDIT_CONFLICT:
            raise
        form.version.data = str(page.version)
        form.form_errors = [_("This plan has been changed meanwhile. Check it, and save again.")]
        return _plan_page(page, form), 409
    flash(_("The plan has been saved."), "good")
    return redirect(url_for("process.phase", handbook_id=handbook_id, phase_id=phase_id))


def _fitted(form: PlanForm, page: PhasePage) -> PlanForm:
    if page.card.state is PhaseState.CLOSED:
        raise Refused(Reason.NOT_POSSIBLE_NOW)
    return form.fit(page.card, _texts(page))


def _texts(page: PhasePage) -> list[TreeLine]:
    """List the texts of the handbook, for the kind of phase that may be about some of them."""
    if page.card.kind is not PhaseKind.ROUND:
        return []
    head = handbook_head(current.reader(), current.actor(), page.timeline.handbook_id)
    return working_tree(current.reader(), head.id, head.language)


def _plan_page(page: PhasePage, form: PlanForm) -> str:
    return render_template(
        "process/plan.html",
        page=page,
        card=page.card,
        form=form,
        warnings=[str(WARNINGS[one]) for one in page.card.warnings],
        refusal=refusal,
    )
