"""The process as its pages need it: the timeline, one phase, and a round's public request."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from reviewtool.domain.actors import Actor
from reviewtool.domain.contributions import QuestionKind, QuestionScope, Sharing
from reviewtool.domain.days import local_day
from reviewtool.domain.phases import (
    PHASE_TABLE,
    OpeningFacts,
    PhaseKind,
    PhaseMove,
    PhaseState,
    PhaseTimes,
    PlanWarning,
    ended_on,
    is_open,
    missing_to_open,
    plan_warnings,
)
from reviewtool.domain.policy import Action, may
from reviewtool.domain.refusals import Missing, Reason, Refused
from reviewtool.domain.tables import allowed
from reviewtool.domain.workshops import CANCELLED, is_called_off
from reviewtool.models.drafts import Draft
from reviewtool.models.handbooks import Handbook, Process
from reviewtool.models.organisations import Organisation
from reviewtool.models.people import Person
from reviewtool.models.phases import Convener, Phase, PhaseChange, PhaseSection, Question
from reviewtool.models.publications import Publication
from reviewtool.models.workshops import Workshop
from reviewtool.queries.contacts import names_contact
from reviewtool.queries.counting import PeopleCounts, Said, people_by_phase, said_by_phase
from reviewtool.queries.facts import found, handbook_facts
from reviewtool.queries.newest_draft import newest_draft
from reviewtool.queries.runs import run_number


@dataclass(frozen=True)
class PhaseCard:
    """A phase on the timeline, with all that its line and its page say."""

    id: str
    run: int
    """Which run of the handbook's process it belongs to, from 1."""
    key: str
    kind: PhaseKind
    title: dict[str, str]
    state: PhaseState
    is_open: bool
    opens_on: date | None
    closes_on: date | None
    opened_at: datetime | None
    closed_at: datetime | None
    sharing: Sharing
    shared_from: date | None
    open_to_all: bool
    ended_on: date | None
    """Its last day as people are told it: of one that was closed early, the day it closed."""
    cancelled: bool
    """Of a workshop: it was called off, and isn't held."""
    people: PeopleCounts
    said: Said
    missing: tuple[Missing, ...]
    warnings: tuple[PlanWarning, ...]
    moves: tuple[PhaseMove, ...]

    @property
    def shown_as(self) -> str:
        """Give its state as lists and pages show it."""
        return CANCELLED if self.cancelled else self.state.value


@dataclass(frozen=True)
class Timeline:
    """A handbook's process: the phases of all its runs in order, and the day it is there."""

    handbook_id: str
    title: dict[str, str]
    time_zone: str
    today: date
    phases: tuple[PhaseCard, ...]
    published: bool

    @property
    def run(self) -> int:
        """Give the number of the present run."""
        return max((card.run for card in self.phases), default=1)

    @property
    def present(self) -> tuple[PhaseCard, ...]:
        """Give the phases of the present run."""
        return tuple(card for card in self.phases if card.run == self.run)

    @property
    def earlier(self) -> tuple[PhaseCard, ...]:
        """Give the phases of the runs before."""
        return tuple(card for card in self.phases if card.run != self.run)


def timeline(session: Session, actor: Actor, handbook_id: str, now: datetime) -> Timeline:
    """Read the process of a handbook; 8 queries, however many phases and people there are."""
    if not may(actor, Action.RUN_PROCESS, handbook_facts(session, handbook_id)):
        raise Refused(Reason.NOT_ALLOWED)
    handbook = found(session.get(Handbook, handbook_id))
    today = local_day(now, handbook.time_zone)
    rows = session.execute(
        select(Phase, Workshop, run_number().label("run"))
        .outerjoin(Workshop, Workshop.phase_id == Phase.id)
        .where(Phase.handbook_id == handbook_id)
        .order_by(run_number(), Phase.position)
    ).all()
    people = people_by_phase(session, handbook_id)
    said = said_by_phase(session, handbook_id)
    has_draft = newest_draft(session, handbook_id) is not None
    return Timeline(
        handbook_id,
        handbook.title,
        handbook.time_zone,
        today,
        tuple(
            _card(
                phase,
                run,
                PhaseTimes(phase.state, phase.opens_on, phase.closes_on, handbook.time_zone),
                people.get(phase.id, PeopleCounts()),
                said.get(phase.id, Said()),
                now=now,
                has_draft=has_draft,
                workshop=workshop,
                handbook=handbook,
            )
            for phase, workshop, run in rows
        ),
        _published(session, handbook_id),
    )


def _published(session: Session, handbook_id: str) -> bool:
    """Tell whether a draft of the present run has been published; 1 query."""
    newest = (
        select(func.max(Process.number)).where(Process.handbook_id == handbook_id).scalar_subquery()
    )
    published = session.scalar(
        select(Publication.id)
        .join(Draft, Draft.id == Publication.draft_id)
        .join(Process, Process.id == Draft.process_id)
        .where(Process.handbook_id == handbook_id, Process.number == newest)
        .limit(1)
    )
    return published is not None


