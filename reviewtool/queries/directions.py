"""Whom `run` shows the ways in of: an administrator, an NGO expert, a coordinator."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from reviewtool.domain.actors import Actor
from reviewtool.domain.invitations import InvitationState
from reviewtool.domain.links import Purpose
from reviewtool.domain.people import OrganisationKind
from reviewtool.domain.phases import PhaseState
from reviewtool.domain.policy import Action, Facts, may
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.models.contributions import Contribution
from reviewtool.models.invitations import Invitation
from reviewtool.models.links import Link
from reviewtool.models.organisations import Organisation
from reviewtool.models.people import Account, Person
from reviewtool.models.phases import Phase

EXPERTS = (OrganisationKind.NGO.value,)
OFFICIALS = (
    OrganisationKind.MUNICIPALITY.value,
    OrganisationKind.JOINT_AUTHORITY.value,
    OrganisationKind.WELLBEING_COUNTY.value,
)


@dataclass(frozen=True)
class PersonalLink:
    """A living link and whose it is."""

    id: str
    generation: int
    name: str


@dataclass(frozen=True)
class First:
    """The first people of each role; None where there is nobody yet."""

    administrator: tuple[str, str] | None
    """Id and name of the person."""
    expert: PersonalLink | None
    coordinator: PersonalLink | None


def first_people(session: Session, actor: Actor) -> First:
    """Find somebody of each role, rather one whose phase is open. Raises Refused; 3 queries."""
    if not may(actor, Action.ADMINISTER, Facts()):
        raise Refused(Reason.NOT_ALLOWED)
    administrator = session.execute(
        select(Person.id, Person.name)
        .join(Account, Account.person_id == Person.id)
        .where(Account.active.is_(True))
        .order_by(Account.administrator.desc(), Account.created_at, Account.id)
        .limit(1)
    ).one_or_none()
    return First(
        administrator=(administrator.id, administrator.name) if administrator else None,
        expert=_link(session, EXPERTS),
        coordinator=_link(session, OFFICIALS),
    )


def _link(session: Session, kinds: tuple[str, ...]) -> PersonalLink | None:
    open_first = case((Phase.state == PhaseState.OPEN, 0), else_=1)
    waiting_first = case((Invitation.state == InvitationState.CAME_IN, 0), else_=1)
    # Of several, the one who has most to show.
    said = (
        select(func.count())
        .select_from(Contribution)
        .where(Contribution.author_id == Person.id, Contribution.phase_id == Phase.id)
        .correlate(Person, Phase)
        .scalar_subquery()
    )
    row = session.execute(
        select(Link.id, Link.generation, Person.name)
        .join(Invitation, Invitation.id == Link.invitation_id)
        .join(Person, Person.id == Link.person_id)
        .join(Phase, Phase.id == Link.phase_id)
        .join(Organisation, Organisation.id == Invitation.organisation_id)
        .where(
            Organisation.kind.in_(kinds),
            Link.revoked_at.is_(None),
            Link.expires_at.is_(None),
            Link.purpose.in_((Purpose.PARTICIPATE, Purpose.APPROVE)),
        )
        .order_by(open_first, waiting_first, said.desc(), Link.created_at, Link.id)
        .limit(1)
    ).one_or_none()
    return PersonalLink(row.id, row.generation, row.name) if row else None
