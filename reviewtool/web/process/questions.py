"""The questions of a round."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from reviewtool.domain.policy import Action
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.infra.i18n import gettext as _
from reviewtool.queries.facts import found
from reviewtool.queries.phases import PhasePage, QuestionLine
from reviewtool.queries.tree import TreeLine, working_tree
from reviewtool.services import questions as services
from reviewtool.web import current
from reviewtool.web.access import access, of_handbook
from reviewtool.web.editor_pages import head_of
from reviewtool.web.process.forms import QuestionForm, question_form
from reviewtool.web.process.views import Answer, blueprint, read_phase
from reviewtool.wording.refusals import refusal

AT_THE_FIELD = {
    Reason.SECTION_MISSING: "section",
    Reason.NO_SUCH_WORDS: "quote",
}


@blueprint.get("/<phase_id>/questions")
@access(Action.RUN_PROCESS, of_handbook)
def questions(handbook_id: str, phase_id: str) -> str:
    """Show a round's questions, and the form for one more."""
    page = read_phase(handbook_id, phase_id)
    return _page(page, QuestionForm(formdata=None).offer(_texts(page)))


@blueprint.post("/<phase_id>/questions")
@access(Action.RUN_PROCESS, of_handbook)
def add_question(handbook_id: str, phase_id: str) -> Answer:
    """Add a question."""
    page = read_phase(handbook_id, phase_id)
    form = QuestionForm().offer(_texts(page))
    if not form.validate():
        return _page(page, form), 422
    try:
        services.ask(
            current.installation(),
            current.actor(),
            phase_id,
            form.question(),
            form.request_id.data or "",
        )
    except Refused as refused:
        if not _told(form, refused):
            raise
        return _page(page, form), 422
    flash(_("The question has been added."), "good")
    return _back(page)


@blueprint.get("/<phase_id>/questions/<question_id>")
@access(Action.RUN_PROCESS, of_handbook)
def question(handbook_id: str, phase_id: str, question_id: str) -> str:
    """Show one question for changing it."""
    page = read_phase(handbook_id, phase_id)
    form = question_form(_question(page, question_id)).offer(_texts(page))
    return _page(page, form, question_id)


@blueprint.post("/<phase_id>/questions/<question_id>")
@access(Action.RUN_PROCESS, of_handbook)
def change_question(handbook_id: str, phase_id: str, question_id: str) -> Answer:
    """Change a question."""
    page = read_phase(handbook_id, phase_id)
    _question(page, question_id)
    form = QuestionForm().offer(_texts(page))
    if not form.validate():
        return _page(page, form, question_id), 422
    try:
        services.reword(
            current.installation(),
            current.actor(),
            question_id,
            form.question(),
            form.request_id.data,
        )
    except Refused as refused:
        if _told(form, refused):
            return _page(page, form, question_id), 422
        form.form_errors = [
            _("The question has been answered already. Only its wording can be changed."),
            refusal(refused.reason),
        ]
        return _page(page, form, question_id), 422
    flash(_("The question has been changed."), "good")
    return _back(page)


@blueprint.post("/<phase_id>/questions/<question_id>/remove")
@access(Action.RUN_PROCESS, of_handbook)
def remove_question(handbook_id: str, phase_id: str, question_id: str) -> Response:
    """Remove a question that nobody has answered."""
    page = read_phase(handbook_id, phase_id)
    if any(one.id == question_id for one in page.questions):
        services.take_back(current.installation(), current.actor(), question_id)
    flash(_("The question has been removed."), "good")
    return _back(page)


def _told(form: QuestionForm, refused: Refused) -> bool:
    """Tell a refusal at its field; False where it has none."""
    name = AT_THE_FIELD.get(refused.reason)
    if name is None:
        return False
    form[name].errors = [
        _("Copy words that stand in the text once, exactly as they stand.")
        if refused.reason is Reason.NO_SUCH_WORDS
        else refusal(refused.reason)
    ]
    return True


def _texts(page: PhasePage) -> list[TreeLine]:
    """List the texts that a question can be tied to: the round's, or else all."""
    handbook_id = page.timeline.handbook_id
    lines = working_tree(current.reader(), handbook_id, head_of(handbook_id).language)
    return [one for one in lines if not page.sections or one.section_id in page.sections]


def _question(page: PhasePage, question_id: str) -> QuestionLine:
    return found(next((one for one in page.questions if one.id == question_id), None))


def _page(page: PhasePage, form: QuestionForm, question_id: str | None = None) -> str:
    return render_template(
        "process/questions.html",
        page=page,
        card=page.card,
        form=form,
        question_id=question_id,
        titles={one.section_id: one.title for one in _texts(page)},
    )


def _back(page: PhasePage) -> Response:
    return redirect(
        url_for("process.questions", handbook_id=page.timeline.handbook_id, phase_id=page.card.id)
    )
