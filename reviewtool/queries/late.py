"""What came after a round's end, for the editors: how much waits, and what was decided."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from reviewtool.domain.actors import Actor
from reviewtool.domain.contributions import ContributionState
from reviewtool.models.contributions import Contribution
from reviewtool.models.late import LateDecision
from reviewtool.models.people import Person
from reviewtool.queries.sections import editing


@dataclass(frozen=True)
class Decided:
    """Whether a late contribution is considered, why, and who decided."""

    admitted: bool
    reason: str
    by: str
    at: datetime


def waiting_late(session: Session, actor: Actor, handbook_id: str) -> int:
    """Count the late contributions that wait for being admitted or left out; 1 query."""
    editing(actor, handbook_id)
    return (
        session.scalar(
            select(func.count())
            .select_from(Contribution)
            .where(
                Contribution.handbook_id == handbook_id,
                Contribution.state == ContributionState.LATE,
            )
        )
        or 0
    )


def late_decision(
    session: Session, actor: Actor, handbook_id: str, contribution_id: str
) -> Decided | None:
    """Read what was decided about a late contribution; None where nothing was; 1 query."""
    editing(actor, handbook_id)
    row = session.execute(
        select(LateDecision, Person.name)
        .join(Person, Person.id == LateDecision.decided_by_id)
        .join(Contribution, Contribution.id == LateDecision.contribution_id)
        .where(
            LateDecision.contribution_id == contribution_id,
            Contribution.handbook_id == handbook_id,
        )
    ).one_or_none()
    if row is None:
        return None
    told: LateDecision = row.LateDecision
    return Decided(told.admitted, told.reason, row.name, told.decided_at)
