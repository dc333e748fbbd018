"""Saying something, changing it, taking it back."""

from __future__ import annotations

from flask import flash, jsonify, redirect, render_template, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from reviewtool.domain.contributions import ContributionKind
from reviewtool.domain.passages import Range, passage_in
from reviewtool.domain.phases import PhaseKind
from reviewtool.domain.policy import Action
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.infra.i18n import current_language, lazy
from reviewtool.infra.i18n import gettext as _
from reviewtool.queries.contributions import ContributionLine
from reviewtool.queries.structure_acts import is_carried_out
from reviewtool.queries.texts import text_of
from reviewtool.services import contributions, statement_points
from reviewtool.services.contributions import Submission
from reviewtool.web import current
from reviewtool.web.access import access, of_contribution, of_link
from reviewtool.web.participant.door import blueprint
from reviewtool.web.participant.forms import (
    KINDS,
    OWN,
    ActForm,
    ParticipantForm,
    SayForm,
    WordsForm,
    resume,
)
from reviewtool.web.participant.frame import Page, open_page
from reviewtool.web.participant.previewing import preview_of, preview_of_edit
from reviewtool.web.participant.shown import spaced, suggestion_shown
from reviewtool.web.participant.unfinished import form_key
from reviewtool.web.participant.views import section_page, whole_page
from reviewtool.wording.refusals import refusal

Answer = str | Response | tuple[str | Response, int]

IN_THE_FORM = {
    Reason.EMPTY: "words",
    Reason.TOO_LONG: "words",
    Reason.NO_CHANGE: "replacement",
    Reason.TEXT_INVALID: "replacement",
    Reason.ACROSS_PARTS: "replacement",
    Reason.PASSAGE_GONE: "words",
    Reason.OTHER_STATEMENT: "voice",
}
"""Refusals that are shown beside the field; the others get a page of their own."""

SENT = {
    ContributionKind.COMMENT: lazy("The comment has been sent."),
    ContributionKind.SUGGESTION: lazy("The proposal has been sent."),
    ContributionKind.EXAMPLE: lazy("The example has been sent."),
}
"""What the editors have from now on: never said of words that are merely kept for their writer."""


@blueprint.get("/sections/<section_id>/say")
@access(Action.READ_ROUND, of_link)
def compose(link_id: str, section_id: str) -> str:
    """Show the form about a passage, without script: a comment, other words, or an example."""
    page = open_page(link_id)
    page.line(section_id)
    resumed = page.resumed
    given = MultiDict(dict(resumed.fields)) if resumed else request.args
    form = SayForm(given)
    form.kind.data = given.get("kind", ContributionKind.COMMENT.value)
    form.voice.data = given.get("voice", OWN)
    form.name_shown.data = given.get("name_shown", page.head.name_shown.value)
    form.keep.data = f"{link_id}:{resumed.form}" if resumed else ""
    form.late.data = "" if page.writable else "1"
    return _compose_page(page, section_id, form)


def _compose_page(page: Page, section_id: str, form: SayForm, *, previewed: bool = False) -> str:
    """Show the form with the words that it is about; their range goes on as code points."""
    line = page.line(section_id)
    revision_id = form.revision.data or line.revision_id
    text = text_of(current.reader(), page.actor, revision_id, section_id=section_id)
    passage = passage_in(text, form.place)
    if passage is not None:
        _point_at(form, Range(passage.start, passage.end))
        form.quote.data = passage.quote
    if form.chosen is ContributionKind.SUGGESTION and not form.replacement.raw_data and passage:
        form.replacement.data = spaced(passage.quote)
    form.revision.data = revision_id
    form.kind.data = form.chosen.value
    if not form.keep.data:  # each passage has its own words
        where = f"-{passage.start}-{passage.end}" if passage else ""
        form.keep.data = f"{page.link_id}:{section_id}:{form.chosen.value}{where}"
    adding = passage is not None and not passage.quote
    return render_template(
        "participant/compose.html",
        **page.values(
            (line.title, page.url("section", section_id=section_id)),
            (dict(KINDS).get(form.chosen.value, _("Comment")), None),
        ),
        line=line,
        form=form,
        quote=passage.quote if passage else "",
        adding=adding,
        before=passage.prefix if passage and adding else "",
        preview=preview_of(text, passage, form) if previewed else None,
        kind=form.chosen,
        others=[] if adding else _other_kinds(form.chosen, bool(passage)),
    )


def _other_kinds(chosen: ContributionKind, has_passage: bool) -> list[ContributionKind]:
    """List what else could be said here; other words need a passage that they stand for."""
    kinds = [ContributionKind.COMMENT, ContributionKind.EXAMPLE]
    if has_passage:
        kinds.insert(1, ContributionKind.SUGGESTION)
    return [kind for kind in kinds if kind is not chosen]


