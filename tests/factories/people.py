"""People of rounds: invited or signed up by the use cases, and their links as actors."""

from dataclasses import dataclass

from sqlalchemy import select

from reviewtool.domain.actors import Actor
from reviewtool.domain.invitees import Invitee
from reviewtool.infra.ids import new_id
from reviewtool.infra.installation import Installation
from reviewtool.models.links import Link
from reviewtool.queries.actors import find_link
from reviewtool.services.invitations import invite


@dataclass(frozen=True)
class MadePerson:
    """An invited person."""

    id: str
    invitation_id: str
    name: str
    address: str


def make_invitee(name: str = "Anna Kallio", **values: str) -> Invitee:
    """Name a person to invite, each at an address of their own; one that is known is shared."""
    given = {
        "address": f"{new_id()}@jarjesto.example.org",
        "organisation": f"Yhdistys {new_id()[:4]}",
        "kind": "ngo",
        "municipality": "Espoo",
        "language": "fi",
    }
    named = {**given, **values}
    return Invitee(name=name, address=named.pop("address"), shares=True, **named)


def make_person(
    installation: Installation,
    editor: Actor,
    phase_id: str,
    name: str = "Anna Kallio",
    **values: str,
) -> MadePerson:
    """Invite a person into a phase; mailed at once where it is open."""
    invitee = make_invitee(name, **values)
    invited = invite(installation, editor, phase_id, invitee, new_id())
    return MadePerson(invited.person_id, invited.invitation_id, name, invitee.address)


def link_actor(installation: Installation, person: MadePerson) -> Actor:
    """Give the actor of a person's link as it stands now; the phase must have been opened."""
    with installation.database.read() as session:
        link = session.scalars(
            select(Link)
            .where(Link.invitation_id == person.invitation_id, Link.revoked_at.is_(None))
            .order_by(Link.created_at)
            .limit(1)
        ).one()
        now, days = installation.clock.now(), installation.settings.retention_days
        found = find_link(session, link.id, link.generation, now, days)
    assert found is not None
    return found.actor
