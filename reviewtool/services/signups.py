"""Use cases of the open link: signing up, and confirming it by the mailed link."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from reviewtool.domain.actors import VISITOR, Actor, ActorKind
from reviewtool.domain.invitations import InvitationMove, InvitationState, Origin, purpose_of
from reviewtool.domain.invitees import Invitee
from reviewtool.domain.links import NEW_LINK_INTERVAL, Purpose
from reviewtool.domain.messages import MessageKind
from reviewtool.domain.people import LONGEST_NAME, AddressState, OrganisationKind, fold
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
from reviewtool.office.addresses import address_of
from reviewtool.queries.facts import found, phase_facts
from reviewtool.services._invitations import (
    assign,
    change,
    load_invitation,
    mail_new_link,
)
from reviewtool.services._links import find_or_make_link, make_short_link
from reviewtool.services._outbox import post
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

CONFIRM_LIVES = timedelta(days=3)


def sign_up(installation: Installation, phase_id: str, who: Invitee) -> None:
    """Let anyone interested ask to take part: counts once the mailed link has been confirmed.

    An address or person that belongs to the phase already gets its own link by mail instead; the
    caller sees no difference. Raises Refused: empty, too long, bad address, not allowed.
    """
    address = address_of(who.address)
    if not who.name.strip() or not who.organisation.strip():
        raise Refused(Reason.EMPTY)
    if len(who.name) > LONGEST_NAME or len(who.organisation) > LONGEST_NAME:
        raise Refused(Reason.TOO_LONG)
    if not address:
        raise Refused(Reason.BAD_ADDRESS)
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
                _mail_confirmation(session, phase, invitation, now)
            elif invitation.state is not InvitationState.CANCELLED and invitation.address_id:
                mail_new_link(session, phase, invitation, now)
        if not known:
            _sign_up(session, phase, who, person, address, now)


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
    organisation = _organisation(session, who, now)
    invitation = Invitation(
        phase_id=phase.id,
        person_id=person.id,
        organisation_id=organisation.id,
        address_id=given.id,
        state=InvitationState.UNCONFIRMED,
        origin=Origin.SIGNED_UP,
        created_at=now,
    )
    session.add(invitation)
    session.flush()
    _mail_confirmation(session, phase, invitation, now)
    trace(
        session,
        VISITOR,
        now,
        phase.handbook_id,
        Act.PERSON_SIGNED_UP,
        invitation.id,
        {"phase": phase.id, "organisation": organisation.id},
    )


def _organisation(session: Session, who: Invitee, now: datetime) -> Organisation:
    known = find_organisation(session, who.organisation)
    kind = who.kind or OrganisationKind.NGO.value
    return known or find_or_make_organisation(
        session, who.organisation, kind, who.municipality, now
    )


def _mail_confirmation(
    session: Session, phase: Phase, invitation: Invitation, now: datetime
) -> None:
    """Mail a link that confirms the address, at most once in NEW_LINK_INTERVAL."""
    newest = session.scalar(
        select(Link.created_at)
        .where(Link.invitation_id == invitation.id, Link.purpose == Purpose.CONFIRM)
        .order_by(Link.created_at.desc())
        .limit(1)
    )
    if newest is not None and now - newest < NEW_LINK_INTERVAL:
        return
    person = found(session.get(Person, invitation.person_id))
    link = make_short_link(
        session,
        now,
        person_id=person.id,
        purpose=Purpose.CONFIRM,
        lives=CONFIRM_LIVES,
        phase_id=phase.id,
        invitation_id=invitation.id,
    )
    assert invitation.address_id is not None
    post(
        session,
        now,
        MessageKind.CONFIRMATION,
        f"{MessageKind.CONFIRMATION.value}:{link.id}",
        person_id=person.id,
        address_id=invitation.address_id,
        language=person.language,
        handbook_id=phase.handbook_id,
        phase_id=phase.id,
        context={"invitation": invitation.id, "link": link.id},
    )


@dataclass(frozen=True)
class Confirmed:
    """The participant's own link, which the confirming browser may hold from now on."""

    link_id: str
    generation: int


def confirm(installation: Installation, link_id: str) -> Confirmed:
    """Make a sign-up count by its confirmation link; the same press again gives the same answer.

    Raises Refused: not found, link expired, round closed, not possible now (cancelled meanwhile).
    """
    now = installation.clock.now()
    with installation.database.write() as session:
        link = _confirmation(session, link_id, now)
        invitation = load_invitation(session, link.invitation_id)
        phase = found(session.get(Phase, invitation.phase_id))
        first = invitation.state is InvitationState.UNCONFIRMED
        if first:
            if not phase_facts(session, phase.id, now).phase_open:
                raise Refused(Reason.ROUND_CLOSED)
            _make_count(session, invitation, now)
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


def _confirmation(session: Session, link_id: str, now: datetime) -> Link:
    """Read a confirmation link. Raises Refused (not found, link expired)."""
    link = found(
        session.scalar(
            select(Link)
            .where(Link.id == link_id, Link.purpose == Purpose.CONFIRM)
            .with_for_update()
        )
    )
    if link.revoked_at is not None or (link.expires_at is not None and now >= link.expires_at):
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
    organisation = session.get(Organisation, invitation.organisation_id)
    if organisation is not None and not _is_of_others(session, organisation, invitation):
        affiliate(session, found(session.get(Person, invitation.person_id)), organisation, now)
    assign(session, invitation, now)
