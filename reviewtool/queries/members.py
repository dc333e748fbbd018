"""The members of a handbook: its editors and administrators."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from reviewtool.domain.actors import Actor
from reviewtool.domain.people import AddressState, Role
from reviewtool.models.handbooks import Membership
from reviewtool.models.people import Address, Person
from reviewtool.queries.people import require_editor


@dataclass(frozen=True)
class MemberLine:
    """A member of a handbook."""

    person_id: str
    name: str
    role: Role
    address: str | None
    since: datetime


def members_of(session: Session, actor: Actor, handbook_id: str) -> tuple[MemberLine, ...]:
    """List a handbook's members by name; 1 query."""
    require_editor(actor, handbook_id)
    first = (
        select(Address.written)
        .where(Address.person_id == Person.id, Address.state != AddressState.DEAD)
        .order_by(Address.created_at)
        .limit(1)
        .correlate(Person)
        .scalar_subquery()
    )
    rows = session.execute(
        select(
            Person.id, Person.name, Membership.role, Membership.created_at, first.label("address")
        )
        .join(Person, Person.id == Membership.person_id)
        .where(Membership.handbook_id == handbook_id)
        .order_by(Person.name, Person.id)
    )
    return tuple(
        MemberLine(row.id, row.name, row.role, row.address, row.created_at) for row in rows
    )
