"""Contributions as editors read them: all that was said, by whom, with the answer as it stands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, and_, case, func, select
from sqlalchemy.orm import Session, aliased

from reviewtool.domain.actors import Actor
from reviewtool.domain.answers import AnswerKind, AnswerState
from reviewtool.domain.contributions import (
    Channel,
    ContributionKind,
    ContributionState,
    TurnVisibility,
)
from reviewtool.models.answers import Answer, Evidence
from reviewtool.models.contributions import Contribution, Turn
from reviewtool.models.files import Attachment
from reviewtool.models.handbooks import Localized
from reviewtool.models.organisations import Organisation
from reviewtool.models.people import Person
from reviewtool.models.phases import Phase, Question
from reviewtool.models.verdicts import Verdict
from reviewtool.queries.agreeing import number_agreeing, organisations_agreeing
from reviewtool.queries.asked_for import asked_for
from reviewtool.queries.contributions import VerdictLine, verdict_line
from reviewtool.queries.further import FurtherText, further_working_texts
from reviewtool.queries.openness import open_condition, standing_section
from reviewtool.queries.visible import of_group, of_statement, visible_to


@dataclass(frozen=True)
class AnswerEntry:
    """An answer with what it names; internal ones too."""

    id: str
    kind: AnswerKind
    reason: str
    state: AnswerState
    version: int
    by: str
    answered_at: datetime
    published_at: datetime | None
    together_with: int | None
    deferred_to: Localized | None
    deferred_phase_id: str | None
    moved_section_id: str | None
    place_revision_id: str | None
    place_start: int | None
    place_end: int | None
    evidence: int
    """How many places in the text it names."""


@dataclass(frozen=True)
class Entry:
    """One contribution in the ledger; section_id is where it is dealt with now."""

    id: str
    number: int
    kind: ContributionKind
    channel: Channel
    state: ContributionState
    is_open: bool
    author: str
    organisation: str
    recorded_by: str
    said_on: date | None
    phase_id: str
    phase: Localized
    section_id: str | None
    said_section_id: str | None
    revision_id: str | None
    start: int | None
    end: int | None
    quote: str
    language: str
    words: str
    replacement: str | None
    target_group: str
    activity: str
    effect: str
    publish_consent: bool
    question: Localized | None
    version: int
    masked: bool
    supports: int
    notes: int
    """What editors wrote to one another about it."""
    replies: int
    """What participants replied."""
    files: int
    created_at: datetime
    answer: AnswerEntry | None
    verdict: VerdictLine | None = None
    agreeing: tuple[str, ...] = ()
    """The organisations among those who support it."""
    of_statement: bool = False
    """Whether it is part of an organisation's joint statement."""
    of_group: bool = False
    """Whether it stood on the flip chart of a workshop's group."""
    also_for: tuple[FurtherText, ...] = ()
    """Further texts that an example fits."""
    asks: str = ""
    """What a proposal on the structure asks for, as a sentence."""

    @property
    def moved(self) -> bool:
        """Whether it was said of another section than where it is dealt with."""
        return self.section_id != self.said_section_id


_said_in = aliased(Phase)
_together = aliased(Contribution)
_answerer = aliased(Person)
_recorder = aliased(Person)
_TURNS = Turn.contribution_id == Contribution.id


def select_entries(actor: Actor) -> Select[*tuple[Any, ...]]:
    """Begin the SELECT of entries; `Contribution`, `Answer`, `Phase` (deferred to) are in it."""
    return (
        select(
            Contribution,
            Answer,
            Verdict,
            Person.name.label("author"),
            Organisation.name.label("organisation"),
            _recorder.name.label("recorded_by"),
            _answerer.name.label("answered_by"),
            _said_in.title.label("phase_title"),
            Question.words.label("question"),
            _together.number.label("together_with"),
            Phase.title.label("deferred_to"),
            standing_section().label("standing"),
            of_statement().label("of_statement"),
            of_group().label("of_group"),
            case((open_condition(), 1), else_=0).label("is_open"),
            number_agreeing(for_editors=True).label("supports"),
            _count(Turn.id, and_(_TURNS, Turn.visibility == TurnVisibility.EDITORS)).label("notes"),
            _count(Turn.id, and_(_TURNS, Turn.visibility != TurnVisibility.EDITORS)).label(
                "replies"
            ),
            _count(Attachment.file_id, Attachment.contribution_id == Contribution.id).label(
                "files"
            ),
            _count(Evidence.id, Evidence.answer_id == Answer.id).label("evidence"),
        )
        .join(Person, Person.id == Contribution.author_id)
        .join(_said_in, _said_in.id == Contribution.phase_id)
        .outerjoin(Organisation, Organisation.id == Contribution.organisation_id)
        .outerjoin(Question, Question.id == Contribution.question_id)
        .outerjoin(_recorder, _recorder.id == Contribution.recorded_by_id)
        .outerjoin(Answer, Answer.contribution_id == Contribution.id)
        .outerjoin(Verdict, Verdict.contribution_id == Contribution.id)
        .outerjoin(_answerer, _answerer.id == Answer.answered_by_id)
        .outerjoin(_together, _together.id == Answer.together_with_id)
        .outerjoin(Phase, Phase.id == Answer.deferred_phase_id)
        .where(visible_to(actor))
    )


