"""A person's own interviews, by their link: what was noted, and what came of it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from reviewtool.domain.actors import Actor
from reviewtool.domain.contributions import NameShown
from reviewtool.domain.interviews import NOTE_TABLE, NoteMove, NoteState, note_state
from reviewtool.domain.tables import allowed
from reviewtool.models.contributions import Contribution
from reviewtool.models.interviews import Interview, InterviewNote
from reviewtool.queries.contributions import ContributionLine, read_line, select_lines
from reviewtool.queries.interviews import NoteTurn, titles_now, turns_of


@dataclass(frozen=True)
class OwnNote:
    """A note as its person reads it."""

    line: ContributionLine
    title: str
    """Of the text that it is about; empty for the whole handbook."""
    state: NoteState
    turns: tuple[NoteTurn, ...]

    @property
    def can_dispute(self) -> bool:
        """Tell whether one can say that it isn't what one said."""
        return NoteMove.DISPUTE in allowed(NOTE_TABLE, self.state, NoteMove)


@dataclass(frozen=True)
class OwnInterview:
    """An interview as its person reads it."""

    id: str
    held_on: date
    role: str
    consent: NameShown
    quotable: bool
    confirmed_at: datetime | None
    notes: tuple[OwnNote, ...]

    @property
    def can_confirm(self) -> bool:
        """Tell whether one can say that the notes are right as they stand."""
        standing = any(note.state is NoteState.STANDS for note in self.notes)
        asked = any(note.state is NoteState.DISPUTED for note in self.notes)
        return standing and not asked and self.confirmed_at is None


def own_interviews(session: Session, actor: Actor) -> list[OwnInterview]:
    """List the interviews of the link's person in its phase, newest first; 3 queries."""
    interviews = session.scalars(
        select(Interview)
        .where(Interview.invitation_id == (actor.invitation_id or ""))
        .order_by(Interview.held_on.desc(), Interview.created_at.desc(), Interview.id)
    ).all()
    notes = _notes(session, actor, [one.id for one in interviews])
    return [
        OwnInterview(
            id=one.id,
            held_on=one.held_on,
            role=one.role,
            consent=one.consent,
            quotable=one.quotable,
            confirmed_at=one.confirmed_at,
            notes=tuple(notes[one.id]),
        )
        for one in interviews
    ]


def _notes(session: Session, actor: Actor, interview_ids: list[str]) -> dict[str, list[OwnNote]]:
    rows = session.execute(
        select_lines(actor)
        .add_columns(InterviewNote, titles_now().label("about"))
        .join(InterviewNote, InterviewNote.contribution_id == Contribution.id)
        .where(
            InterviewNote.interview_id.in_(interview_ids),
            Contribution.author_id == actor.person_id,
        )
        .order_by(Contribution.number)
    ).all()
    said = turns_of(session, [row.Contribution.id for row in rows])
    notes: dict[str, list[OwnNote]] = defaultdict(list)
    for row in rows:
        note: InterviewNote = row.InterviewNote
        contribution: Contribution = row.Contribution
        notes[note.interview_id].append(
            OwnNote(
                line=read_line(row, actor),
                title=row.about or "",
                state=note_state(contribution.state, note.wish),
                turns=said.get(contribution.id, ()),
            )
        )
    return notes
