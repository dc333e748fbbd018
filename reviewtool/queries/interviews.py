"""Interviews as the editors read them: of a phase, one with its notes, what waits for an answer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, Select, and_, exists, func, select
from sqlalchemy.orm import Session

from reviewtool.domain.actors import Actor
from reviewtool.domain.answers import AnswerKind
from reviewtool.domain.contributions import ContributionState, NameShown, TurnVisibility
from reviewtool.domain.interviews import NOTE_TABLE, NoteMove, NoteState, NoteWish, note_state
from reviewtool.domain.people import AddressState
from reviewtool.domain.phases import PhaseKind
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.domain.tables import allowed
from reviewtool.models.answers import Answer
from reviewtool.models.contributions import Contribution, Turn
from reviewtool.models.handbooks import Handbook, Localized
from reviewtool.models.interviews import Interview, InterviewNote
from reviewtool.models.invitations import Invitation
from reviewtool.models.organisations import Organisation
from reviewtool.models.people import Address, Person
from reviewtool.models.phases import Phase
from reviewtool.models.sections import Revision, SectionText
from reviewtool.queries.entries import Entry, read_entries, select_entries
from reviewtool.queries.facts import found
from reviewtool.queries.openness import standing_section
from reviewtool.queries.sections import editing


@dataclass(frozen=True)
class InterviewsPhase:
    """The phase that interviews are held in."""

    id: str
    handbook_id: str
    title: Localized
    draft_id: str | None


@dataclass(frozen=True)
class InterviewLine:
    """An interview with its figures."""

    id: str
    phase_id: str
    person_id: str
    name: str
    organisation: str
    address: str
    """Where the person is reached; empty where nowhere."""
    language: str
    held_on: date
    role: str
    consent: NameShown
    quotable: bool
    sent_at: datetime | None
    confirmed_at: datetime | None
    notes: int
    used: int
    unused: int
    """Marked as not used."""
    disputed: int
    """Notes that the person has asked the editors to mend."""
    waiting: int
    """Notes that are neither marked nor answered yet."""


def interviews_phase(
    session: Session, actor: Actor, handbook_id: str, phase_id: str
) -> InterviewsPhase:
    """Read an interviews phase of a handbook; 1 query. Raises Refused (not found)."""
    editing(actor, handbook_id)
    phase = session.get(Phase, phase_id)
    if phase is None or phase.handbook_id != handbook_id or phase.kind is not PhaseKind.INTERVIEWS:
        raise Refused(Reason.NOT_FOUND)
    return InterviewsPhase(phase.id, handbook_id, phase.title, phase.draft_id)


def interviews_of_phase(
    session: Session, actor: Actor, phase: InterviewsPhase
) -> list[InterviewLine]:
    """List a phase's interviews, the newest first, however many notes; 1 query."""
    editing(actor, phase.handbook_id)
    rows = session.execute(
        _select_lines()
        .where(Interview.phase_id == phase.id)
        .order_by(Interview.held_on.desc(), Interview.created_at.desc(), Interview.id)
    )
    return [_line(row) for row in rows]


def _select_lines() -> Select[Any]:
    """Begin the SELECT of interviews: each with its person, and its notes counted."""

    def count(*conditions: Any) -> Any:
        return (
            select(func.count(InterviewNote.contribution_id))
            .join(Contribution, Contribution.id == InterviewNote.contribution_id)
            .where(
                InterviewNote.interview_id == Interview.id,
                Contribution.state != ContributionState.WITHDRAWN,
                *conditions,
            )
            .scalar_subquery()
        )

    return (
        select(
            Interview,
            Person.id.label("person_id"),
            Person.name,
            Person.language,
            Organisation.name.label("organisation"),
            Address.written.label("address"),
            count().label("notes"),
            count(_answered_as(AnswerKind.USED)).label("used"),
            count(_answered_as(AnswerKind.NOT_USED)).label("unused"),
            count(InterviewNote.wish.is_not(None)).label("disputed"),
            count(~exists().where(Answer.contribution_id == Contribution.id)).label("waiting"),
        )
        .join(Invitation, Invitation.id == Interview.invitation_id)
        .join(Person, Person.id == Invitation.person_id)
        .outerjoin(Organisation, Organisation.id == Invitation.organisation_id)
        .outerjoin(
            Address,
            and_(Address.id == Invitation.address_id, Address.state != AddressState.DEAD),
        )
    )


def _answered_as(kind: AnswerKind) -> ColumnElement[bool]:
    return exists().where(Answer.contribution_id == Contribution.id, Answer.kind == kind)


def _line(row: Any) -> InterviewLine:
    interview: Interview = row.Interview
    return InterviewLine(
        id=interview.id,
        phase_id=interview.phase_id,
        person_id=row.person_id,
        name=row.name,
        organisation=row.organisation or "",
        address=row.address or "",
        language=row.language,
        held_on=interview.held_on,
        role=interview.role,
        consent=interview.consent,
        quotable=interview.quotable,
        sent_at=interview.sent_at,
        confirmed_at=interview.confirmed_at,
        notes=row.notes,
        used=row.used,
        unused=row.unused,
        disputed=row.disputed,
        waiting=row.waiting,
    )


