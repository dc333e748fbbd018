"""Who took part, and what came of it: the figures of one run of a handbook's process."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from reviewtool.domain.actors import Actor
from reviewtool.domain.answers import TAKING, AnswerKind
from reviewtool.domain.approvals import Decision
from reviewtool.domain.phases import PhaseKind, PhaseState, PhaseTimes, ended_on, is_open
from reviewtool.domain.policy import Action, may
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.domain.workshops import CANCELLED, is_called_off
from reviewtool.models.approvals import Approval
from reviewtool.models.drafts import Draft
from reviewtool.models.extensions import Extension
from reviewtool.models.handbooks import Handbook, Localized, Process
from reviewtool.models.organisations import Organisation
from reviewtool.models.phases import Convener, Phase
from reviewtool.models.publications import Publication
from reviewtool.models.workshops import Workshop
from reviewtool.queries.counting import Said, said_by_phase
from reviewtool.queries.facts import found, handbook_facts
from reviewtool.queries.participation_rows import PersonRow, SaidRow, people_of, said_in
from reviewtool.queries.tree import TreeLine


@dataclass(frozen=True)
class PhaseStory:
    """One phase as the picture of the process shows it: what was asked of whom, who took part,
    what came of it.

    figures_shown is False while a phase is under way: the count of what others say is nothing that
    participants of a blind round get (rule 11). Nor has one that was called off any.
    """

    id: str
    kind: PhaseKind
    title: Localized
    request: Localized
    state: PhaseState
    is_open: bool
    opens_on: date | None
    ended_on: date | None
    """Its last day as people are told it: of one that was closed early, the day it closed."""
    opened_at: datetime | None
    open_to_all: bool
    cancelled: bool
    conveners: tuple[str, ...]
    figures_shown: bool
    asked: int
    took_part: int
    contributions: int
    short_answers: int
    """Choices, steps of scales, and texts of which there is nothing to say."""
    taken: int
    decisions: dict[Decision, int]
    drafts: tuple[str, ...]
    """Numbers of the drafts that were frozen while the phase was under way."""
    published: bool

    @property
    def shown_as(self) -> str:
        """Give its state as the picture shows it."""
        return CANCELLED if self.cancelled else self.state.value


@dataclass(frozen=True)
class Share:
    """How many of a group were asked, took part, and what they said."""

    asked: int = 0
    took_part: int = 0
    contributions: int = 0
    taken: int = 0


@dataclass(frozen=True)
class Participation:
    """The figures of one run: by phase, by kind of organisation, by area, by answer."""

    run: int
    phases: tuple[PhaseStory, ...]
    kinds: tuple[tuple[str, Share], ...]
    areas: tuple[tuple[str | None, Share], ...]
    """By the section at the top of the tree (None: the whole handbook), without who was asked."""
    answers: tuple[tuple[AnswerKind | None, int], ...]
    """What became of the contributions, all in all; None: no answer has been published yet."""
    satisfied: int
    """How many authors say that the answer answers what they said."""
    not_satisfied: int


def participation(
    session: Session,
    actor: Actor,
    handbook_id: str,
    run: int,
    tree: Sequence[TreeLine],
    now: datetime,
) -> Participation:
    """Read the figures of one run of a handbook's process, the same for everybody; 12 queries.

    tree: the sections by which areas are told, in reading order.
    """
    if not may(actor, Action.SEE_FRONT, handbook_facts(session, handbook_id)):
        raise Refused(Reason.NOT_FOUND)
    handbook = found(session.get(Handbook, handbook_id))
    phases = session.scalars(
        select(Phase)
        .join(Process, Process.id == Phase.process_id)
        .where(Phase.handbook_id == handbook_id, Process.number == run)
        .order_by(Phase.position)
    ).all()
    called_off = _called_off(session, phases)
    longest = _longest(session, phases)
    over = {
        phase.id
        for phase in phases
        if phase.id not in called_off
        and _is_over(phase, longest.get(phase.id), handbook.time_zone, now)
    }
    invited = people_of(session, over)
    counted = said_in(session, over)
    stories = _stories(session, handbook, phases, over, called_off, invited, counted, now)
    return Participation(
        run=run,
        phases=tuple(stories),
        kinds=_by_kind(session, invited, counted),
        areas=_by_area(tree, counted),
        answers=_by_answer(counted),
        satisfied=sum(one.satisfied is True for one in counted),
        not_satisfied=sum(one.satisfied is False for one in counted),
    )


def _is_over(phase: Phase, longest: date | None, zone: str, now: datetime) -> bool:
    """Tell whether nobody can say anything any more, whoever has been given more time too."""
    if phase.state is PhaseState.PLANNED:
        return False
    times = PhaseTimes(phase.state, phase.opens_on, phase.closes_on, zone, longest)
    return not is_open(times, now)


def _longest(session: Session, phases: Sequence[Phase]) -> dict[str, date]:
    """Read the last day of the organisation that has most time in each phase."""
    rows = session.execute(
        select(Extension.phase_id, func.max(Extension.closes_on).label("closes_on"))
        .where(Extension.phase_id.in_([phase.id for phase in phases]))
        .group_by(Extension.phase_id)
    )
    return {row.phase_id: row.closes_on for row in rows}


def _called_off(session: Session, phases: Sequence[Phase]) -> set[str]:
    rows = session.execute(
        select(Workshop.phase_id, Workshop.cancelled_at).where(
            Workshop.phase_id.in_([phase.id for phase in phases])
        )
    )
    cancelled = {row.phase_id: row.cancelled_at for row in rows}
    return {one.id for one in phases if is_called_off(one.state, cancelled.get(one.id))}


def _stories(
    session: Session,
    handbook: Handbook,
    phases: Sequence[Phase],
    over: set[str],
    called_off: set[str],
    invited: Sequence[PersonRow],
    said: Sequence[SaidRow],
    now: datetime,
) -> list[PhaseStory]:
    ids = [phase.id for phase in phases]
    conveners = _conveners(session, ids)
    decided = _decisions(session, ids)
    answers = said_by_phase(session, handbook.id)
    drafts = session.scalars(
        select(Draft).where(Draft.handbook_id == handbook.id).order_by(Draft.frozen_at)
    ).all()
    published = session.scalar(
        select(func.max(Publication.published_at)).where(
            Publication.handbook_id == handbook.id,
            Publication.draft_id.in_(
                select(Draft.id).where(Draft.process_id.in_({p.process_id for p in phases}))
            ),
        )
    )
    stories = []
    for phase in phases:
        times = PhaseTimes(phase.state, phase.opens_on, phase.closes_on, handbook.time_zone)
        mine = [one for one in said if one.phase_id == phase.id]
        people = [one for one in invited if one.phase_id == phase.id]
        shown = phase.id in over
        stories.append(
            PhaseStory(
                id=phase.id,
                kind=phase.kind,
                title=phase.title,
                request=phase.request,
                state=phase.state,
                is_open=is_open(times, now),
                opens_on=phase.opens_on,
                ended_on=ended_on(times, phase.closed_at),
                opened_at=phase.opened_at,
                open_to_all=phase.open_to_all,
                cancelled=phase.id in called_off,
                conveners=tuple(conveners.get(phase.id, ())),
                figures_shown=shown,
                asked=sum(one.asked for one in people),
                took_part=sum(one.took_part for one in people),
                contributions=len(mine),
                short_answers=answers.get(phase.id, Said()).short_answers if shown else 0,
                taken=sum(one.answer in TAKING for one in mine),
                decisions=dict(decided.get(phase.id, {})) if shown else {},
                drafts=tuple(draft.label for draft in drafts if _frozen_in(draft, phase)),
                published=phase.kind is PhaseKind.PUBLICATION and published is not None,
            )
        )
    return stories


def _frozen_in(draft: Draft, phase: Phase) -> bool:
    if phase.kind is not PhaseKind.DRAFTING or phase.opened_at is None:
        return False
    return phase.opened_at <= draft.frozen_at and (
        phase.closed_at is None or draft.frozen_at <= phase.closed_at
    )


def _conveners(session: Session, phase_ids: Sequence[str]) -> dict[str, list[str]]:
    rows = session.execute(
        select(Convener.phase_id, Organisation.name)
        .join(Organisation, Organisation.id == Convener.organisation_id)
        .where(Convener.phase_id.in_(phase_ids))
        .order_by(Organisation.name)
    )
    names: dict[str, list[str]] = {}
    for row in rows:
        names.setdefault(row.phase_id, []).append(row.name)
    return names


def _decisions(session: Session, phase_ids: Sequence[str]) -> dict[str, Counter[Decision]]:
    rows = session.execute(
        select(Approval.phase_id, Approval.decision, func.count())
        .where(Approval.phase_id.in_(phase_ids), Approval.superseded_at.is_(None))
        .group_by(Approval.phase_id, Approval.decision)
    )
    counts: dict[str, Counter[Decision]] = {}
    for phase_id, decision, number in rows:
        counts.setdefault(phase_id, Counter())[decision] += number
    return counts


def _by_kind(
    session: Session, invited: Sequence[PersonRow], said: Sequence[SaidRow]
) -> tuple[tuple[str, Share], ...]:
    ids = {one.organisation_id for one in invited} | {one.organisation_id for one in said}
    kinds = {
        row.id: row.kind
        for row in session.execute(
            select(Organisation.id, Organisation.kind).where(Organisation.id.in_(ids - {None}))
        )
    }
    invited_of: dict[str, set[str]] = {}
    spoke: dict[str, set[str]] = {}
    stands_for: dict[tuple[str, str], str | None] = {}
    for one in invited:
        kind = kinds.get(one.organisation_id or "", "")
        stands_for[one.phase_id, one.person_id] = one.organisation_id
        if one.asked:
            invited_of.setdefault(kind, set()).add(one.person_id)
        if one.took_part:
            spoke.setdefault(kind, set()).add(one.person_id)
    words: Counter[str] = Counter()
    taken: Counter[str] = Counter()
    for line in said:
        own = line.organisation_id or stands_for.get((line.phase_id, line.author_id))
        kind = kinds.get(own or "", "")
        words[kind] += 1
        taken[kind] += line.answer in TAKING
    return tuple(
        (
            kind,
            Share(
                len(invited_of.get(kind, ())), len(spoke.get(kind, ())), words[kind], taken[kind]
            ),
        )
        for kind in sorted({*invited_of, *spoke, *words}, key=lambda kind: (not kind, kind))
    )


def _by_area(
    tree: Sequence[TreeLine], said: Sequence[SaidRow]
) -> tuple[tuple[str | None, Share], ...]:
    top: dict[str, str] = {}
    titles: list[str] = []
    for line in tree:
        if line.depth == 0:
            titles.append(line.title)
        top[line.section_id] = titles[-1]
    words: Counter[str | None] = Counter()
    taken: Counter[str | None] = Counter()
    spoke: dict[str | None, set[str]] = {}
    for one in said:
        area = top.get(one.section_id or "")
        words[area] += 1
        spoke.setdefault(area, set()).add(one.author_id)
        taken[area] += one.answer in TAKING
    order: list[str | None] = [*dict.fromkeys(titles), None]
    return tuple(
        (area, Share(0, len(spoke[area]), words[area], taken[area]))
        for area in order
        if words[area]
    )


def _by_answer(said: Sequence[SaidRow]) -> tuple[tuple[AnswerKind | None, int], ...]:
    counted = Counter(one.answer for one in said)
    return tuple((kind, counted[kind]) for kind in (*AnswerKind, None) if counted[kind])
