"""What editors do to one contribution: note, admit, mask, place, publish its answer, mark used."""

from __future__ import annotations

from collections.abc import Callable

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from reviewtool.domain.passages import Place, Range, WholeLine
from reviewtool.domain.policy import Action
from reviewtool.domain.quoting import find_words
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.infra.i18n import gettext as _
from reviewtool.infra.i18n import ngettext
from reviewtool.queries.answers import chosen
from reviewtool.queries.sections import WorkingSection, handbook_head, working_section
from reviewtool.services import answers, late, recording, turns
from reviewtool.services.placing import place as place_by_hand
from reviewtool.web import current
from reviewtool.web.access import access, of_handbook
from reviewtool.web.contributions import shown
from reviewtool.web.contributions.answering import back_to
from reviewtool.web.contributions.door import blueprint, crumbs
from reviewtool.web.contributions.forms import LateForm, MaskForm, NoteForm, PlaceForm
from reviewtool.web.contributions.views import contribution_page
from reviewtool.web.editor_pages import frame
from reviewtool.web.forms import Form
from reviewtool.wording.refusals import refusal

Answer = str | Response | tuple[str, int]


def _to_page(handbook_id: str, contribution_id: str) -> Response:
    return redirect(
        url_for("contributions.show", handbook_id=handbook_id, contribution_id=contribution_id),
        code=303,
    )


def _own(handbook_id: str, contribution_id: str) -> None:
    """Check that the contribution is of the handbook in the address."""
    chosen(current.reader(), current.actor(), handbook_id, [contribution_id])


@blueprint.post("/handbooks/<handbook_id>/contributions/<contribution_id>/notes")
@access(Action.SEE_LEDGER, of_handbook)
def note(handbook_id: str, contribution_id: str) -> Answer:
    """Write an internal note."""
    _own(handbook_id, contribution_id)
    form = NoteForm()
    if not form.validate():
        return contribution_page(handbook_id, contribution_id, form), 422
    turns.add_note(
        current.installation(), current.actor(), contribution_id, form.words.data or "",
        form.request_id.data or "",
    )  # fmt: skip
    flash(_("The note is kept; only editors see it."), "good")
    return _to_page(handbook_id, contribution_id)


@blueprint.post("/handbooks/<handbook_id>/contributions/<contribution_id>/admit")
@access(Action.SEE_LEDGER, of_handbook)
def admit(handbook_id: str, contribution_id: str) -> Answer:
    """Admit a late contribution."""
    words = _("The contribution is now considered with the others. Its author is told.")
    return _decide_late(handbook_id, contribution_id, late.admit, words)


@blueprint.post("/handbooks/<handbook_id>/contributions/<contribution_id>/leave-out")
@access(Action.SEE_LEDGER, of_handbook)
def leave_out(handbook_id: str, contribution_id: str) -> Answer:
    """Leave a late contribution out."""
    words = _("The contribution was left out. Its author is told.")
    return _decide_late(handbook_id, contribution_id, late.leave_out, words)


def _decide_late(
    handbook_id: str, contribution_id: str, decide: Callable[..., None], words: str
) -> Answer:
    _own(handbook_id, contribution_id)
    form = LateForm()
    if not form.validate():
        return contribution_page(handbook_id, contribution_id, form), 422
    decide(
        current.installation(), current.actor(), contribution_id, form.reason.data or "",
        form.request_id.data or "",
    )  # fmt: skip
    flash(words, "good")
    return _to_page(handbook_id, contribution_id)


@blueprint.post("/handbooks/<handbook_id>/contributions/<contribution_id>/mask")
@access(Action.SEE_LEDGER, of_handbook)
def mask(handbook_id: str, contribution_id: str) -> Answer:
    """Mask a third person's data."""
    _own(handbook_id, contribution_id)
    form = MaskForm()
    if not form.validate():
        return contribution_page(handbook_id, contribution_id, form), 422
    try:
        recording.mask(
            current.installation(), current.actor(), contribution_id,
            (form.fragments.data or "").split("\n"), form.request_id.data or "",
            with_files=form.with_files.data,
        )  # fmt: skip
    except Refused as refused:
        if refused.reason is not Reason.NO_SUCH_WORDS:
            raise
        form.fragments.errors = [refusal(refused.reason)]
        return contribution_page(handbook_id, contribution_id, form), 422
    flash(_("The words are masked everywhere in this contribution."), "good")
    return _to_page(handbook_id, contribution_id)