@dataclass(frozen=True)
class NoteTurn:
    """What the person or an editor wrote about a note."""

    by: str
    own: bool
    """By the person, not by an editor."""
    words: str
    created_at: datetime


@dataclass(frozen=True)
class NotedEntry:
    """A note with what its person asks for, and what was written about it."""

    entry: Entry
    title: str
    """Of the text that it is about; empty for the whole handbook."""
    state: NoteState
    wish: NoteWish | None
    wished_at: datetime | None
    turns: tuple[NoteTurn, ...]

    @property
    def moves(self) -> tuple[NoteMove, ...]:
        """List what the editors can do about it."""
        moves = allowed(NOTE_TABLE, self.state, NoteMove)
        return tuple(move for move in moves if move is not NoteMove.DISPUTE)


@dataclass(frozen=True)
class FullInterview:
    """An interview with all its notes, in the order in which they were noted."""

    phase: InterviewsPhase
    line: InterviewLine
    notes: tuple[NotedEntry, ...]


def full_interview(
    session: Session, actor: Actor, handbook_id: str, interview_id: str
) -> FullInterview:
    """Read an interview of a handbook with its notes; 5 queries. Raises Refused (not found)."""
    editing(actor, handbook_id)
    row = session.execute(_select_lines().where(Interview.id == interview_id)).one_or_none()
    line = _line(found(row))
    phase = interviews_phase(session, actor, handbook_id, line.phase_id)
    rows = session.execute(
        select_entries(actor)
        .join(InterviewNote, InterviewNote.contribution_id == Contribution.id)
        .where(InterviewNote.interview_id == interview_id)
        .order_by(Contribution.number)
    )
    entries = read_entries(session, rows)
    notes = {
        note.contribution_id: (note, title or "")
        for note, title in session.execute(
            select(InterviewNote, titles_now())
            .join(Contribution, Contribution.id == InterviewNote.contribution_id)
            .outerjoin(Answer, Answer.contribution_id == Contribution.id)
            .where(InterviewNote.interview_id == interview_id)
        )
    }
    said = turns_of(session, [entry.id for entry in entries])
    return FullInterview(
        phase,
        line,
        tuple(
            NotedEntry(
                entry=entry,
                title=title,
                state=note_state(entry.state, note.wish),
                wish=note.wish,
                wished_at=note.wished_at,
                turns=said.get(entry.id, ()),
            )
            for entry, (note, title) in ((one, notes[one.id]) for one in entries)
        ),
    )


def titles_now() -> ScalarSelect[str]:
    """The title of the text in which a contribution is dealt with, in the handbook's language.

    `Contribution` and `Answer` have to be in the query around it.
    """
    return (
        select(Revision.title)
        .join(SectionText, SectionText.working_revision_id == Revision.id)
        .join(Handbook, Handbook.language == SectionText.language)
        .where(
            SectionText.section_id == standing_section(),
            Handbook.id == Contribution.handbook_id,
        )
        .correlate(Contribution, Answer)
        .scalar_subquery()
    )


def turns_of(session: Session, contribution_ids: Sequence[str]) -> dict[str, tuple[NoteTurn, ...]]:
    """Read what the persons and the editors wrote to one another about notes; 1 query."""
    rows = session.execute(
        select(Turn, Person.name, Contribution.author_id)
        .join(Person, Person.id == Turn.author_id)
        .join(Contribution, Contribution.id == Turn.contribution_id)
        .where(
            Turn.contribution_id.in_(list(contribution_ids)),
            Turn.visibility == TurnVisibility.AUTHOR,
        )
        .order_by(Turn.created_at, Turn.id)
    )
    said: dict[str, list[NoteTurn]] = defaultdict(list)
    for turn, name, author_id in rows:
        own = turn.author_id == author_id
        said[turn.contribution_id].append(NoteTurn(name, own, turn.words, turn.created_at))
    return {one: tuple(turns) for one, turns in said.items()}


@dataclass(frozen=True)
class DisputedInterview:
    """An interview whose person has asked for notes to be mended."""

    id: str
    phase_id: str
    name: str
    count: int
    since: datetime


def disputed_interviews(
    session: Session, actor: Actor, handbook_id: str
) -> tuple[DisputedInterview, ...]:
    """List the interviews of a handbook with notes to mend, the longest waiting first; 1 query."""
    editing(actor, handbook_id)
    since = func.min(InterviewNote.wished_at)
    rows = session.execute(
        select(
            Interview.id,
            Interview.phase_id,
            Person.name,
            func.count(InterviewNote.contribution_id).label("number"),
            since.label("since"),
        )
        .join(Interview, Interview.id == InterviewNote.interview_id)
        .join(Phase, Phase.id == Interview.phase_id)
        .join(Invitation, Invitation.id == Interview.invitation_id)
        .join(Person, Person.id == Invitation.person_id)
        .where(Phase.handbook_id == handbook_id, InterviewNote.wish.is_not(None))
        .group_by(Interview.id, Interview.phase_id, Person.name)
        .order_by(since)
    )
    return tuple(
        DisputedInterview(row.id, row.phase_id, row.name, row.number, row.since) for row in rows
    )
