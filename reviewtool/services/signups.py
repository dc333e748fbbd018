"""Use cases of the open link: signing up, and confirming it by the mailed link."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from reviewtool.domain.actors import VISITOR, Actor, ActorKind
from reviewtool.domain.invitations import InvitationMove, InvitationState, Origin, purpose_of
from reviewtool.domain.invitees import Invitee
from reviewtool.domain.links import Purpose
from reviewtool.domain.messages import MessageKind
from reviewtool.domain.people import (
    LONGEST_NAME,
    AddressState,
    OrganisationKind,
    fold,
    holds_an_address,
)
from reviewtool.domain.phases import PhaseKind
from reviewtool.domain.policy import Action
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.domain.trace import Act
from reviewtool.infra.installation import Installation
from reviewtool.models.invitations import Invitation
from reviewtool.models.links import Link
from reviewtool.models.organisations import Affiliation, Organisation
from reviewtool.models.people import Address, Person
from reviewtool.models.phases import Phase
from reviewtool.queries.facts import found, phase_facts
from reviewtool.services._asked_mail import mail_confirmation, may_be_mailed
from reviewtool.services._invitations import (
    assign,
    change,
    load_invitation,
    mail_new_link,
    mail_way_in,
    organisation_of,
)
from reviewtool.services._links import find_or_make_link
from reviewtool.services._passing_on import checked_name
from reviewtool.services._people import (
    affiliate,
    find_or_make_organisation,
    find_organisation,
    find_person,
    give_address,
    has_account,
    make_person,
)
from reviewtool.services._policy import require
from reviewtool.services._trace import trace


def sign_up(installation: Installation, phase_id: str, who: Invitee) -> None:
    """Let anyone interested ask to take part: counts once the mailed link has been confirmed.

    An address or person that belongs to the phase already gets its own link by mail instead; the
    caller sees no difference. Raises Refused: empty, too long, name holds address, bad
    address, not allowed.
    """
    name, address = checked_name(who.name, who.address)
    who = replace(who, name=name, organisation=_checked_organisation(who.organisation))
    now = installation.clock.now()
    with installation.database.write() as session:
        # One sign-up of a phase at a time: a double press is the same person, not two.
        phase = found(session.get(Phase, phase_id, with_for_update=True))
        require(VISITOR, Action.SIGN_UP, phase_facts(session, phase_id, now))
        if phase.kind is not PhaseKind.ROUND:
            raise Refused(Reason.NOT_POSSIBLE_NOW)
        person = find_person(session, address, who.name)
        known = _known(session, phase, address, person)
        for invitation in known:
            if invitation.state is InvitationState.UNCONFIRMED:
                mail_confirmation(session, phase, invitation, now)
            elif (
                invitation.state is not InvitationState.CANCELLED
                and invitation.address_id
                and may_be_mailed(session, invitation.address_id, now)
            ):
                mail_new_link(session, phase, invitation, now)
        if not known:
            _sign_up(session, phase, who, person, address, now)


def _checked_organisation(name: str) -> str:
    """Tidy the name of an organisation; who speaks for themselves names none."""
    name = " ".join(name.split())
    if len(name) > LONGEST_NAME:
        raise Refused(Reason.TOO_LONG)
    if holds_an_address(name):
        raise Refused(Reason.NAME_HOLDS_ADDRESS, details={"field": "organisation"})
    return name


def _known(session: Session, phase: Phase, address: str, person: Person | None) -> list[Invitation]:
    """Find the phase's invitations of an address, and that of the person who signs up."""
    return list(
        session.scalars(
            select(Invitation)
            .outerjoin(Address, Address.id == Invitation.address_id)
            .where(
                Invitation.phase_id == phase.id,
                or_(
                    Address.folded == fold(address),
                    Invitation.person_id == (person.id if person else None),
                ),
            )
            .order_by(Invitation.created_at, Invitation.id)
        )
    )


