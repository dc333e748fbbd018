"""Where each thing is counted, once: who was asked and how far they are, what was said, who was
there. Pages, mails, exports and figures read these conditions; none counts by itself.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, not_, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from reviewtool.domain.contributions import ContributionState, TurnVisibility
from reviewtool.domain.invitations import ASKED, TAKING_PART, HowFar, InvitationState, Origin
from reviewtool.domain.phases import PhaseKind
from reviewtool.models.approvals import Approval
from reviewtool.models.contributions import Contribution, Support, Turn
from reviewtool.models.invitations import Invitation
from reviewtool.models.phases import Phase
from reviewtool.models.workshops import WorkshopSignUp
from reviewtool.queries.answered import answered_by_another, is_erased
from reviewtool.queries.wordless import SHORT


def asked() -> ColumnElement[bool]:
    """The condition on invitations of those who were asked: each is in one group of `how_far`.

    Not who waits for the phase to open, passed the task on or never confirmed an address; nor
    whose words the editors recorded unasked, as those of a workshop's group.
    """
    return and_(
        Invitation.state.in_(TAKING_PART | {InvitationState.DECLINED}),
        Invitation.origin != Origin.RECORDED,
        or_(Invitation.state.not_in(ASKED), not_(is_erased())),
    )


def known() -> ColumnElement[bool]:
    """The condition on invitations of those who were asked, or are when the phase opens."""
    return or_(Invitation.state == InvitationState.PREPARED, asked())


def things_said() -> ColumnElement[int]:
    """Count what came from an invited person: comments, replies, what they agree with, answers
    to questions, that there is nothing to say about a text, decisions.
    """
    said = select(func.count(Contribution.id)).where(
        Contribution.phase_id == Invitation.phase_id,
        Contribution.author_id == Invitation.person_id,
        Contribution.state != ContributionState.WITHDRAWN,
    )
    short = select(func.count()).select_from(SHORT).where(SHORT.c.invitation_id == Invitation.id)
    decided = select(func.count(Approval.id)).where(
        Approval.invitation_id == Invitation.id, Approval.superseded_at.is_(None)
    )
    replied = _to_others(Turn.id, Turn.contribution_id, Turn.author_id).where(
        Turn.visibility == TurnVisibility.PARTICIPANTS
    )
    agreed = _to_others(Support.id, Support.contribution_id, Support.person_id)
    parts = short, decided, replied, agreed
    total: ColumnElement[int] = sum(
        (one.correlate(Invitation).scalar_subquery() for one in parts),
        start=said.correlate(Invitation).scalar_subquery(),
    )
    return total


def _to_others(
    counted: InstrumentedAttribute[str],
    contribution_id: InstrumentedAttribute[str],
    person_id: InstrumentedAttribute[str],
) -> Select[int]:
    said = aliased(Contribution)
    return (
        select(func.count(counted))
        .join(said, said.id == contribution_id)
        .where(said.phase_id == Invitation.phase_id, person_id == Invitation.person_id)
    )


def how_far() -> ColumnElement[str]:
    """Give the group of an asked one. Only what came counts: coming in is not beginning."""
    return case(
        (Invitation.state == InvitationState.DECLINED, HowFar.DECLINED.value),
        (
            or_(Invitation.state == InvitationState.READY, answered_by_another()),
            HowFar.READY.value,
        ),
        (things_said() > 0, HowFar.BEGAN.value),
        else_=HowFar.SILENT.value,
    )


def was_there() -> ColumnElement[bool]:
    """The condition on invitations of those who were present at the workshop."""
    own = aliased(WorkshopSignUp)
    return exists().where(own.invitation_id == Invitation.id, own.present_at.is_not(None))


def took_part() -> ColumnElement[bool]:
    """The condition on invitations, joined with their phases: who was there, or said something."""
    spoke = or_(Invitation.state == InvitationState.READY, things_said() > 0)
    return case((Phase.kind == PhaseKind.WORKSHOP, was_there()), else_=spoke)


def counts() -> ColumnElement[bool]:
    """The condition on contributions that figures count: neither withdrawn nor late."""
    return Contribution.state == ContributionState.RECEIVED


@dataclass(frozen=True)
class PeopleCounts:
    """How many people of a phase there are: who waits for its opening, who was asked."""

    waiting: int = 0
    by_group: dict[HowFar, int] = field(default_factory=dict)
    present: int = 0

    @property
    def asked(self) -> int:
        """Count those who were asked."""
        return sum(self.by_group.values())

    @property
    def known(self) -> int:
        """Count those who were asked, or will be when the phase opens."""
        return self.asked + self.waiting

    def of(self, group: HowFar) -> int:
        """Count one group."""
        return self.by_group.get(group, 0)

    @property
    def awaited(self) -> int:
        """Count those from whom an answer is still awaited."""
        return self.of(HowFar.SILENT) + self.of(HowFar.BEGAN)


def people_by_phase(session: Session, handbook_id: str) -> dict[str, PeopleCounts]:
    """Count the people of a handbook's phases; 1 query."""
    waits = Invitation.state == InvitationState.PREPARED
    people = (
        select(
            Invitation.phase_id,
            case((waits, ""), else_=how_far()).label("group"),
            case((was_there(), 1), else_=0).label("present"),
        )
        .join(Phase, Phase.id == Invitation.phase_id)
        .where(Phase.handbook_id == handbook_id, known())
        .subquery()
    )
    rows = session.execute(
        select(
            people.c.phase_id,
            people.c.group,
            func.count().label("number"),
            func.sum(people.c.present).label("present"),
        ).group_by(people.c.phase_id, people.c.group)
    )
    waiting: dict[str, int] = defaultdict(int)
    groups: dict[str, dict[HowFar, int]] = defaultdict(dict)
    present: dict[str, int] = defaultdict(int)
    for row in rows:
        present[row.phase_id] += row.present
        if row.group:
            groups[row.phase_id][HowFar(row.group)] = row.number
        else:
            waiting[row.phase_id] = row.number
    return {
        phase_id: PeopleCounts(waiting[phase_id], groups[phase_id], present[phase_id])
        for phase_id in list(present)
    }


@dataclass(frozen=True)
class Said:
    """How much was said in a phase: contributions, and answers without words."""

    contributions: int = 0
    short_answers: int = 0


def said_by_phase(session: Session, handbook_id: str) -> dict[str, Said]:
    """Count what was said in a handbook's phases; 2 queries."""
    contributions = _by_phase(
        session,
        select(Contribution.phase_id, func.count())
        .where(Contribution.handbook_id == handbook_id, counts())
        .group_by(Contribution.phase_id),
    )
    short = _by_phase(
        session,
        select(Invitation.phase_id, func.count())
        .select_from(SHORT)
        .join(Invitation, Invitation.id == SHORT.c.invitation_id)
        .join(Phase, Phase.id == Invitation.phase_id)
        .where(Phase.handbook_id == handbook_id)
        .group_by(Invitation.phase_id),
    )
    return {
        phase_id: Said(contributions.get(phase_id, 0), short.get(phase_id, 0))
        for phase_id in {*contributions, *short}
    }


def _by_phase(session: Session, query: Select[str, int]) -> dict[str, int]:
    return dict(iter(session.execute(query)))
