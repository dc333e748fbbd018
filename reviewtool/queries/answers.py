"""One contribution in full: its history, thread, files, answer with evidence, and its trace."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from reviewtool.domain.actors import Actor
from reviewtool.domain.answers import AnswerKind
from reviewtool.domain.contributions import ContributionState, TurnVisibility
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.domain.trace import Act
from reviewtool.models.answers import AnswerVersion
from reviewtool.models.contributions import Contribution, ContributionVersion, Turn
from reviewtool.models.files import Attachment, File
from reviewtool.models.handbooks import Localized
from reviewtool.models.people import Person
from reviewtool.models.phases import Phase
from reviewtool.models.trace import TraceRow
from reviewtool.queries.agreeing import Agreement, agreements
from reviewtool.queries.changed_words import ChangedWords, changed_words
from reviewtool.queries.entries import Entry, entries
from reviewtool.queries.file_content import FileContent, read_content
from reviewtool.queries.openness import is_ahead
from reviewtool.queries.runs import run_number
from reviewtool.queries.sections import editing


@dataclass(frozen=True)
class Note:
    """A turn of the thread."""

    words: str
    by: str
    visibility: TurnVisibility
    created_at: datetime


@dataclass(frozen=True)
class EarlierWording:
    """What a contribution said before its author changed it."""

    version: int
    content: dict[str, str | None]
    created_at: datetime


@dataclass(frozen=True)
class EarlierAnswer:
    """What the answer was before it was revised."""

    version: int
    kind: AnswerKind
    reason: str
    by: str
    answered_at: datetime


@dataclass(frozen=True)
class FileLine:
    """An attached file, without its bytes."""

    id: str
    name: str
    media_type: str
    size: int


@dataclass(frozen=True)
class TraceLine:
    """One act on the contribution."""

    sequence: int
    act: Act
    at: datetime


@dataclass(frozen=True)
class FullContribution:
    """Everything that the ledger knows of one contribution."""

    entry: Entry
    notes: tuple[Note, ...]
    """What editors wrote to one another."""
    replies: tuple[Note, ...]
    """What participants replied."""
    wordings: tuple[EarlierWording, ...]
    answers: tuple[EarlierAnswer, ...]
    changes: tuple[ChangedWords, ...]
    files: tuple[FileLine, ...]
    agreements: tuple[Agreement, ...]
    trace: tuple[TraceLine, ...]


def full_contribution(
    session: Session, actor: Actor, handbook_id: str, contribution_id: str
) -> FullContribution:
    """Read one contribution with all its history; at most 8 queries. Raises Refused."""
    editing(actor, handbook_id)
    (entry,) = chosen(session, actor, handbook_id, [contribution_id])
    answer_id = entry.answer.id if entry.answer else ""
    versions = session.scalars(
        select(ContributionVersion)
        .where(ContributionVersion.contribution_id == contribution_id)
        .order_by(ContributionVersion.version.desc())
    )
    files = session.execute(
        select(File.id, File.name, File.media_type, File.size)
        .join(Attachment, Attachment.file_id == File.id)
        .where(Attachment.contribution_id == contribution_id)
        .order_by(File.name, File.id)
    )
    acts = session.execute(
        select(TraceRow.sequence, TraceRow.act, TraceRow.at)
        .where(TraceRow.handbook_id == handbook_id, TraceRow.object_id == contribution_id)
        .order_by(TraceRow.sequence)
    )
    turns = notes_of(session, actor, handbook_id, [contribution_id])[contribution_id]
    return FullContribution(
        entry=entry,
        notes=tuple(one for one in turns if one.visibility is TurnVisibility.EDITORS),
        replies=tuple(one for one in turns if one.visibility is not TurnVisibility.EDITORS),
        wordings=tuple(EarlierWording(v.version, v.content, v.created_at) for v in versions),
        answers=_earlier_answers(session, answer_id),
        changes=tuple(changed_words(session, [answer_id]).get(answer_id, ())),
        files=tuple(FileLine(row.id, row.name, row.media_type, row.size) for row in files),
        agreements=agreements(session, actor, [contribution_id]) if entry.supports else (),
        trace=tuple(TraceLine(row.sequence, row.act, row.at) for row in acts),
    )


def _earlier_answers(session: Session, answer_id: str) -> tuple[EarlierAnswer, ...]:
    rows = session.execute(
        select(AnswerVersion, Person.name)
        .outerjoin(Person, Person.id == AnswerVersion.answered_by_id)
        .where(AnswerVersion.answer_id == answer_id)
        .order_by(AnswerVersion.version.desc())
    )
    return tuple(
        EarlierAnswer(one.version, one.kind, one.reason, name or "", one.answered_at)
        for one, name in rows
    )


def chosen(
    session: Session, actor: Actor, handbook_id: str, contribution_ids: Sequence[str]
) -> list[Entry]:
    """Read chosen contributions of one handbook, by number; 2 queries. Raises Refused."""
    editing(actor, handbook_id)
    wanted = set(contribution_ids)
    known = session.scalars(
        select(Contribution.id)
        .where(Contribution.id.in_(sorted(wanted)), Contribution.handbook_id == handbook_id)
        .order_by(Contribution.number)
    ).all()
    if not wanted or len(known) != len(wanted):
        raise Refused(Reason.NOT_FOUND)
    return entries(session, actor, known)


def notes_of(
    session: Session, actor: Actor, handbook_id: str, contribution_ids: Sequence[str]
) -> dict[str, list[Note]]:
    """Read the threads of contributions, oldest first; 1 query."""
    editing(actor, handbook_id)
    notes: dict[str, list[Note]] = {one: [] for one in contribution_ids}
    rows = session.execute(
        select(Turn, Person.name)
        .join(Person, Person.id == Turn.author_id)
        .join(Contribution, Contribution.id == Turn.contribution_id)
        .where(
            Turn.contribution_id.in_(list(contribution_ids)),
            Contribution.handbook_id == handbook_id,
        )
        .order_by(Turn.created_at, Turn.id)
    )
    for turn, name in rows:
        notes[turn.contribution_id].append(Note(turn.words, name, turn.visibility, turn.created_at))
    return notes


def phases_ahead(
    session: Session, actor: Actor, handbook_id: str
) -> tuple[tuple[str, Localized], ...]:
    """List the phases to which something can be deferred; 1 query."""
    editing(actor, handbook_id)
    rows = session.execute(
        select(Phase.id, Phase.title)
        .where(Phase.handbook_id == handbook_id, is_ahead())
        .order_by(run_number(), Phase.position)
    )
    return tuple((row.id, row.title) for row in rows)


def by_number(session: Session, actor: Actor, handbook_id: str, number: int) -> str | None:
    """Find a contribution by the short number that people quote; 1 query."""
    editing(actor, handbook_id)
    return session.scalar(
        select(Contribution.id).where(
            Contribution.handbook_id == handbook_id,
            Contribution.number == number,
            Contribution.state != ContributionState.WITHDRAWN,
        )
    )


def attachment(
    session: Session, actor: Actor, handbook_id: str, contribution_id: str, file_id: str
) -> FileContent:
    """Read an attached file with its bytes; 1 query. Raises Refused (not found)."""
    editing(actor, handbook_id)
    held = exists().where(
        Attachment.file_id == File.id,
        Attachment.contribution_id == Contribution.id,
        Contribution.id == contribution_id,
        Contribution.handbook_id == handbook_id,
    )
    return read_content(session, held, file_id=file_id)