def _sign_up(
    session: Session,
    phase: Phase,
    who: Invitee,
    person: Person | None,
    address: str,
    now: datetime,
) -> None:
    person = person or make_person(session, who.name, who.language or "fi", now)
    given = give_address(session, person, address, AddressState.UNCONFIRMED, now)
    # An organisation that is known already isn't changed by a stranger.
    organisation = _organisation(session, who, now) if who.organisation else None
    invitation = Invitation(
        phase_id=phase.id,
        person_id=person.id,
        organisation_id=organisation.id if organisation else None,
        address_id=given.id,
        state=InvitationState.UNCONFIRMED,
        origin=Origin.SIGNED_UP,
        created_at=now,
    )
    session.add(invitation)
    session.flush()
    mail_confirmation(session, phase, invitation, now)
    trace(
        session,
        VISITOR,
        now,
        phase.handbook_id,
        Act.PERSON_SIGNED_UP,
        invitation.id,
        {"phase": phase.id, "organisation": organisation.id if organisation else None},
    )


def _organisation(session: Session, who: Invitee, now: datetime) -> Organisation:
    known = find_organisation(session, who.organisation)
    kind = who.kind or OrganisationKind.NGO.value
    return known or find_or_make_organisation(
        session, who.organisation, kind, who.municipality, now
    )


@dataclass(frozen=True)
class Confirmed:
    """The participant's own link, which the confirming browser may hold from now on."""

    link_id: str
    generation: int


def confirm(installation: Installation, link_id: str) -> Confirmed:
    """Make a sign-up count by its confirmation link, and mail the person their own link, which
    lives as long as that of somebody invited.

    The same press again, however late, gives the same answer. Raises Refused: not found, link
    expired, round closed, not possible now (cancelled meanwhile).
    """
    now = installation.clock.now()
    with installation.database.write() as session:
        link = _confirmation(session, link_id)
        invitation = load_invitation(session, link.invitation_id)
        phase = found(session.get(Phase, invitation.phase_id))
        first = invitation.state is InvitationState.UNCONFIRMED
        if first:
            if not phase_facts(session, phase.id, now).phase_open:
                raise Refused(Reason.ROUND_CLOSED)
            if link.expires_at is not None and now >= link.expires_at:
                raise Refused(Reason.LINK_EXPIRED)
            _make_count(session, invitation, now)
            mail_way_in(session, phase, invitation, MessageKind.SIGNED_UP, _event(invitation), now)
        elif invitation.state is InvitationState.CANCELLED:
            raise Refused(Reason.NOT_POSSIBLE_NOW)
        link.used_at = link.used_at or now
        own = find_or_make_link(
            session,
            now,
            person_id=invitation.person_id,
            purpose=purpose_of(phase.kind),
            phase_id=phase.id,
            invitation_id=invitation.id,
        )
        if first:
            actor = Actor(ActorKind.LINK, person_id=invitation.person_id, link_id=link.id)
            facts: dict[str, str | int | bool | None] = {"phase": phase.id, "link": own.id}
            trace(
                session,
                actor,
                now,
                phase.handbook_id,
                Act.PERSON_CONFIRMED,
                invitation.id,
                facts,
            )
        return Confirmed(own.id, own.generation)


def _event(invitation: Invitation) -> str:
    return f"{MessageKind.SIGNED_UP.value}:{invitation.id}"


def _confirmation(session: Session, link_id: str) -> Link:
    """Read a confirmation link. Raises Refused (not found, link expired)."""
    link = found(
        session.scalar(
            select(Link)
            .where(Link.id == link_id, Link.purpose == Purpose.CONFIRM)
            .with_for_update()
        )
    )
    if link.revoked_at is not None:
        raise Refused(Reason.LINK_EXPIRED)
    return link


def _is_of_others(session: Session, organisation: Organisation, own: Invitation) -> bool:
    """Tell whether others were known in an organisation: typing its name makes nobody its voice."""
    others = select(Affiliation.person_id).where(
        Affiliation.organisation_id == organisation.id, Affiliation.person_id != own.person_id
    )
    return session.scalar(others.limit(1)) is not None


def _make_count(session: Session, invitation: Invitation, now: datetime) -> None:
    change(invitation, InvitationMove.CONFIRM, now)
    address = found(session.get(Address, invitation.address_id))
    if not has_account(session, address.person_id):
        address.state = AddressState.OK
    organisation = organisation_of(session, invitation)
    if organisation is not None and not _is_of_others(session, organisation, invitation):
        affiliate(session, found(session.get(Person, invitation.person_id)), organisation, now)
    assign(session, invitation, now)
