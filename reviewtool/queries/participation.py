"""Who took part, and what came of it: the figures of one run of a handbook's process."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from reviewtool.domain.actors import Actor
from reviewtool.domain.answers import TAKING, AnswerKind, AnswerState
from reviewtool.domain.approvals import Decision
from reviewtool.domain.contributions import ContributionState
from reviewtool.domain.invitations import InvitationState
from reviewtool.domain.phases import PhaseKind, PhaseState, PhaseTimes, is_open
from reviewtool.domain.policy import Action, Facts, may
from reviewtool.models.answers import Answer
from reviewtool.models.approvals import Approval
from reviewtool.models.contributions import Contribution
from reviewtool.models.drafts import Draft
from reviewtool.models.handbooks import Handbook, Localized, Process
from reviewtool.models.invitations import Invitation
from reviewtool.models.organisations import Organisation
from reviewtool.models.phases import Convener, Phase
from reviewtool.models.publications import Publication
from reviewtool.models.verdicts import Verdict
from reviewtool.queries.facts import found
from reviewtool.queries.openness import standing_section
from reviewtool.queries.tree import TreeLine

NOT_ASKED = (
    InvitationState.PREPARED,
    InvitationState.UNCONFIRMED,
    InvitationState.CANCELLED,
)


@dataclass(frozen=True)
class PhaseStory:
    """One phase as the picture of the process shows it: what was asked of whom, who took part,
    what came of it.

    figures_shown is False while a phase is under way, for everybody but the editors: the count
    of what others say is nothing that participants of a blind round get (rule 11).
    """

    id: str
    kind: PhaseKind
    title: Localized
    request: Localized
    state: PhaseState
    is_open: bool
    opens_on: date | None
    closes_on: date | None
    opened_at: datetime | None
    closed_at: datetime | None
    open_to_all: bool
    conveners: tuple[str, ...]
    figures_shown: bool
    asked: int
    took_part: int
    contributions: int
    taken: int
    decisions: dict[Decision, int]
    drafts: tuple[str, ...]
    """Numbers of the drafts that were frozen while the phase was under way."""
    published: bool


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
    answers: tuple[tuple[AnswerKind, int], ...]
    satisfied: int
    """How many authors say that the answer answers what they said."""
    not_satisfied: int


@dataclass(frozen=True)
class _Said:
    phase_id: str
    author_id: str
    organisation_id: str | None
    section_id: str | None
    answer: AnswerKind | None
    """Where it has been published."""
    satisfied: bool | None
    """What its author says of that answer."""


def participation(
    session: Session,
    actor: Actor,
    handbook_id: str,
    run: int,
    tree: Sequence[TreeLine],
    now: datetime,
) -> Participation:
    """Read the figures of one run of a handbook's process; 8 queries.

    tree: the sections by which areas are told, in reading order.
    """
    handbook = found(session.get(Handbook, handbook_id))
    phases = session.scalars(
        select(Phase)
        .join(Process, Process.id == Phase.process_id)
        .where(Phase.handbook_id == handbook_id, Process.number == run)
        .order_by(Phase.position)
    ).all()
    editor = may(actor, Action.RUN_PROCESS, Facts(handbook_id=handbook_id))
    over = {phase.id for phase in phases if editor or _is_over(phase, handbook.time_zone, now)}
    invited = _invited(session, [phase.id for phase in phases])
    said = _said(session, [phase.id for phase in phases])
    stories = _stories(session, handbook, phases, over, invited, said, now)
    counted = [one for one in said if one.phase_id in over]
    asked = [one for one in invited if one.phase_id in over]
    return Participation(
        run=run,
        phases=tuple(stories),
        kinds=_by_kind(session, asked, counted),
        areas=_by_area(tree, counted),
        answers=_by_answer(counted),
        satisfied=sum(one.satisfied is True for one in counted),
        not_satisfied=sum(one.satisfied is False for one in counted),
    )


def _is_over(phase: Phase, zone: str, now: datetime) -> bool:
    if phase.state is PhaseState.PLANNED:
        return False
    return not is_open(PhaseTimes(phase.state, phase.opens_on, phase.closes_on, zone), now)


@dataclass(frozen=True)
class _Invited:
    phase_id: str
    person_id: str
    organisation_id: str | None
    ready: bool


def _invited(session: Session, phase_ids: Sequence[str]) -> list[_Invited]:
    rows = session.execute(
        select(
            Invitation.phase_id,
            Invitation.person_id,
            Invitation.organisation_id,
            Invitation.ready_at,
            Invitation.came_in_at,
        ).where(Invitation.phase_id.in_(phase_ids), Invitation.state.not_in(NOT_ASKED))
    )
    return [
        _Invited(
            row.phase_id,
            row.person_id,
            row.organisation_id,
            row.ready_at is not None or row.came_in_at is not None,
        )
        for row in rows
    ]


def _said(session: Session, phase_ids: Sequence[str]) -> list[_Said]:
    rows = session.execute(
        select(
            Contribution.phase_id,
            Contribution.author_id,
            Contribution.organisation_id,
            standing_section().label("section_id"),
            Answer.kind,
            Answer.state,
            Verdict.satisfied,
        )
        .outerjoin(Answer, Answer.contribution_id == Contribution.id)
        .outerjoin(Verdict, Verdict.contribution_id == Contribution.id)
        .where(
            Contribution.phase_id.in_(phase_ids),
            Contribution.state == ContributionState.RECEIVED,
        )
    )
    return [
        _Said(
            row.phase_id,
            row.author_id,
            row.organisation_id,
            row.section_id,
            row.kind if row.state is AnswerState.PUBLISHED else None,
            row.satisfied if row.state is AnswerState.PUBLISHED else None,
        )
        for row in rows
    ]


def _stories(
    session: Session,
    handbook: Handbook,
    phases: Sequence[Phase],
    over: set[str],
    invited: Sequence[_Invited],
    said: Sequence[_Said],
    now: datetime,
) -> list[PhaseStory]:
    ids = [phase.id for phase in phases]
    conveners = _conveners(session, ids)
    decided = _decisions(session, ids)
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
        asked = [one for one in invited if one.phase_id == phase.id]
        spoke = {one.author_id for one in mine} | {one.person_id for one in asked if one.ready}
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
                closes_on=phase.closes_on,
                opened_at=phase.opened_at,
                closed_at=phase.closed_at,
                open_to_all=phase.open_to_all,
                conveners=tuple(conveners.get(phase.id, ())),
                figures_shown=shown,
                asked=len({one.person_id for one in asked}) if shown else 0,
                took_part=len(spoke) if shown else 0,
                contributions=len(mine) if shown else 0,
                taken=sum(one.answer in TAKING for one in mine) if shown else 0,
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
    session: Session, invited: Sequence[_Invited], said: Sequence[_Said]
) -> tuple[tuple[str, Share], ...]:
    ids = {one.organisation_id for one in invited} | {one.organisation_id for one in said}
    kinds = {
        row.id: row.kind
        for row in session.execute(
            select(Organisation.id, Organisation.kind).where(Organisation.id.in_(ids - {None}))
        )
    }
    asked: dict[str, set[str]] = {}
    spoke: dict[str, set[str]] = {}
    for one in invited:
        kind = kinds.get(one.organisation_id or "", "")
        asked.setdefault(kind, set()).add(one.person_id)
        if one.ready:
            spoke.setdefault(kind, set()).add(one.person_id)
    words: Counter[str] = Counter()
    taken: Counter[str] = Counter()
    for line in said:
        kind = kinds.get(line.organisation_id or "", "")
        spoke.setdefault(kind, set()).add(line.author_id)
        words[kind] += 1
        taken[kind] += line.answer in TAKING
    return tuple(
        (kind, Share(len(asked.get(kind, ())), len(spoke.get(kind, ())), words[kind], taken[kind]))
        for kind in sorted(set(asked) | set(spoke), key=lambda kind: (not kind, kind))
    )


def _by_area(
    tree: Sequence[TreeLine], said: Sequence[_Said]
) -> tuple[tuple[str | None, Share], ...]:
    top: dict[str, str] = {}
    titles: list[str] = []
    for line in tree:
        if line.depth == 0:
            titles.append(line.title)
        top[line.section_id] = titles[-1]
    words: Counter[str | None] = Counter()
    taken: Counter[str | None] = Counter()
    for one in said:
        area = top.get(one.section_id or "")
        words[area] += 1
        taken[area] += one.answer in TAKING
    order: list[str | None] = [*dict.fromkeys(titles), None]
    return tuple(
        (area, Share(contributions=words[area], taken=taken[area])) for area in order if words[area]
    )


def _by_answer(said: Sequence[_Said]) -> tuple[tuple[AnswerKind, int], ...]:
    counts = Counter(one.answer for one in said if one.answer is not None)
    return tuple((kind, counts[kind]) for kind in AnswerKind if counts[kind])
