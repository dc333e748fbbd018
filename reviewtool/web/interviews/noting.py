"""Noting what was said in an interview, with the text that it is about beside the form."""

from __future__ import annotations

from dataclasses import dataclass

from flask import flash, redirect, render_template, request, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response

from reviewtool.domain.contributions import ContributionKind
from reviewtool.domain.meetings import quoted
from reviewtool.domain.policy import Action
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.infra.i18n import gettext as _
from reviewtool.infra.i18n import ngettext
from reviewtool.queries.interviews import FullInterview, full_interview
from reviewtool.queries.sections import handbook_head
from reviewtool.queries.tree import working_tree
from reviewtool.services import interviews
from reviewtool.services.contributions import Words
from reviewtool.services.interviews import Said
from reviewtool.web import current
from reviewtool.web.access import access, of_handbook
from reviewtool.web.contributions.placing import (
    PlacedForm,
    SpokenTexts,
    drafts_offered,
    read_place,
)
from reviewtool.web.interviews.door import editing, interview_frame
from reviewtool.web.interviews.forms import ROWS, NotesForm
from reviewtool.web.reading import shown_text
from reviewtool.wording.refusals import refusal

Answer = str | Response | tuple[str, int]


@dataclass(frozen=True)
class TextBeside:
    """A text as it stands beside the notes; number: its number on the draft's paper, or 0."""

    section_id: str
    title: str
    number: int
    html: Markup
    language: str


@editing.get("/interviews/<interview_id>/notes")
@access(Action.SEE_LEDGER, of_handbook)
def notes(handbook_id: str, interview_id: str) -> str:
    """Ask what was said: of which text, about which words (?section=… is shown beside)."""
    full = full_interview(current.reader(), current.actor(), handbook_id, interview_id)
    form = NotesForm(formdata=None)
    drafts = drafts_offered(handbook_id)
    form.draft.data = full.phase.draft_id or (drafts[0][0] if drafts else "")
    return _page(full, form, request.args.get("section", ""))


@editing.post("/interviews/<interview_id>/notes")
@access(Action.SEE_LEDGER, of_handbook)
def note(handbook_id: str, interview_id: str) -> Answer:
    """Take all notes or none; other buttons show the form again, with more rows or a text."""
    full = full_interview(current.reader(), current.actor(), handbook_id, interview_id)
    form = NotesForm()
    _offer(full, form)
    if request.form.get("more"):
        for _number in range(ROWS):
            form.notes.append_entry()
        return _page(full, form, request.form.get("beside", ""))
    if "show" in request.form:
        return _page(full, form, _asked_section(full, form))
    said = _said(full, form) if form.validate() else None
    if said is None:
        return _page(full, form, request.form.get("beside", "")), 422
    try:
        ids = interviews.add_notes(
            current.installation(), current.actor(), interview_id, said, form.request_id.data or ""
        )
    except Refused as refused:
        if refused.reason not in (Reason.TOO_LONG, Reason.PASSAGE_GONE):
            raise
        form.form_errors.append(refusal(refused.reason))
        return _page(full, form, request.form.get("beside", "")), 422
    flash(ngettext("%(num)d note saved.", "%(num)d notes saved.", len(ids)), "good")
    flash(f"{interview_id}:notes", "kept")
    url = url_for("interviews.show", handbook_id=handbook_id, interview_id=interview_id)
    return redirect(url, 303)


def _asked_section(full: FullInterview, form: NotesForm) -> str:
    """Give the text that a row's button asks for: the one chosen there, or its number's."""
    at = request.form.get("show", "")
    rows = list(form.notes)
    if not at.isdecimal() or int(at) >= len(rows):
        return ""
    row: PlacedForm = rows[int(at)].form
    number = quoted(row.at.data or "")
    text = _texts(full, form).numbered.get(number.text) if number else None
    return text.section_id if text else row.section.data or ""


def _texts(full: FullInterview, form: NotesForm) -> SpokenTexts:
    head = handbook_head(current.reader(), current.actor(), full.phase.handbook_id)
    draft_id = form.draft.data or None
    return SpokenTexts(full.phase.handbook_id, full.phase.id, head.language, draft_id)


def _said(full: FullInterview, form: NotesForm) -> list[Said] | None:
    """Read the notes; None with errors in the form where one can't be saved."""
    texts = _texts(full, form)
    made = [_one(texts, row) for row in form.filled]
    if not made:
        form.form_errors.append(_("Write what was said, at least in one note."))
    said = [one for one in made if one is not None]
    if len(said) < len(made):
        form.form_errors.append(_("Correct what is marked in the notes below."))
    return said if made and len(said) == len(made) else None


def _one(texts: SpokenTexts, row: PlacedForm) -> Said | None:
    if not row.words.data:
        row.words.errors = [refusal(Reason.EMPTY)]
        return None
    placed = read_place(row, texts)
    if placed is None:
        return None
    words = Words(words=row.words.data)
    kind = ContributionKind.INTERVIEW_NOTE
    return Said(kind, words, placed.section_id, placed.revision_id, placed.place)


def _offer(full: FullInterview, form: NotesForm) -> list[tuple[str, str]]:
    handbook_id = full.phase.handbook_id
    head = handbook_head(current.reader(), current.actor(), handbook_id)
    tree = working_tree(current.reader(), handbook_id, head.language)
    sections = [(line.section_id, f"{'– ' * line.depth}{line.title}") for line in tree]
    form.offer(sections, drafts_offered(handbook_id))
    return sections


def _page(full: FullInterview, form: NotesForm, section_id: str) -> str:
    titles = dict(_offer(full, form))
    return render_template(
        "interviews/notes.html",
        form=form,
        beside=_beside(full, form, section_id, titles) if section_id in titles else None,
        **interview_frame(full, (_("Add notes"), None)),
    )


def _beside(
    full: FullInterview, form: NotesForm, section_id: str, titles: dict[str, str]
) -> TextBeside:
    texts = _texts(full, form)
    text = texts.of(section_id).text
    number = next(
        (one.number for one in texts.numbered.values() if one.section_id == section_id), 0
    )
    html = shown_text(
        text, title=False, heading=2, fold_sources=False, numbers=str(number) if number else ""
    )
    title = titles[section_id].lstrip("– ")
    return TextBeside(section_id, title, number, html, texts.language)