def _point_at(form: SayForm, place: Range) -> None:
    for field in (
        form.block, form.after,
        form.start_block, form.start_offset, form.end_block, form.end_offset,
    ):  # fmt: skip
        field.data = ""
    form.start.data, form.end.data = str(place.start), str(place.end)


@blueprint.post("/sections/<section_id>/say")
@access(Action.READ_ROUND, of_link)
def say(link_id: str, section_id: str) -> Answer:
    """Take what was said about a text or a passage of it."""
    page = open_page(link_id)
    page.line(section_id)
    form = SayForm()
    if not form.validate():
        return _say_failed(page, section_id, form)
    if request.form.get("preview"):
        return _compose_page(page, section_id, form, previewed=True)
    try:
        anchor = _send(page, form, section_id)
    except Refused as refused:
        if not show_in_form(form, refused, form.chosen):
            raise
        return _say_failed(page, section_id, form)
    return redirect(page.url("section", section_id=section_id, _anchor=anchor), 303)


def _send(page: Page, form: SayForm, section_id: str) -> str:
    """Send it in one's own name, or as a point of the statement; gives where it stands."""
    if not form.as_point:
        contribution_id = _submit(page, form, section_id)
        said_so(form, SENT[form.chosen])
        return f"c-{contribution_id}"
    point_id = statement_points.add_point(
        current.installation(),
        current.actor(),
        submission_of(page, form, section_id),
        form.request_id.data or "",
    )
    flash(_("Saved. Your colleagues who work on the statement see it."), "good")
    forget_kept(form.keep.data)
    return f"d-{point_id}"


def _say_failed(page: Page, section_id: str, form: SayForm) -> Answer:
    """Show the words again: in the box under the text, or beside the passage; script, which has the
    words, is told what is wrong with which field.
    """
    if request.accept_mimetypes.best == "application/json":
        errors = {field.name: str(field.errors[0]) for field in form if field.errors}
        return jsonify(errors=errors), 422
    return _say_again(page, section_id, form), 422


def _say_again(page: Page, section_id: str, form: SayForm) -> str:
    if form.place is None and form.chosen is ContributionKind.COMMENT:
        return section_page(page, section_id, box=form)
    try:
        return _compose_page(page, section_id, form)
    except Refused:  # the place itself is what was wrong: the words go into the open box
        return section_page(page, section_id, box=form)


def _submit(page: Page, form: SayForm, section_id: str | None) -> str:
    return contributions.submit(
        current.installation(),
        current.actor(),
        submission_of(page, form, section_id),
        form.request_id.data or "",
        late=bool(form.late.data),
    )


def submission_of(page: Page, form: SayForm, section_id: str | None) -> Submission:
    """Give what a form says, about what, and in which language."""
    return Submission(
        kind=form.chosen,
        words=form.said(form.chosen, page.head.name_shown),
        section_id=section_id,
        revision_id=form.revision.data or None,
        place=form.place,
        language=current_language(),
        organisation_id=form.speaks_for.data or None,
        also=form.also.data,
        form=form_key(page.link_id, form.keep.data),
    )


def show_in_form(form: WordsForm, refused: Refused, kind: ContributionKind) -> bool:
    """Show a refusal at its field; False for one that gets a page of its own."""
    name = IN_THE_FORM.get(refused.reason)
    if name is None:
        return False
    if kind is ContributionKind.EXAMPLE and refused.reason is Reason.EMPTY:
        name = "activity"  # what is asked first; other words are a footnote to it
    field = getattr(form, name)
    field.errors = [refusal(refused.reason)]
    return True


def said_so(form: ParticipantForm, what: str) -> None:
    """Say what was sent; the browser may forget its copy."""
    if form.late.data:
        flash(
            _(
                "Your text was sent after the deadline. "
                "The editors will tell you whether it can be considered."
            )
        )
    else:
        flash(_("%(what)s You can change it until the round closes.", what=what), "good")
    forget_kept(form.keep.data)


def forget_kept(key: str | None) -> None:
    """Tell the browser that the words under a key of this link have arrived."""
    if key and key.startswith(f"{(request.view_args or {}).get('link_id')}:"):
        flash(key, "kept")


@blueprint.post("/whole/say")
@access(Action.READ_ROUND, of_link)
def say_of_whole(link_id: str) -> Answer:
    """Take what was said about the whole handbook, or a proposal about its structure."""
    page = open_page(link_id)
    form = SayForm()
    if not form.validate():
        return whole_page(page, box=form), 422
    try:
        contribution_id = _submit(page, form, None)
    except Refused as refused:
        if not show_in_form(form, refused, form.chosen):
            raise
        return whole_page(page, box=form), 422
    said_so(form, SENT[form.chosen])
    return redirect(page.url("whole", _anchor=f"c-{contribution_id}"), 303)


