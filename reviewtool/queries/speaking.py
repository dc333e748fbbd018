"""For which organisations the person behind a link may speak."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from reviewtool.domain.actors import Actor
from reviewtool.models.organisations import Affiliation, Organisation


@dataclass(frozen=True)
class SpokenFor:
    """An organisation that one may speak for."""

    id: str
    name: str


def spoken_for(session: Session, actor: Actor) -> list[SpokenFor]:
    """List the actor's organisations, that of the invitation first; 1 query."""
    works = select(Affiliation.organisation_id).where(Affiliation.person_id == actor.person_id)
    rows = session.execute(
        select(Organisation.id, Organisation.name)
        .where(or_(Organisation.id.in_(works), Organisation.id == actor.organisation_id))
        .order_by(Organisation.id != (actor.organisation_id or ""), Organisation.search_key)
    )
    return [SpokenFor(row.id, row.name) for row in rows]
