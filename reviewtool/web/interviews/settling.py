"""Between the editors and the person: sending the notes, and settling what was disputed."""

from __future__ import annotations

from flask import flash, redirect, url_for
from werkzeug.wrappers import Response

from reviewtool.domain.interviews import NoteMove
from reviewtool.domain.policy import Action
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.infra.i18n import gettext as _
from reviewtool.queries.interviews import FullInterview, full_interview
from reviewtool.services import interview_notes, interviews
from reviewtool.web import current
from reviewtool.web.access import access, of_handbook
from reviewtool.web.forms import Form
from reviewtool.web.interviews.door import editing
from reviewtool.web.interviews.forms import SettleForm
from reviewtool.web.interviews.holding import interview_page
from reviewtool.wording.refusals import refusal

Answer = str | Response | tuple[str, int]

IN_THE_FORM = {
    Reason.EMPTY: "words",
    Reason.NO_CHANGE: "words",
    Reason.TOO_LONG: "words",
    Reason.REASON_MISSING: "reply",
    Reason.EDIT_CONFLICT: "words",
}


def _back(handbook_id: str, interview_id: str, note_id: str = "") -> Response:
    url = url_for(
        "interviews.show",
        handbook_id=handbook_id,
        interview_id=interview_id,
        _anchor=f"c-{note_id}" if note_id else None,
    )
    return redirect(url, 303)


def _full(handbook_id: str, interview_id: str) -> FullInterview:
    return full_interview(current.fresh_reader(), current.actor(), handbook_id, interview_id)


@editing.post("/interviews/<interview_id>/send")
@access(Action.SEE_LEDGER, of_handbook)
def send(handbook_id: str, interview_id: str) -> Answer:
    """Mail the person the link to the notes."""
    full = _full(handbook_id, interview_id)
    request_id = Form().request_id.data or ""
    interviews.send(current.installation(), current.actor(), interview_id, request_id)
    flash(_("The link to the notes is on its way to %(name)s.", name=full.line.name), "good")
    return _back(handbook_id, interview_id)


@editing.post("/interviews/<interview_id>/notes/<contribution_id>")
@access(Action.SEE_LEDGER, of_handbook)
def settle(handbook_id: str, interview_id: str, contribution_id: str) -> Answer:
    """Correct a note, take it out as its person wishes, or keep it with a reply."""
    full = _full(handbook_id, interview_id)
    if contribution_id not in {note.entry.id for note in full.notes}:
        raise Refused(Reason.NOT_FOUND)
    form = SettleForm()
    if not form.validate():
        return interview_page(full, form, contribution_id), 422
    try:
        interview_notes.settle(
            current.installation(),
            current.actor(),
            contribution_id,
            form.chosen,
            int(form.version.data or 0) if (form.version.data or "0").isdecimal() else 0,
            form.words.data or "",
            form.reply.data or "",
            form.request_id.data or "",
        )
    except Refused as refused:
        name = IN_THE_FORM.get(refused.reason)
        if name is None:
            raise
        form[name].errors = [_said_of(refused.reason)]
        full = _full(handbook_id, interview_id)
        form.version.data = str(_version(full, contribution_id))
        return interview_page(full, form, contribution_id), 422
    flash(_done(form.chosen), "good")
    return _back(handbook_id, interview_id, contribution_id)


def _version(full: FullInterview, contribution_id: str) -> int:
    return next(one.entry.version for one in full.notes if one.entry.id == contribution_id)


def _said_of(reason: Reason) -> str:
    if reason is Reason.EDIT_CONFLICT:
        return _("This note has been corrected meanwhile. Check yours, and save again.")
    if reason is Reason.NO_CHANGE:
        return _("The note is as it was. Change its words first.")
    if reason is Reason.REASON_MISSING:
        return _("Write why the note is kept: the person will read it.")
    return refusal(reason)


def _done(move: NoteMove) -> str:
    if move is NoteMove.WITHDRAW:
        return _("The note has been taken out. A mark stays.")
    if move is NoteMove.KEEP:
        return _("The note is kept, and the person reads why.")
    return _("The note has been corrected. The earlier words are kept.")