@blueprint.get("/contributions/<contribution_id>/edit")
@access(Action.SEE_CONTRIBUTION, of_contribution)
def edit(link_id: str, contribution_id: str) -> str:
    """Show one's own contribution for changing it."""
    page = open_page(link_id)
    line = page.own_line(contribution_id)
    form = WordsForm(
        formdata=None,
        obj=line,
        data={
            "keep": page.unsent.keep(f"{contribution_id}:edit"),
            "name_shown": line.name_shown.value,
        },
    )
    form.name_shown.data = line.name_shown.value
    form.also.data = frozenset(text.section_id for text in line.also_for)
    resume(form, page.resumed)
    return _edit_page(page, line, form)


def _edit_page(
    page: Page, line: ContributionLine, form: WordsForm, *, previewed: bool = False
) -> str:
    return render_template(
        "participant/edit.html",
        **page.values((_("What I have said"), page.url("mine")), (_("Change"), None)),
        line=line,
        form=form,
        preview=preview_of_edit(page, line, form) if previewed else None,
    )


@blueprint.post("/contributions/<contribution_id>/edit")
@access(Action.SEE_CONTRIBUTION, of_contribution)
def save_edit(link_id: str, contribution_id: str) -> Answer:
    """Give one's own contribution other words; after the round's end, send them as late."""
    page = open_page(link_id)
    line = page.own_line(contribution_id)
    form = WordsForm()
    if not form.validate():
        return _edit_page(page, line, form), 422
    if request.form.get("preview") and line.replacement is not None:
        return _edit_page(page, line, form, previewed=True)
    try:
        contribution_id = _change(page, form, line)
    except Refused as refused:
        if not show_in_form(form, refused, line.kind):
            raise
        return _edit_page(page, line, form), 422
    said_so(form, _("The change has been sent."))
    return redirect(back_to(page, line, contribution_id), 303)


def _change(page: Page, form: WordsForm, line: ContributionLine) -> str:
    site, actor = current.installation(), current.actor()
    words = form.said(line.kind, line.name_shown)
    request_id = form.request_id.data or ""
    key = form_key(page.link_id, form.keep.data)
    if not form.late.data:
        return contributions.edit(
            site, actor, line.id, words, request_id,
            organisation_id=form.speaks_for.data or None, also=form.also.data, form=key,
        )  # fmt: skip
    place = None
    if line.start is not None and line.end is not None:
        place = Range(line.start, line.end)
    # What was said stands; the new words come beside it, as late.
    answered = line.kind is ContributionKind.QUESTION_ANSWER
    kind = ContributionKind.COMMENT if answered else line.kind
    submission = Submission(
        kind=kind,
        words=words,
        section_id=line.section_id,
        revision_id=line.revision_id,
        place=place,
        language=current_language(),
        organisation_id=form.speaks_for.data or None,
        also=form.also.data,
        form=key,
    )
    return contributions.submit(site, actor, submission, request_id, late=True)


def back_to(
    page: Page, line: ContributionLine, contribution_id: str, *, unsent: str | None = None
) -> str:
    """Give the address where a contribution stands beside its text.

    unsent: the form whose half-written words are gone on with there.
    """
    anchor = f"c-{contribution_id}"
    if page.head.kind is PhaseKind.WORKSHOP:
        return url_for("workshop.in_room", link_id=page.link_id, _anchor=anchor)
    answers = line.own and line.question_id is not None
    if answers or line.phase_id != page.head.phase_id:
        return page.url("mine", unsent=unsent, _anchor=anchor)
    if line.section_id is None:
        return page.url("whole", unsent=unsent, _anchor=anchor)
    # Another's may stand in a fold, which is to be open there.
    opened = None if line.own else contribution_id
    return page.url(
        "section", section_id=line.section_id, open=opened, unsent=unsent, _anchor=anchor
    )


@blueprint.get("/contributions/<contribution_id>/withdraw")
@access(Action.SEE_CONTRIBUTION, of_contribution)
def ask_withdraw(link_id: str, contribution_id: str) -> str:
    """Ask once whether to withdraw, with what it means."""
    page = open_page(link_id)
    if is_carried_out(current.reader(), contribution_id):
        raise Refused(Reason.CARRIED_OUT)
    return render_template(
        "participant/withdraw.html",
        **page.values((_("What I have said"), page.url("mine")), (_("Withdraw"), None)),
        line=page.own_line(contribution_id),
        form=ActForm(formdata=None),
        suggestion_shown=suggestion_shown,
    )


@blueprint.post("/contributions/<contribution_id>/withdraw")
@access(Action.SEE_CONTRIBUTION, of_contribution)
def withdraw(link_id: str, contribution_id: str) -> Response:
    """Take one's own contribution back; it stays with a mark."""
    form = ActForm()
    contributions.withdraw(
        current.installation(), current.actor(), contribution_id, form.request_id.data or ""
    )
    flash(_("Withdrawn. A note of it stays, so that the handling can be followed."))
    return redirect(
        url_for("participant.mine", link_id=link_id, _anchor=f"c-{contribution_id}"), 303
    )
