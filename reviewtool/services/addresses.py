"""Use cases of a person's addresses: corrected, added, chosen for mail, taken out of use."""

from __future__ import annotations

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from reviewtool.domain.actors import Actor
from reviewtool.domain.invitations import TAKING_PART
from reviewtool.domain.links import Purpose
from reviewtool.domain.messages import MessageState
from reviewtool.domain.people import AddressState
from reviewtool.domain.phases import PhaseState
from reviewtool.domain.policy import Action
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.domain.trace import Act
from reviewtool.infra.installation import Installation
from reviewtool.models.invitations import Invitation
from reviewtool.models.links import Link
from reviewtool.models.messages import Message
from reviewtool.models.people import Account, Address, Person
from reviewtool.models.phases import Phase
from reviewtool.office.addresses import address_of
from reviewtool.queries.facts import found, handbook_facts
from reviewtool.services._invitations import mail_new_link
from reviewtool.services._people import give_address, has_account, person_here
from reviewtool.services._policy import require
from reviewtool.services._requests import earlier, remember
from reviewtool.services._trace import trace

WAITING = (MessageState.QUEUED, MessageState.DEFERRED)


def correct_address(
    installation: Installation,
    actor: Actor,
    handbook_id: str,
    address_id: str,
    written: str,
    request_id: str,
) -> None:
    """Put another address in place of one, in all of a handbook's phases, and mail the link there.

    Mail that still waits goes to the new one. Where nobody had come in or confirmed a sign-up
    by the old address, links that were sent to it stop working: it may be a stranger's. Raises
    Refused: bad address, not found, not allowed (the address of somebody with an account, for all
    but administrators).
    """
    address = address_of(written)
    if not address:
        raise Refused(Reason.BAD_ADDRESS)
    now = installation.clock.now()
    words = [address_id, address]
    with installation.database.write() as session:
        require(actor, Action.RUN_PROCESS, handbook_facts(session, handbook_id))
        before = earlier(session, actor, request_id, words)
        if before is not None and before.same_words:
            return
        old = found(session.get(Address, address_id))
        rows = _parts(session, handbook_id, old)
        if not rows:
            raise Refused(Reason.NOT_FOUND)
        person = found(session.get(Person, old.person_id))
        new = give_address(
            session, person, address, AddressState.OK, now, vouched=actor.administrator
        )
        if new.id == old.id:
            return
        for invitation, phase in rows:
            if old.shared or not _was_reached(session, invitation):
                _stop_links(session, invitation)
            _move_part(session, invitation, new)
            if invitation.state in TAKING_PART:
                mail_new_link(session, phase, invitation, now)
        if not _used_elsewhere(session, old):
            old.state = AddressState.DEAD
        remember(session, actor, request_id, words, new.id, now)
        facts: dict[str, str | int | bool | None] = {"old": old.id, "new": new.id}
        trace(session, actor, now, handbook_id, Act.ADDRESS_CORRECTED, person.id, facts)


def add_address(
    installation: Installation,
    actor: Actor,
    handbook_id: str,
    person_id: str,
    written: str,
    request_id: str,
) -> None:
    """Note a further address of a person; mail goes there once it is chosen.

    One that was out of use is in use again. Raises Refused: bad address, not found, not allowed
    (for somebody with an account, for all but administrators).
    """
    address = address_of(written)
    if not address:
        raise Refused(Reason.BAD_ADDRESS)
    now = installation.clock.now()
    words = [person_id, address]
    with installation.database.write() as session:
        person = _person_of(session, actor, handbook_id, person_id)
        before = earlier(session, actor, request_id, words)
        if before is not None and before.same_words:
            return
        row = give_address(
            session, person, address, AddressState.OK, now, vouched=actor.administrator
        )
        if row.state is not AddressState.OK:
            _vouch(session, actor, person)
            row.state = AddressState.OK
        remember(session, actor, request_id, words, row.id, now)
        trace(session, actor, now, handbook_id, Act.ADDRESS_ADDED, person.id, {"address": row.id})