@blueprint.post("/handbooks/<handbook_id>/contributions/<contribution_id>/publish")
@access(Action.EDIT, of_handbook)
def publish(handbook_id: str, contribution_id: str) -> Answer:
    """Show the answer to the contributor ahead of the next draft."""
    _own(handbook_id, contribution_id)
    request_id = Form().request_id.data or ""
    answers.publish(current.installation(), current.actor(), [contribution_id], request_id)
    flash(_("The contributor now sees the answer."), "good")
    return _to_page(handbook_id, contribution_id)


@blueprint.post("/handbooks/<handbook_id>/contributions/used")
@access(Action.EDIT, of_handbook)
def used(handbook_id: str) -> Answer:
    """Answer features and interview notes: used in the text, or not and why."""
    ids = list(dict.fromkeys(request.form.getlist("c")))
    chosen(current.reader(), current.actor(), handbook_id, ids)
    is_used = request.form.get("used") == "yes"
    request_id = Form().request_id.data or ""
    reason = request.form.get("reason", "").strip()
    count = answers.mark_used(
        current.installation(), current.actor(), ids, is_used, request_id, reason
    )
    flash(ngettext("%(num)d marked.", "%(num)d marked.", count), "good")
    return redirect(back_to(handbook_id), 303)


@blueprint.get("/handbooks/<handbook_id>/contributions/<contribution_id>/place")
@access(Action.EDIT, of_handbook)
def ask_place(handbook_id: str, contribution_id: str) -> str:
    """Show the text in which a passage is to be placed."""
    section = _section(handbook_id, contribution_id)
    form = PlaceForm(formdata=None)
    form.revision.data = section.revision.line.id
    return _place_page(handbook_id, contribution_id, section, form)


@blueprint.post("/handbooks/<handbook_id>/contributions/<contribution_id>/place")
@access(Action.EDIT, of_handbook)
def place(handbook_id: str, contribution_id: str) -> Answer:
    """Place a passage where the editor says."""
    section = _section(handbook_id, contribution_id)
    form = PlaceForm()
    form.line.choices = shown.line_names(section.revision.text)
    where = _where(form, section)
    if where is None:
        return _place_page(handbook_id, contribution_id, section, form), 422
    place_by_hand(
        current.installation(), current.actor(), contribution_id, section.revision.line.id, where,
        form.request_id.data or "",
    )  # fmt: skip
    flash(_("The passage has its place."), "good")
    return _to_page(handbook_id, contribution_id)


def _where(form: PlaceForm, section: WorkingSection) -> Place:
    """Read the place; None with an error in the form where it can't be told."""
    form.validate()
    if form.revision.data != section.revision.line.id:
        form.quote.errors = [refusal(Reason.TEXT_CHANGED)]
    elif form.quote.data:
        found = find_words(section.revision.text, form.quote.data)
        if len(found) == 1:
            return Range(found[0].start, found[0].end)
        form.quote.errors = [
            _("These words stand in several places. Copy more of the text.")
            if found
            else refusal(Reason.NO_SUCH_WORDS)
        ]
    elif (form.line.data or "").isdecimal():
        return WholeLine(int(form.line.data))
    else:
        form.quote.errors = [_("Copy words of the text, or choose a paragraph.")]
    form.revision.data = section.revision.line.id
    return None


def _section(handbook_id: str, contribution_id: str) -> WorkingSection:
    reader, actor = current.reader(), current.actor()
    head = handbook_head(reader, actor, handbook_id)
    (entry,) = chosen(reader, actor, handbook_id, [contribution_id])
    if entry.section_id is None:
        raise Refused(Reason.NOT_FOUND)
    return working_section(reader, actor, handbook_id, entry.section_id, head.language)


def _place_page(
    handbook_id: str, contribution_id: str, section: WorkingSection, form: PlaceForm
) -> str:
    reader, actor = current.reader(), current.actor()
    form.line.choices = shown.line_names(section.revision.text)
    (entry,) = chosen(reader, actor, handbook_id, [contribution_id])
    return render_template(
        "contributions/place.html",
        entry=entry,
        section=section,
        form=form,
        shown=shown,
        **frame(
            handbook_head(reader, actor, handbook_id),
            "ledger",
            *crumbs(
                handbook_id,
                (
                    _("Contribution %(number)d", number=entry.number),
                    url_for(
                        "contributions.show",
                        handbook_id=handbook_id,
                        contribution_id=contribution_id,
                    ),
                ),
                (_("Place the passage"), None),
            ),
        ),
    )
