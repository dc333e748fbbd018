"""A person's links, as the command line shows them; which handbooks links lead into."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

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