def _count(column: Any, condition: Any) -> Any:
    return select(func.count(column)).where(condition).scalar_subquery()


def entries(session: Session, actor: Actor, contribution_ids: Sequence[str]) -> list[Entry]:
    """Read chosen contributions, in the order of the ids; 1 query."""
    rows = session.execute(select_entries(actor).where(Contribution.id.in_(list(contribution_ids))))
    found = {entry.id: entry for entry in read_entries(session, rows)}
    return [found[one] for one in contribution_ids if one in found]


def read_entries(session: Session, rows: Iterable[Any]) -> list[Entry]:
    """Make rows of `select_entries` entries; 1 query for examples, 1 for what others
    agree with, at most 4 for proposals.
    """
    read = [read_entry(row) for row in rows]
    asks = asked_for(session, [one.id for one in read if one.kind is ContributionKind.PROPOSAL])
    examples = [one.id for one in read if one.kind is ContributionKind.EXAMPLE]
    also_for = further_working_texts(session, examples) if examples else {}
    supported = [one.id for one in read if one.supports]
    agreeing = organisations_agreeing(session, supported, for_editors=True) if supported else {}
    return [
        replace(
            one,
            asks=asks.get(one.id, ""),
            also_for=also_for.get(one.id, ()),
            agreeing=agreeing.get(one.id, ()),
        )
        for one in read
    ]


def read_entry(row: Any) -> Entry:
    """Make a row of `select_entries` an entry."""
    said: Contribution = row.Contribution
    return Entry(
        id=said.id,
        number=said.number,
        kind=said.kind,
        channel=said.channel,
        state=said.state,
        is_open=bool(row.is_open),
        author=row.author,
        organisation=row.organisation or "",
        recorded_by=row.recorded_by or "",
        said_on=said.said_on,
        phase_id=said.phase_id,
        phase=row.phase_title,
        section_id=row.standing,
        said_section_id=said.section_id,
        revision_id=said.revision_id,
        start=said.start,
        end=said.end,
        quote=said.quote,
        language=said.language,
        words=said.words,
        replacement=said.replacement,
        target_group=said.target_group,
        activity=said.activity,
        effect=said.effect,
        publish_consent=said.publish_consent,
        question=row.question,
        version=said.version,
        masked=said.masked_at is not None,
        supports=row.supports,
        notes=row.notes,
        replies=row.replies,
        files=row.files,
        created_at=said.created_at,
        answer=_answer(row),
        verdict=verdict_line(row.Verdict, row.Answer),
        of_statement=row.of_statement,
        of_group=row.of_group,
    )


def _answer(row: Any) -> AnswerEntry | None:
    answer: Answer | None = row.Answer
    if answer is None:
        return None
    return AnswerEntry(
        id=answer.id,
        kind=answer.kind,
        reason=answer.reason,
        state=answer.state,
        version=answer.version,
        by=row.answered_by or "",
        answered_at=answer.answered_at,
        published_at=answer.published_at,
        together_with=row.together_with,
        deferred_to=row.deferred_to,
        deferred_phase_id=answer.deferred_phase_id,
        moved_section_id=answer.moved_section_id,
        place_revision_id=answer.place_revision_id,
        place_start=answer.place_start,
        place_end=answer.place_end,
        evidence=row.evidence,
    )
