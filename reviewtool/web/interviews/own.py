"""The page of the person who was interviewed: what was noted, and whether it is what they said."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from reviewtool.domain.interviews import NoteWish
from reviewtool.domain.policy import Action
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.infra.i18n import gettext as _
from reviewtool.queries.own_interviews import own_interviews
from reviewtool.services import interview_notes
from reviewtool.web import current
from reviewtool.web.access import access, of_link
from reviewtool.web.interviews.door import reading
from reviewtool.web.interviews.forms import DisputeForm, for_note
from reviewtool.web.participant.forms import ParticipantForm, resume
from reviewtool.web.participant.frame import Page, open_page
from reviewtool.web.participant.shown import suggestion_shown
from reviewtool.web.participant.unfinished import form_key
from reviewtool.web.participant.writing import forget_kept
from reviewtool.wording.refusals import refusal

Answer = str | Response | tuple[str, int]


@dataclass(frozen=True)
class Failed:
    """A note's form that didn't go through, with the words in it."""

    note_id: str
    form: DisputeForm


@reading.get("/")
@access(Action.READ_INTERVIEW, of_link)
def landing(link_id: str) -> str:
    """Show what was noted, and the ways to say whether it is right."""
    return _page(open_page(link_id))


def _page(page: Page, failed: Failed | None = None) -> str:
    held = own_interviews(current.reader(), current.actor())
    values: dict[str, Any] = page.values()
    notes = (note for one in held for note in one.notes if note.can_dispute)
    forms = {
        note.line.id: resume(
            DisputeForm(formdata=None, data={"keep": page.unsent.keep(f"{note.line.id}:note")}),
            page.resumed,
        )
        for note in notes
    }
    if failed is not None:
        forms[failed.note_id] = failed.form
    for note_id, form in forms.items():
        for_note(form, note_id)
    return render_template(
        "interviews/own.html",
        interviews=held,
        forms=forms,
        failed=failed,
        act=ParticipantForm(formdata=None),
        suggestion_shown=suggestion_shown,
        waiting=sum(one.can_confirm for one in held),
        **{**values, "closed": False, "days_left": None},
    )


@reading.post("/notes/<contribution_id>")
@access(Action.CHECK_INTERVIEW, of_link)
def dispute(link_id: str, contribution_id: str) -> Answer:
    """Tell the editors that a note isn't what one said."""
    form = DisputeForm()
    page = open_page(link_id)
    if not form.validate():
        return _page(page, Failed(contribution_id, form)), 422
    try:
        interview_notes.dispute(
            current.installation(),
            current.actor(),
            contribution_id,
            NoteWish(form.wish.data),
            form.words.data or "",
            form.request_id.data or "",
            form_key(link_id, form.keep.data),
        )
    except Refused as refused:
        if refused.reason not in (Reason.EMPTY, Reason.TOO_LONG):
            raise
        form.words.errors = [
            _("Write what you said, or meant.")
            if refused.reason is Reason.EMPTY
            else refusal(refused.reason)
        ]
        return _page(page, Failed(contribution_id, form)), 422
    told = _("Thank you. The editors see what you wrote, and you get a message about what they do.")
    flash(told, "good")
    forget_kept(form.keep.data)
    anchor = f"c-{contribution_id}"
    return redirect(url_for("interview.landing", link_id=link_id, _anchor=anchor), 303)


@reading.post("/<interview_id>/confirm")
@access(Action.CHECK_INTERVIEW, of_link)
def confirm(link_id: str, interview_id: str) -> Answer:
    """Say that the notes are right."""
    form = ParticipantForm()
    interview_notes.confirm(
        current.installation(), current.actor(), interview_id, form.request_id.data or ""
    )
    flash(_("Thank you. The editors know that the notes are right."), "good")
    forget_kept(f"{link_id}:*")
    return redirect(url_for("interview.landing", link_id=link_id), 303)
