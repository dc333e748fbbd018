"""Use cases of people: the municipalities they come from, why one isn't reached, their erasure."""

from __future__ import annotations

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from reviewtool.domain.actors import Actor
from reviewtool.domain.messages import MessageState
from reviewtool.domain.people import AddressState, fold
from reviewtool.domain.policy import Action, Facts
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.domain.trace import Act
from reviewtool.infra.i18n import gettext as _
from reviewtool.infra.i18n import speaking
from reviewtool.infra.installation import Installation
from reviewtool.mail.mailbox import Mailbox
from reviewtool.models.handbooks import Membership
from reviewtool.models.invitations import Invitation
from reviewtool.models.links import Link
from reviewtool.models.messages import Message
from reviewtool.models.organisations import Affiliation
from reviewtool.models.people import Account, Address, Person
from reviewtool.models.phases import Phase
from reviewtool.queries.facts import found, handbook_facts
from reviewtool.queries.shared_rows import person_handbooks
from reviewtool.services._erasing import drop_originals, leave_contacts, rename_in_approvals
from reviewtool.services._invitations import load_invitation
from reviewtool.services._municipalities import add_municipalities
from reviewtool.services._policy import require
from reviewtool.services._requests import earlier, remember
from reviewtool.services._statements import forget_member
from reviewtool.services._trace import trace
from reviewtool.services._unsent import erase_unsent

LONGEST_NOTE = 1_000

WAITING = (MessageState.QUEUED, MessageState.DEFERRED)


def load_municipalities(installation: Installation) -> int:
    """Fill the table of municipalities; gives how many were missing."""
    with installation.database.write() as session:
        return add_municipalities(session)


def note_unreached(
    installation: Installation,
    actor: Actor,
    handbook_id: str,
    invitation_id: str,
    words: str,
    request_id: str,
) -> None:
    """Note why somebody isn't reached in a phase; empty words take the note away.

    For the editors only; nobody is mailed. Raises Refused: too long, not found, not allowed.
    """
    words = words.strip()
    if len(words) > LONGEST_NOTE:
        raise Refused(Reason.TOO_LONG)
    now = installation.clock.now()
    form = ["unreached", invitation_id, words]
    with installation.database.write() as session:
        require(actor, Action.RUN_PROCESS, handbook_facts(session, handbook_id))
        invitation = load_invitation(session, invitation_id)
        phase = found(session.get(Phase, invitation.phase_id))
        if phase.handbook_id != handbook_id:
            raise Refused(Reason.NOT_FOUND)
        before = earlier(session, actor, request_id, form)
        if (before is not None and before.same_words) or invitation.unreached_note == words:
            return
        invitation.unreached_note = words or None
        remember(session, actor, request_id, form, invitation_id, now)
        facts: dict[str, str | int | bool | None] = {"phase": phase.id, "noted": bool(words)}
        trace(session, actor, now, handbook_id, Act.PERSON_NOTED, invitation_id, facts)


def erase_person(installation: Installation, actor: Actor, person_id: str) -> None:
    """Erase a person: a pseudonym stays under what they said, and all ways to them are gone.

    Contributions, answers, approvals and the trace stand as they are (rule 12): the trace holds
    public ids only, which nothing ties to the name again. Only where approvals name the person in
    words does the pseudonym stand instead; the originals of what was recorded, contacts of phases
    and handbooks, half-written words, and letters of the local mailbox go. Erasing again does
    nothing. Raises Refused.
    """
    now = installation.clock.now()
    with installation.database.write() as session:
        require(actor, Action.ADMINISTER, Facts())
        person = found(
            session.scalar(select(Person).where(Person.id == person_id).with_for_update())
        )
        if person.erased_at is not None:
            return
        handbooks = sorted(person_handbooks(session, (person_id,)))
        names, addresses = [person.name], [address.written for address in person.addresses]
        with speaking(installation.settings.language):
            person.name = _("Erased person %(code)s", code=person.id[:4])
        for double in session.scalars(select(Person).where(Person.merged_into_id == person_id)):
            names.append(double.name)
            double.name, double.erased_at = person.name, now
        rename_in_approvals(session, person_id, names, person.name)
        leave_contacts(session, names, addresses)
        drop_originals(session, person_id)
        erase_unsent(session, person_id)
        new = forget_member(session, person_id, now)
        person.erased_at = now
        _erase_ways(session, person_id)
        session.execute(
            update(Link)
            .where(Link.person_id == person_id, Link.revoked_at.is_(None))
            .values(revoked_at=now)
        )
        for one in new:
            one.trace(session, actor, now)
        for handbook_id in handbooks:
            trace(session, actor, now, handbook_id, Act.PERSON_ERASED, person_id)
    Mailbox(installation.settings.mailbox_dir).forget(addresses)


def _erase_ways(session: Session, person_id: str) -> None:
    """Empty the person's addresses, end the account, stop the mail that waits.

    The rows of addresses stay: invitations and sent messages refer to them.
    """
    for address in session.scalars(select(Address).where(Address.person_id == person_id)):
        address.written = ""
        address.folded = fold(f"erased {address.id}")
        address.shared = False
        address.state = AddressState.DEAD
    account = session.scalar(select(Account).where(Account.person_id == person_id))
    if account is not None:
        account.active = False
        account.password_hash = None
        account.generation += 1
    session.execute(delete(Membership).where(Membership.person_id == person_id))
    session.execute(delete(Affiliation).where(Affiliation.person_id == person_id))
    session.execute(
        update(Invitation)
        .where(Invitation.person_id == person_id)
        .values(decline_reason=None, unreached_note=None)
    )
    session.execute(
        update(Message)
        .where(Message.person_id == person_id, Message.state.in_(WAITING))
        .values(state=MessageState.CANCELLED)
    )
    session.execute(update(Message).where(Message.person_id == person_id).values(error=""))
