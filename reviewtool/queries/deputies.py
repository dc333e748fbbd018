"""Deputies: who stands in for a person in a handbook, and for whom a link's person stands in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from reviewtool.domain.actors import Actor, ActorKind
from reviewtool.domain.days import local_day
from reviewtool.domain.invitations import InvitationState
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.models.deputies import Deputy
from reviewtool.models.handbooks import Handbook
from reviewtool.models.invitations import Invitation
from reviewtool.models.people import Address, Person
from reviewtool.models.phases import Phase
from reviewtool.queries.people import require_editor


@dataclass(frozen=True)
class DeputyLine:
    """Somebody named to stand in for a person, from a day to a day."""

    id: str
    name: str
    address: str
    starts_on: date
    ends_on: date
    today: date

    @property
    def over(self) -> bool:
        """Whether the days have passed."""
        return self.ends_on < self.today

    @property
    def acting(self) -> bool:
        """Whether today is one of the days."""
        return self.starts_on <= self.today <= self.ends_on


@dataclass(frozen=True)
class StandsIn:
    """For whom somebody stands in today, and until which day."""

    name: str
    ends_on: date


def deputies_of(
    session: Session, actor: Actor, handbook_id: str, person_id: str, now: datetime
) -> list[DeputyLine]:
    """List a person's deputies in a handbook, the first day first; 1 query.

    For the handbook's editors, and for the person by a link of that handbook. Raises Refused.
    """
    if actor.kind is ActorKind.LINK:
        if (actor.handbook_id, actor.person_id) != (handbook_id, person_id):
            raise Refused(Reason.NOT_ALLOWED)
    else:
        require_editor(actor, handbook_id)
    rows = session.execute(
        select(Deputy, Person.name, Address.written, Handbook.time_zone)
        .join(Person, Person.id == Deputy.deputy_id)
        .join(Address, Address.id == Deputy.address_id)
        .join(Handbook, Handbook.id == Deputy.handbook_id)
        .where(Deputy.handbook_id == handbook_id, Deputy.person_id == person_id)
        .order_by(Deputy.starts_on, Deputy.id)
    )
    return [
        DeputyLine(one.id, name, written, one.starts_on, one.ends_on, local_day(now, zone))
        for one, name, written, zone in rows
    ]


def standing_in(session: Session, person_id: str, phase_id: str, today: date) -> list[StandsIn]:
    """List those for whom a person stands in today in a phase, by name; 1 query."""
    asked = exists().where(
        Invitation.person_id == Deputy.person_id,
        Invitation.phase_id == phase_id,
        Invitation.state != InvitationState.CANCELLED,
        Phase.id == Invitation.phase_id,
        Phase.handbook_id == Deputy.handbook_id,
    )
    rows = session.execute(
        select(Person.name, Deputy.ends_on)
        .join(Person, Person.id == Deputy.person_id)
        .where(
            Deputy.deputy_id == person_id,
            Deputy.starts_on <= today,
            Deputy.ends_on >= today,
            asked,
        )
        .order_by(Person.search_key, Deputy.id)
    )
    return [StandsIn(row.name, row.ends_on) for row in rows]
