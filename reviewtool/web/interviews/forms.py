"""Forms of interviews."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from wtforms import (
    BooleanField,
    DateField,
    FieldList,
    FormField,
    HiddenField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import DataRequired, Length, Optional

from reviewtool.domain.contributions import NameShown
from reviewtool.domain.interviews import NoteMove, NoteWish
from reviewtool.infra.i18n import lazy
from reviewtool.queries.interviews import InterviewLine
from reviewtool.services.interviews import LONGEST_ROLE, Held
from reviewtool.web.contributions.forms import NOT_TOO_LONG
from reviewtool.web.contributions.placing import PlacedForm
from reviewtool.web.contributions.speaker_forms import SpeakerForm
from reviewtool.web.forms import Form, stripped
from reviewtool.web.participant.forms import ParticipantForm, not_too_long
from reviewtool.wording.names import wording

Own = TypeVar("Own", bound=Form)

ROWS = 3
"""How many empty notes a fresh form has, and how many more one press gives."""

CONSENTS = (NameShown.NAME, NameShown.ORGANISATION, NameShown.NOBODY)


def for_note(form: Own, note_id: str) -> Own:
    """Give a form's fields ids of their own, where a page has one form for each note."""
    for field in form:
        field.id = f"{field.short_name}-{note_id}"
    return form


class HeldForm(Form):
    """When somebody was interviewed, in what role, and what they agreed to."""

    held_on = DateField(
        lazy("Day of the interview"),
        validators=[DataRequired(lazy("Give the day, for example 13.12.2026."))],
    )
    role = StringField(
        lazy("In what role they spoke"),
        filters=[stripped],
        validators=[Length(max=LONGEST_ROLE, message=lazy("This is too long for this field."))],
    )
    consent = RadioField(
        lazy("How the person agreed to be shown"),
        choices=lambda: [(one.value, wording(one)) for one in CONSENTS],
        default=NameShown.ORGANISATION.value,
    )
    quotable = BooleanField(
        lazy("The person agreed that what they said may be published with the reasons")
    )

    @property
    def held(self) -> Held:
        """Give it as the use cases take it; the form has been validated."""
        assert self.held_on.data is not None
        consent = NameShown(self.consent.data)
        return Held(self.held_on.data, self.role.data or "", consent, bool(self.quotable.data))


class InterviewForm(HeldForm, SpeakerForm):
    """A new interview: who, when, in what role, with what consent."""


class ChangeForm(HeldForm):
    """An interview's facts, changed; `seen` is what the form began from."""

    seen = HiddenField()

    def begin(self, line: InterviewLine) -> ChangeForm:
        """Fill the form with what stands."""
        self.held_on.data, self.role.data = line.held_on, line.role
        self.consent.data, self.quotable.data = line.consent.value, line.quotable
        self.seen.data = fingerprint(line)
        return self


def held_of(line: InterviewLine) -> Held:
    """Give what stands of an interview as the use cases take it."""
    return Held(line.held_on, line.role, line.consent, line.quotable)


def fingerprint(line: InterviewLine) -> str:
    """Spell what stands, to be told from what a colleague has made of it meanwhile."""
    return "\x1f".join(held_of(line).all)


class NotesForm(Form):
    """What was said in an interview, several notes at once."""

    draft = SelectField(lazy("The draft that it is about"), validators=[Optional()])
    notes = FieldList(FormField(PlacedForm), min_entries=ROWS, max_entries=50)

    def offer(
        self, sections: Sequence[tuple[str, str]], drafts: Sequence[tuple[str, str]]
    ) -> NotesForm:
        """Set what can be chosen."""
        self.draft.choices = list(drafts)
        for entry in self.notes:
            entry.form.offer(sections)
        return self

    @property
    def filled(self) -> list[PlacedForm]:
        """List the notes in which something stands."""
        return [entry.form for entry in self.notes if not entry.form.is_empty]


class SettleForm(Form):
    """What the editors do about a note: other words, and what they tell the person."""

    version = HiddenField()
    words = TextAreaField(
        lazy("The note, corrected"), filters=[stripped], validators=[NOT_TOO_LONG]
    )
    reply = TextAreaField(
        lazy("What you tell the person"), filters=[stripped], validators=[NOT_TOO_LONG]
    )
    move = StringField(filters=[stripped])
    """The button that was pressed."""

    @property
    def chosen(self) -> NoteMove:
        """Give what was pressed; correcting where no button was."""
        known = {one.value for one in NoteMove}
        return NoteMove(self.move.data) if self.move.data in known else NoteMove.CORRECT


class DisputeForm(ParticipantForm):
    """A person tells that a note isn't what they said."""

    wish = RadioField(
        lazy("What should the editors do?"),
        choices=lambda: [
            (NoteWish.CORRECT.value, lazy("Correct the note")),
            (NoteWish.WITHDRAW.value, lazy("Take the note out altogether")),
        ],
        default=NoteWish.CORRECT.value,
    )
    words = TextAreaField(
        lazy("What did you say, or mean?"), filters=[stripped], validators=[not_too_long]
    )