def choose_address(
    installation: Installation,
    actor: Actor,
    handbook_id: str,
    address_id: str,
    request_id: str,
) -> None:
    """Let all mail of a handbook go to one of a person's addresses, and mail the open links there.

    Links that were sent elsewhere work on, but for those in a shared box, where others read them.
    Raises Refused: not found, not possible now (an address out of use), not allowed.
    """
    now = installation.clock.now()
    with installation.database.write() as session:
        address = found(session.get(Address, address_id))
        person = _person_of(session, actor, handbook_id, address.person_id)
        before = earlier(session, actor, request_id, [address_id])
        if before is not None and before.same_words:
            return
        if address.state is AddressState.DEAD:
            raise Refused(Reason.NOT_POSSIBLE_NOW)
        rows = session.execute(
            select(Invitation, Phase)
            .join(Phase, Phase.id == Invitation.phase_id)
            .where(Phase.handbook_id == handbook_id, Invitation.person_id == person.id)
            .with_for_update()
        )
        for invitation, phase in rows.all():
            if invitation.address_id == address.id:
                continue
            if _is_shared(session, invitation.address_id) and not address.shared:
                _stop_links(session, invitation)
            _move_part(session, invitation, address)
            if phase.state is PhaseState.OPEN and invitation.state in TAKING_PART:
                mail_new_link(session, phase, invitation, now)
        remember(session, actor, request_id, [address_id], address.id, now)
        trace(
            session, actor, now, handbook_id, Act.ADDRESS_CHOSEN, person.id,
            {"address": address.id},
        )  # fmt: skip


def end_address(
    installation: Installation,
    actor: Actor,
    handbook_id: str,
    address_id: str,
    request_id: str,
) -> None:
    """Take an address out of use: it is kept for what was sent there, and nobody signs in by it.

    Mail bounced from it, or it is wanted no more. Where a person's mail goes there, they get none
    until another is chosen or it is put right. Raises Refused: not found, not allowed (the address
    of somebody with an account, for all but administrators).
    """
    now = installation.clock.now()
    with installation.database.write() as session:
        address = found(session.get(Address, address_id))
        person = _person_of(session, actor, handbook_id, address.person_id)
        before = earlier(session, actor, request_id, [address_id])
        if before is not None and before.same_words:
            return
        _vouch(session, actor, person)
        address.state = AddressState.DEAD
        remember(session, actor, request_id, [address_id], address.id, now)
        trace(
            session, actor, now, handbook_id, Act.ADDRESS_DEAD, person.id, {"address": address.id}
        )


def _person_of(session: Session, actor: Actor, handbook_id: str, person_id: str) -> Person:
    """Find somebody who takes part in a handbook. Raises Refused: not found, not allowed."""
    require(actor, Action.RUN_PROCESS, handbook_facts(session, handbook_id))
    return person_here(session, handbook_id, person_id)


def _is_shared(session: Session, address_id: str | None) -> bool:
    address = session.get(Address, address_id) if address_id else None
    return address is not None and address.shared


def _vouch(session: Session, actor: Actor, person: Person) -> None:
    """Let only administrators change by which addresses somebody with an account signs in."""
    if has_account(session, person.id) and not actor.administrator:
        raise Refused(Reason.NOT_ALLOWED)


def _parts(session: Session, handbook_id: str, address: Address) -> list[tuple[Invitation, Phase]]:
    rows = session.execute(
        select(Invitation, Phase)
        .join(Phase, Phase.id == Invitation.phase_id)
        .where(Phase.handbook_id == handbook_id, Invitation.address_id == address.id)
        .with_for_update()
    )
    return [(row.Invitation, row.Phase) for row in rows]


def _was_reached(session: Session, invitation: Invitation) -> bool:
    """Tell whether a person has shown that mail reached them: came in, or confirmed a sign-up."""
    confirmed = select(Link.id).where(
        Link.invitation_id == invitation.id,
        Link.purpose == Purpose.CONFIRM,
        Link.used_at.is_not(None),
    )
    return invitation.came_in_at is not None or session.scalar(confirmed.limit(1)) is not None


def _move_part(session: Session, invitation: Invitation, new: Address) -> None:
    """Put a person's part in a phase, and its waiting mail, to another address."""
    if invitation.address_id is not None:
        _point_mail(session, invitation.phase_id, invitation.address_id, new.id)
    invitation.address_id = new.id


def _stop_links(session: Session, invitation: Invitation) -> None:
    session.execute(
        update(Link)
        .where(Link.invitation_id == invitation.id)
        .values(generation=Link.generation + 1)
    )


def _point_mail(session: Session, phase_id: str, old_id: str, new_id: str) -> None:
    session.execute(
        update(Message)
        .where(
            Message.phase_id == phase_id,
            Message.address_id == old_id,
            Message.state.in_(WAITING),
        )
        .values(address_id=new_id)
    )


def _used_elsewhere(session: Session, address: Address) -> bool:
    session.flush()
    invited = select(Invitation.id).where(Invitation.address_id == address.id).limit(1)
    account = select(Account.id).where(Account.person_id == address.person_id).limit(1)
    return session.scalar(invited) is not None or session.scalar(account) is not None
