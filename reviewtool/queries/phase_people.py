"""How many people of each phase are where, and how many of them mail can reach."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from reviewtool.domain.invitations import COUNTED, InvitationState
from reviewtool.domain.people import AddressState
from reviewtool.models.invitations import Invitation
from reviewtool.models.people import Address
from reviewtool.models.phases import Phase


@dataclass(frozen=True)
class PeopleCounts:
    """How many people of a phase are where; mailed ones have an address that isn't dead."""

    by_state: dict[InvitationState, int]
    mailable: dict[InvitationState, int]

    @property
    def asked(self) -> int:
        """Count those who are or will be asked; unconfirmed addresses count nowhere."""
        return self.of(COUNTED)

    @property
    def came_in(self) -> int:
        """Count those who have begun."""
        return self.of((InvitationState.CAME_IN, InvitationState.READY))

    @property
    def ready(self) -> int:
        """Count those who have said that they are ready."""
        return self.of((InvitationState.READY,))

    def of(self, states: Collection[InvitationState]) -> int:
        """Count the people in some states."""
        return sum(self.by_state.get(state, 0) for state in states)

    def mailable_of(self, states: Collection[InvitationState]) -> int:
        """Count the people in some states who can be mailed."""
        return sum(self.mailable.get(state, 0) for state in states)


def people_counts(session: Session, handbook_id: str) -> dict[str, PeopleCounts]:
    """Count the people of a handbook's phases; 1 query."""
    can_mail = case((Address.state != AddressState.DEAD, 1), else_=0)
    rows = session.execute(
        select(
            Invitation.phase_id,
            Invitation.state,
            func.count().label("number"),
            func.sum(can_mail).label("mailable"),
        )
        .join(Phase, Phase.id == Invitation.phase_id)
        .outerjoin(Address, Address.id == Invitation.address_id)
        .where(Phase.handbook_id == handbook_id)
        .group_by(Invitation.phase_id, Invitation.state)
    )
    counts: dict[str, PeopleCounts] = {}
    for row in rows:
        one = counts.setdefault(row.phase_id, PeopleCounts({}, {}))
        one.by_state[row.state] = row.number
        one.mailable[row.state] = int(row.mailable or 0)
    return counts
