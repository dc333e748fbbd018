"""Steps that give somebody's part in a phase to another person, with a part of their own."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from reviewtool.domain.invitations import InvitationMove, InvitationState, Origin
from reviewtool.domain.people import LONGEST_NAME, AddressState, holds_an_address
from reviewtool.domain.phases import PhaseState
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.models.invitations import Assignment, Invitation
from reviewtool.models.people import Address, Person
from reviewtool.models.phases import Phase
from reviewtool.office.addresses import address_of
from reviewtool.queries.facts import found
from reviewtool.services._invitations import change, organisation_of
from reviewtool.services._people import affiliate, find_colleague_at, give_address, make_person


def checked_name(name: str, address: str) -> tuple[str, str]:
    """Tidy a name and an address. Raises Refused: empty, too long, name holds
    address, bad address."""
    name, address = " ".join(name.split()), address_of(address)
    if not name:
        raise Refused(Reason.EMPTY, details={"field": "name"})
    if len(name) > LONGEST_NAME:
        raise Refused(Reason.TOO_LONG)
    if holds_an_address(name):
        raise Refused(Reason.NAME_HOLDS_ADDRESS, details={"field": "name"})
    if not address:
        raise Refused(Reason.BAD_ADDRESS)
    return name, address


def find_colleague(
    session: Session, person_id: str, name: str, address: str, now: datetime
) -> tuple[Person, Address]:
    """Find or make the other person. Raises Refused (not possible now) for oneself."""
    language = found(session.get(Person, person_id)).language
    person = find_colleague_at(session, address, name) or make_person(session, name, language, now)
    if person.id == person_id:
        raise Refused(Reason.NOT_POSSIBLE_NOW)
    return person, give_address(session, person, address, AddressState.OK, now)


def receive(
    session: Session,
    giver: Invitation,
    phase: Phase,
    person: Person,
    address_id: str,
    origin: Origin,
    move: InvitationMove,
    now: datetime,
) -> Invitation:
    """Find another person's part in the giver's phase, or make it; a planned phase asks later.

    move: what is done about somebody who is in the phase already. Raises Refused where the table
    refuses that.
    """
    known = session.scalar(
        select(Invitation)
        .where(Invitation.phase_id == giver.phase_id, Invitation.person_id == person.id)
        .with_for_update()
    )
    if known is not None:
        if change(known, move, now).traced is not None:
            known.passed_from_id = giver.id
            known.origin = origin
        known.address_id = known.address_id or address_id
        if known.organisation_id == giver.organisation_id:
            known.vouched = known.vouched or giver.vouched
        return known
    organisation = organisation_of(session, giver)
    if organisation is not None:
        affiliate(session, person, organisation, now)
    planned = phase.state is PhaseState.PLANNED
    receiver = Invitation(
        phase_id=giver.phase_id,
        person_id=person.id,
        organisation_id=giver.organisation_id,
        address_id=address_id,
        state=InvitationState.PREPARED if planned else InvitationState.INVITED,
        origin=origin,
        vouched=giver.vouched,
        passed_from_id=giver.id,
        invited_at=None if planned else now,
        created_at=now,
    )
    session.add(receiver)
    session.flush()
    return receiver


def hand_over(session: Session, giver: Invitation, receiver: Invitation) -> None:
    """Let another person hold the tasks of an invitation."""
    session.execute(
        update(Assignment)
        .where(Assignment.invitation_id == giver.id)
        .values(invitation_id=receiver.id)
    )