def _card(
    phase: Phase,
    run: int,
    times: PhaseTimes,
    people: PeopleCounts,
    said: Said,
    *,
    now: datetime,
    has_draft: bool,
    workshop: Workshop | None,
    handbook: Handbook,
) -> PhaseCard:
    today = local_day(now, times.time_zone)
    first = phase.opens_on if phase.opens_on and phase.opens_on > today else today
    facts = OpeningFacts(
        kind=phase.kind,
        phase_id=phase.id,
        handbook_id=phase.handbook_id,
        has_draft=has_draft,
        opens_on=first if phase.opens_on else today,
        closes_on=phase.closes_on,
        today=today,
        people=people.known,
        open_to_all=phase.open_to_all,
        has_time=workshop is not None,
        sharing=phase.sharing,
        shared_from=phase.shared_from,
        has_contact=names_contact(phase, handbook),
        has_controller=bool(handbook.host),
    )
    planned = phase.state is PhaseState.PLANNED
    begins = phase.opens_on if phase.opens_on and not planned else first
    return PhaseCard(
        id=phase.id,
        run=run,
        key=phase.key,
        kind=phase.kind,
        title=phase.title,
        state=phase.state,
        is_open=is_open(times, now),
        opens_on=phase.opens_on,
        closes_on=phase.closes_on,
        opened_at=phase.opened_at,
        closed_at=phase.closed_at,
        sharing=phase.sharing,
        shared_from=phase.shared_from,
        open_to_all=phase.open_to_all,
        ended_on=ended_on(times, phase.closed_at),
        cancelled=workshop is not None and is_called_off(phase.state, workshop.cancelled_at),
        people=people,
        said=said,
        missing=missing_to_open(facts) if planned else (),
        warnings=()
        if phase.state is PhaseState.CLOSED
        else tuple(plan_warnings(phase.kind, begins, phase.closes_on)),
        moves=allowed(PHASE_TABLE, phase.state, PhaseMove),
    )


@dataclass(frozen=True)
class QuestionLine:
    """A question of a round."""

    id: str
    kind: QuestionKind
    scope: QuestionScope
    words: dict[str, str]
    options: tuple[dict[str, str], ...]
    section_id: str | None = None
    """The only text that it is asked of."""
    quote: str = ""


@dataclass(frozen=True)
class ChangeLine:
    """Something that was done to a phase."""

    move: PhaseMove
    reason: str
    closes_on: date | None
    by: str | None
    at: datetime


@dataclass(frozen=True)
class DraftChoice:
    """A frozen draft that a phase looks at or may look at."""

    id: str
    label: str
    frozen_at: datetime


@dataclass(frozen=True)
class PhasePage:
    """One phase with its plan, its questions and what was done to it."""

    timeline: Timeline
    card: PhaseCard
    version: int
    request: dict[str, str]
    responsible_name: str
    responsible_phone: str
    responsible_email: str
    reminder_days: tuple[int, ...]
    draft: DraftChoice | None
    drafts: tuple[DraftChoice, ...]
    questions: tuple[QuestionLine, ...]
    changes: tuple[ChangeLine, ...]
    conveners: tuple[str, ...]
    sections: tuple[str, ...]
    """The ids of the sections that it is about; none where it is about all."""


def phase_page(
    session: Session, actor: Actor, handbook_id: str, phase_id: str, now: datetime
) -> PhasePage:
    """Read one phase of a handbook; 14 queries. Raises Refused (not found, not allowed)."""
    process = timeline(session, actor, handbook_id, now)
    card = found(next((one for one in process.phases if one.id == phase_id), None))
    phase = found(session.get(Phase, phase_id))
    drafts = tuple(
        DraftChoice(draft.id, draft.label, draft.frozen_at)
        for draft in session.scalars(
            select(Draft)
            .where(Draft.handbook_id == handbook_id)
            .order_by(Draft.number.desc(), Draft.correction.desc())
        )
    )
    changes = session.execute(
        select(PhaseChange, Person.name)
        .outerjoin(Person, Person.id == PhaseChange.person_id)
        .where(PhaseChange.phase_id == phase_id)
        .order_by(PhaseChange.created_at.desc(), PhaseChange.id)
        .limit(30)
    )
    return PhasePage(
        timeline=process,
        card=card,
        version=phase.version,
        request=phase.request,
        responsible_name=phase.responsible_name,
        responsible_phone=phase.responsible_phone,
        responsible_email=phase.responsible_email,
        reminder_days=tuple(phase.reminder_days),
        draft=next((draft for draft in drafts if draft.id == phase.draft_id), None),
        drafts=drafts,
        questions=questions_of(session, phase_id),
        changes=tuple(
            ChangeLine(change.move, change.reason, change.closes_on, name, change.created_at)
            for change, name in changes
        ),
        conveners=tuple(
            session.scalars(
                select(Organisation.name)
                .join(Convener, Convener.organisation_id == Organisation.id)
                .where(Convener.phase_id == phase_id)
                .order_by(Organisation.name)
            )
        ),
        sections=tuple(
            session.scalars(
                select(PhaseSection.section_id).where(PhaseSection.phase_id == phase_id)
            )
        ),
    )


def questions_of(session: Session, phase_id: str) -> tuple[QuestionLine, ...]:
    """List a round's questions in order; 1 query."""
    return tuple(
        QuestionLine(
            row.id, row.kind, row.scope, row.words, tuple(row.options), row.section_id, row.quote
        )
        for row in session.scalars(
            select(Question).where(Question.phase_id == phase_id).order_by(Question.position)
        )
    )
