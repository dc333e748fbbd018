"""A person's links: as the command line shows them, where they lead, what is left of one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, and_, or_, select
from sqlalchemy.orm import Session, aliased

from reviewtool.domain.actors import Actor
from reviewtool.domain.links import LinkState, Purpose
from reviewtool.domain.people import fold
from reviewtool.domain.policy import Action, Facts, may
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.models.handbooks import Handbook
from reviewtool.models.links import Link
from reviewtool.models.people import Address, Person
from reviewtool.models.phases import Phase
from reviewtool.queries.actors import find_link
from reviewtool.queries.contacts import contact_of


@dataclass(frozen=True)
class LinkLine:
    """A link with what it is good for now."""

    id: str
    generation: int
    purpose: Purpose
    state: LinkState
    name: str
    handbook: dict[str, str]
    phase: dict[str, str]


@dataclass(frozen=True)
class WayOn:
    """What is left to the holder of a link that no longer lets them in."""

    again: bool
    """Whether a link that lives can be mailed to them: this one anew, or the one made after it."""
    name: str
    phone: str
    email: str


def way_on_of(session: Session, actor: Actor) -> WayOn:
    """Tell what the holder of a link that is over can do, and whom they ask; 2 queries."""
    again = session.scalar(select(living_after(actor.link_id).exists()))
    row = session.execute(
        select(Phase, Handbook)
        .join(Handbook, Handbook.id == Phase.handbook_id)
        .where(Phase.id == actor.phase_id)
    ).one_or_none()
    if row is None:
        return WayOn(bool(again), "", "", "")
    contact = contact_of(row.Phase, row.Handbook)
    return WayOn(bool(again), contact.name, contact.phone, contact.email)


def living_after(link_id: str | None) -> Select[str]:
    """Select the link itself if it lives, else the newest that its person has in its phase."""
    first = aliased(Link)
    return (
        select(Link.id)
        .join(
            first,
            and_(
                first.person_id == Link.person_id,
                first.phase_id.is_not_distinct_from(Link.phase_id),
                first.purpose == Link.purpose,
            ),
        )
        .where(first.id == link_id, Link.revoked_at.is_(None))
        .where(or_(Link.id == first.id, Link.phase_id.is_not(None)))
        .order_by((Link.id == first.id).desc(), Link.created_at.desc(), Link.id)
    )


def links_of_address(
    session: Session, actor: Actor, address: str, now: datetime, retention_days: int
) -> list[LinkLine]:
    """List the links of all persons behind an address, newest first. Raises Refused."""
    if not may(actor, Action.ADMINISTER, Facts()):
        raise Refused(Reason.NOT_ALLOWED)
    found = session.execute(
        select(Link, Person.name, Phase.title, Handbook.title.label("handbook"))
        .join(Person, Person.id == Link.person_id)
        .join(Address, Address.person_id == Person.id)
        .outerjoin(Phase, Phase.id == Link.phase_id)
        .outerjoin(Handbook, Handbook.id == Phase.handbook_id)
        .where(Address.folded == fold(address))
        .order_by(Link.created_at.desc(), Link.id)
    ).all()
    lines = []
    for row in found:
        known = find_link(session, row.Link.id, row.Link.generation, now, retention_days)
        if known is not None:
            lines.append(
                LinkLine(
                    id=row.Link.id,
                    generation=row.Link.generation,
                    purpose=row.Link.purpose,
                    state=known.state,
                    name=row.name,
                    handbook=row.handbook or {},
                    phase=row.title or {},
                )
            )
    return lines


def handbooks_of_links(session: Session, held: Mapping[str, int]) -> set[str]:
    """Tell which handbooks links lead into, by link and generation, none that was revoked; at most
    1 query.
    """
    if not held:
        return set()
    rows = session.execute(
        select(Link.id, Link.generation, Phase.handbook_id)
        .join(Phase, Phase.id == Link.phase_id)
        .where(Link.id.in_(list(held)))
    )
    return {row.handbook_id for row in rows if held[row.id] == row.generation}
