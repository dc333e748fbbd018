"""Who answers from a shared box: the names known under it."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from reviewtool.domain.actors import Actor
from reviewtool.domain.people import AddressState
from reviewtool.models.invitations import Invitation
from reviewtool.models.people import Address, Person


def names_of_box(session: Session, actor: Actor) -> list[str]:
    """List the people known under the box of the actor's link, but not the box itself; 1 query."""
    of_link, own = aliased(Address), aliased(Address)
    rows = session.scalars(
        select(Person.name)
        .join(own, own.person_id == Person.id)
        .join(of_link, of_link.folded == own.folded)
        .join(Invitation, Invitation.address_id == of_link.id)
        .where(
            Invitation.id == (actor.invitation_id or ""),
            of_link.shared.is_(True),
            own.state != AddressState.DEAD,
            Person.erased_at.is_(None),
            Person.box.is_(False),
        )
        .order_by(Person.search_key, Person.id)
    )
    return list(dict.fromkeys(rows))
