"""The editors' pages of interviews: those of a phase, a new one, one with its notes, its facts."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from reviewtool.domain.days import local_day
from reviewtool.domain.interviews import NoteMove
from reviewtool.domain.policy import Action
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.infra.i18n import gettext as _
from reviewtool.queries.handbooks import handbook_line
from reviewtool.queries.interviews import (
    FullInterview,
    InterviewsPhase,
    NotedEntry,
    full_interview,
    interviews_of_phase,
    interviews_phase,
)
from reviewtool.queries.speakers import find_speakers, speaker
from reviewtool.services import interviews
from reviewtool.web import current
from reviewtool.web.access import access, of_handbook
from reviewtool.web.contributions import shown
from reviewtool.web.interviews.door import editing, interview_frame, phase_frame
from reviewtool.web.interviews.forms import (
    ChangeForm,
    InterviewForm,
    SettleForm,
    fingerprint,
    for_note,
    held_of,
)
from reviewtool.wording.refusals import refusal

Answer = str | Response | tuple[str, int]

IN_THE_FORM = {
    Reason.BAD_ADDRESS: "address",
    Reason.NOT_ALLOWED: "address",
    Reason.DATES_WRONG: "held_on",
    Reason.TOO_LONG: "role",
}


@editing.get("/phases/<phase_id>/interviews")
@access(Action.SEE_LEDGER, of_handbook)
def index(handbook_id: str, phase_id: str) -> str:
    """Show who was interviewed in a phase, and what has become of it."""
    reader, actor = current.reader(), current.actor()
    phase = interviews_phase(reader, actor, handbook_id, phase_id)
    return render_template(
        "interviews/index.html",
        lines=interviews_of_phase(reader, actor, phase),
        **phase_frame(phase),
    )


@editing.get("/phases/<phase_id>/interviews/new")
@access(Action.SEE_LEDGER, of_handbook)
def new(handbook_id: str, phase_id: str) -> str:
    """Ask who was interviewed, when, in what role and with what consent."""
    reader, actor = current.reader(), current.actor()
    phase = interviews_phase(reader, actor, handbook_id, phase_id)
    form = InterviewForm(formdata=None)
    line = handbook_line(reader, handbook_id, current.now())
    form.held_on.data = local_day(current.now(), line.time_zone if line else "UTC")
    form.person.data = request.args.get("person", "")
    return _new_page(phase, form)


@editing.post("/phases/<phase_id>/interviews/new")
@access(Action.SEE_LEDGER, of_handbook)
def hold(handbook_id: str, phase_id: str) -> Answer:
    """Note that somebody was interviewed, and go on to what was said."""
    phase = interviews_phase(current.reader(), current.actor(), handbook_id, phase_id)
    form = InterviewForm()
    form.offer_speaker()
    valid = form.validate()
    if not form.names_somebody or not valid:
        return _new_page(phase, form), 422
    try:
        interview_id = interviews.hold(
            current.installation(),
            current.actor(),
            phase_id,
            form.speaker,
            form.held,
            form.request_id.data or "",
        )
    except Refused as refused:
        if not _put_into(form, refused):
            raise
        return _new_page(phase, form), 422
    url = url_for("interviews.notes", handbook_id=handbook_id, interview_id=interview_id)
    return redirect(url, 303)


def _put_into(form: InterviewForm | ChangeForm, refused: Refused) -> bool:
    name = IN_THE_FORM.get(refused.reason)
    if name is None or name not in form:
        return False
    form[name].errors = [
        _("The day of the interview is still to come.")
        if refused.reason is Reason.DATES_WRONG
        else refusal(refused.reason)
    ]
    return True


def _new_page(phase: InterviewsPhase, form: InterviewForm) -> str:
    reader, actor = current.reader(), current.actor()
    form.offer_speaker()
    looked_for = request.args.get("find", "")
    chosen = form.person.data
    known = speaker(reader, actor, phase.handbook_id, chosen) if chosen else None
    return render_template(
        "interviews/new.html",
        form=form,
        person=known,
        looked_for=looked_for,
        found=find_speakers(reader, actor, phase.handbook_id, looked_for) if looked_for else [],
        **phase_frame(phase, (_("New interview"), None)),
    )


@editing.get("/interviews/<interview_id>")
@access(Action.SEE_LEDGER, of_handbook)
def show(handbook_id: str, interview_id: str) -> str:
    """Show an interview with its notes, what the person says of them, and what is to do."""
    full = full_interview(current.reader(), current.actor(), handbook_id, interview_id)
    return interview_page(full)


def interview_page(
    full: FullInterview, failed: SettleForm | None = None, failed_note: str = ""
) -> str:
    """Show an interview; failed: the form of one note, with its words, that didn't go through."""
    forms = {note.entry.id: _settle_form(note) for note in full.notes if note.moves}
    if failed is not None:
        forms[failed_note] = for_note(failed, failed_note)
    return render_template(
        "interviews/show.html",
        forms=forms,
        failed_note=failed_note,
        moves=NoteMove,
        shown=shown,
        **interview_frame(full),
    )


def _settle_form(note: NotedEntry) -> SettleForm:
    data = {"version": str(note.entry.version), "words": note.entry.words}
    return for_note(SettleForm(formdata=None, data=data), note.entry.id)


@editing.get("/interviews/<interview_id>/change")
@access(Action.SEE_LEDGER, of_handbook)
def ask_change(handbook_id: str, interview_id: str) -> str:
    """Show when, in what role and with what consent somebody spoke, to be corrected."""
    full = full_interview(current.reader(), current.actor(), handbook_id, interview_id)
    return _change_page(full, ChangeForm(formdata=None).begin(full.line))


@editing.post("/interviews/<interview_id>/change")
@access(Action.SEE_LEDGER, of_handbook)
def change(handbook_id: str, interview_id: str) -> Answer:
    """Correct an interview's facts; a colleague's correction meanwhile is shown first."""
    full = full_interview(current.reader(), current.actor(), handbook_id, interview_id)
    form = ChangeForm()
    if not form.validate():
        return _change_page(full, form), 422
    seen = held_of(full.line)
    if form.seen.data != fingerprint(full.line) and form.held != seen:
        return _overtaken(full, form)
    try:
        interviews.change(
            current.installation(),
            current.actor(),
            interview_id,
            seen,
            form.held,
            form.request_id.data or "",
        )
    except Refused as refused:
        if refused.reason is Reason.EDIT_CONFLICT:
            reader, actor = current.fresh_reader(), current.actor()
            return _overtaken(full_interview(reader, actor, handbook_id, interview_id), form)
        if not _put_into(form, refused):
            raise
        return _change_page(full, form), 422
    flash(_("Saved. The notes follow the consent."), "good")
    url = url_for("interviews.show", handbook_id=handbook_id, interview_id=interview_id)
    return redirect(url, 303)


def _overtaken(full: FullInterview, form: ChangeForm) -> Answer:
    """Show the form again with what a colleague has saved meanwhile."""
    form.seen.data = fingerprint(full.line)
    form.form_errors.append(
        _("This has been changed meanwhile. Check what stands below, and save again.")
    )
    return _change_page(full, form), 409


def _change_page(full: FullInterview, form: ChangeForm) -> str:
    return render_template(
        "interviews/change.html", form=form, **interview_frame(full, (_("Change"), None))
    )
