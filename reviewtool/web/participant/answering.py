"""Short answers: nothing to say, the round's questions, we agree, ready, a colleague instead."""

from __future__ import annotations

from flask import flash, jsonify, redirect, render_template, request
from werkzeug.wrappers import Response

from reviewtool.domain.contributions import QuestionScope
from reviewtool.domain.policy import Action
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.infra.i18n import current_language, show_time
from reviewtool.infra.i18n import gettext as _
from reviewtool.queries import participant as queries
from reviewtool.queries.contributions import one
from reviewtool.services import choices, readiness, supports
from reviewtool.web import current
from reviewtool.web.access import access, of_contribution, of_link
from reviewtool.web.declining import declined
from reviewtool.web.limits import SIGN_UP, limiter
from reviewtool.web.participant.asked import QuestionsForm, questions_form
from reviewtool.web.participant.door import blueprint
from reviewtool.web.participant.forms import (
    ActForm,
    DeclineForm,
    PassOnForm,
    SupportForm,
    resume,
)
from reviewtool.web.participant.frame import Page, open_page
from reviewtool.web.participant.unfinished import form_key
from reviewtool.web.participant.views import section_page, whole_page
from reviewtool.web.participant.writing import back_to, forget_kept
from reviewtool.web.passing_on import passed_on

Answer = str | Response | tuple[str, int]


@blueprint.post("/sections/<section_id>/nothing")
@access(Action.READ_ROUND, of_link)
def nothing(link_id: str, section_id: str) -> Response:
    """Answer that there is nothing to say about a text, or take that back; then the next text."""
    page = open_page(link_id)
    line = page.line(section_id)
    form = ActForm()
    site, actor = current.installation(), current.actor()
    if form.undo.data:
        readiness.unsay_nothing(site, actor, section_id)
        return redirect(page.url("section", section_id=section_id), 303)
    readiness.say_nothing(site, actor, section_id)
    flash(_("Sent: nothing to say about %(title)s.", title=line.title), "good")
    following = page.beside(line, +1)
    return redirect(following[1] if following else page.url("landing"), 303)


@blueprint.post("/sections/<section_id>/questions")
@access(Action.READ_ROUND, of_link)
def answer_section(link_id: str, section_id: str) -> Answer:
    """Take the answers to the round's questions about a text."""
    page = open_page(link_id)
    page.line(section_id)
    form = _asked(page, QuestionScope.SECTION, section_id)
    if not _take(page, form, section_id):
        return section_page(page, section_id, asked=form), 422
    if _quiet():
        return _sent()
    return redirect(page.url("section", section_id=section_id, _anchor="questions"), 303)


@blueprint.post("/whole/questions")
@access(Action.READ_ROUND, of_link)
def answer_whole(link_id: str) -> Answer:
    """Take the answers to the round's questions about the whole."""
    page = open_page(link_id)
    form = _asked(page, QuestionScope.WHOLE, None)
    if not _take(page, form, None):
        return whole_page(page, asked=form), 422
    if _quiet():
        return _sent()
    return redirect(page.url("whole", _anchor="questions"), 303)


def _quiet() -> bool:
    """Tell whether script saves the answers as they are given, and the page stays as it is."""
    return bool(request.form.get("quiet"))


def _sent() -> Response:
    words = _("Your answers were sent at %(time)s", time=show_time(current.now()))
    return jsonify(words=words)


def _asked(page: Page, scope: QuestionScope, section_id: str | None) -> QuestionsForm:
    asked = queries.questions(current.reader(), page.head, scope, section_id)
    return questions_form(asked, {})


def _take(page: Page, form: QuestionsForm, section_id: str | None) -> bool:
    """Store the answers; False where a field needs correcting."""
    if not form.validate():
        return False
    answers = choices.Answers(
        section_id=section_id,
        revision_id=form.revision.data or None,
        options=form.options,
        words=form.words,
        examples=form.examples,
        also=form.also,
        name_shown=form.shown_as(page.head.name_shown),
        language=current_language(),
        form=form_key(page.link_id, form.keep.data),
    )
    choices.answer_questions(
        current.installation(), current.actor(), answers, late=bool(form.late.data)
    )
    if _quiet():
        return True
    flash(_("Your answers have been sent. You can change them until the round closes."), "good")
    forget_kept(form.keep.data)
    return True


