"""The use case of passing a link's task on to a colleague."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from reviewtool.domain.actors import Actor
from reviewtool.domain.invitations import InvitationMove, InvitationState, Origin
from reviewtool.domain.messages import MessageKind
from reviewtool.domain.people import LONGEST_NAME, AddressState
from reviewtool.domain.policy import Action
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.infra.installation import Installation
from reviewtool.models.invitations import Assignment, Invitation
from reviewtool.models.organisations import Organisation
from reviewtool.models.people import Person
from reviewtool.models.phases import Phase
from reviewtool.office.addresses import address_of
from reviewtool.queries.facts import found, phase_facts
from reviewtool.services._invitations import change, load_invitation, mail_way_in
from reviewtool.services._people import affiliate, find_person, give_address, make_person
from reviewtool.services._policy import require
from reviewtool.services._requests import earlier, remember
from reviewtool.services._trace import trace


def pass_on(
    installation: Installation, actor: Actor, name: str, address: str, request_id: str
) -> str:
    """Pass one's task on to a colleague, who gets their own link; gives the new invitation's id.

    The assignments of one's organisation go with it; one's own link keeps reading. Raises
    Refused: empty, bad address, not possible now (to oneself, twice, when ready, to somebody whom
    the editors took out of the phase), not allowed.
    """
    name, address = _checked(name, address)
    now = installation.clock.now()
    with installation.database.write() as session:
        giver = load_invitation(session, actor.invitation_id)
        before = earlier(session, actor, request_id, [name, address])
        if before is not None and before.same_words:
            return before.object_id
        require(actor, Action.ANSWER_INVITATION, phase_facts(session, giver.phase_id, now, actor))
        phase = found(session.get(Phase, giver.phase_id))
        taken = change(giver, InvitationMove.PASS_ON, now)
        receiver = _receiver(session, giver, name, address, now)
        session.execute(
            update(Assignment)
            .where(Assignment.invitation_id == giver.id)
            .values(invitation_id=receiver.id)
        )
        mail_way_in(
            session,
            phase,
            receiver,
            MessageKind.PASSED_ON,
            f"{MessageKind.PASSED_ON.value}:{giver.id}:{receiver.id}",
            now,
        )
        remember(session, actor, request_id, [name, address], receiver.id, now)
        if taken.traced is not None:
            facts: dict[str, str | int | bool | None] = {"phase": phase.id, "to": receiver.id}
            trace(session, actor, now, phase.handbook_id, taken.traced, giver.id, facts)
        return receiver.id


def _checked(name: str, address: str) -> tuple[str, str]:
    name, address = name.strip(), address_of(address)
    if not name:
        raise Refused(Reason.EMPTY, details={"field": "name"})
    if len(name) > LONGEST_NAME:
        raise Refused(Reason.TOO_LONG)
    if not address:
        raise Refused(Reason.BAD_ADDRESS)
    return name, address


def _receiver(
    session: Session, giver: Invitation, name: str, address: str, now: datetime
) -> Invitation:
    """Find the colleague in the phase, or ask them in."""
    language = found(session.get(Person, giver.person_id)).language
    person = find_person(session, address, name) or make_person(session, name, language, now)
    if person.id == giver.person_id:
        raise Refused(Reason.NOT_POSSIBLE_NOW)
    given = give_address(session, person, address, AddressState.OK, now)
    known = session.scalar(
        select(Invitation).where(
            Invitation.phase_id == giver.phase_id, Invitation.person_id == person.id
        )
    )
    if known is not None:
        if change(known, InvitationMove.TAKE_OVER, now).traced is not None:
            known.passed_from_id = giver.id
        return known
    organisation = session.get(Organisation, giver.organisation_id)
    if organisation is not None:
        affiliate(session, person, organisation, now)
    receiver = Invitation(
        phase_id=giver.phase_id,
        person_id=person.id,
        organisation_id=giver.organisation_id,
        address_id=given.id,
        state=InvitationState.INVITED,
        origin=Origin.PASSED_ON,
        passed_from_id=giver.id,
        invited_at=now,
        created_at=now,
    )
    session.add(receiver)
    session.flush()
    return receiver