@blueprint.post("/contributions/<contribution_id>/support")
@access(Action.SEE_CONTRIBUTION, of_contribution)
def support(link_id: str, contribution_id: str) -> Response:
    """Agree with what another participant said, or take that back."""
    page = open_page(link_id)
    line = one(current.reader(), page.actor, contribution_id)
    if line is None:
        raise Refused(Reason.NOT_FOUND)
    form = SupportForm()
    site, actor = current.installation(), current.actor()
    if form.undo.data:
        supports.unsupport(site, actor, contribution_id)
        flash(_("You no longer agree with this comment."), "good")
    else:
        for_organisation = supports.support(
            site, actor, contribution_id, for_organisation=bool(form.for_organisation.data)
        )
        flash(_agreed(page.head.organisation if for_organisation else ""), "good")
    return redirect(back_to(page, line, contribution_id), 303)


def _agreed(organisation: str) -> str:
    if organisation:
        return _(
            "%(organisation)s agrees. Those who see the comment see it.", organisation=organisation
        )
    return _("You agree. Those who see the comment see how many do.")


@blueprint.post("/ready")
@access(Action.READ_ROUND, of_link)
def be_ready(link_id: str) -> Response:
    """Say that one has said all; a receipt with a copy is mailed."""
    readiness.say_ready(current.installation(), current.actor())
    flash(_("Thank you. A receipt with a copy of what you said is on its way to you."), "good")
    forget_kept(f"{link_id}:*")
    return redirect(open_page(link_id).url("ready"), 303)


@blueprint.post("/ready/undo")
@access(Action.READ_ROUND, of_link)
def undo_ready(link_id: str) -> Response:
    """Go on after all."""
    page = open_page(link_id)
    readiness.undo_ready(current.installation(), current.actor())
    flash(_("You can go on. Say that you are ready when you have said all."))
    return redirect(page.url("landing"), 303)


@blueprint.get("/pass-on")
@access(Action.READ_ROUND, of_link)
def pass_on(link_id: str) -> str:
    """Show the form that passes the task to a colleague."""
    return _pass_on_page(open_page(link_id), PassOnForm(formdata=None))


def _pass_on_page(page: Page, form: PassOnForm) -> str:
    return render_template(
        "participant/pass_on.html", **page.values((_("Ask a colleague"), None)), form=form
    )


@blueprint.post("/pass-on")
@limiter.limit(SIGN_UP)
@access(Action.READ_ROUND, of_link)
def do_pass_on(link_id: str) -> Answer:
    """Pass the task to a colleague, who gets an own link by mail."""
    page = open_page(link_id)
    form = PassOnForm()
    if not passed_on(form):
        return _pass_on_page(page, form), 422
    flash(_("Your colleague gets a link of their own by e-mail."), "good")
    return redirect(page.url("landing"), 303)


@blueprint.get("/decline")
@access(Action.READ_ROUND, of_link)
def decline(link_id: str) -> str:
    """Ask why one doesn't take part, before it is recorded."""
    page = open_page(link_id)
    form = DeclineForm(formdata=None, data={"keep": page.unsent.keep("decline")})
    return _decline_page(page, resume(form, page.resumed))


def _decline_page(page: Page, form: DeclineForm) -> str:
    crumb = (_("Decline to take part"), None)
    return render_template("participant/decline.html", **page.values(crumb), form=form)


@blueprint.post("/decline")
@access(Action.READ_ROUND, of_link)
def do_decline(link_id: str) -> Answer:
    """Record that one doesn't take part; the link goes on working."""
    page = open_page(link_id)
    form = DeclineForm()
    if not declined(form, form_key(link_id, form.keep.data)):
        return _decline_page(page, form), 422
    forget_kept(form.keep.data)
    flash(_("The editors see that you don't take part."), "good")
    return redirect(page.url("landing"), 303)
