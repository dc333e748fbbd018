"""Steps on mail that anybody can ask for to an address: a confirmation, a link once more.

Who asks needn't be whose the address is. So there is one such mail in a while, and a few in a day.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from reviewtool.domain.links import NEW_LINK_INTERVAL, Purpose
from reviewtool.domain.messages import MessageKind
from reviewtool.models.invitations import Invitation
from reviewtool.models.links import Link
from reviewtool.models.messages import Message
from reviewtool.models.people import Address, Person
from reviewtool.models.phases import Phase
from reviewtool.queries.facts import found
from reviewtool.services._links import make_short_link
from reviewtool.services._outbox import post

CONFIRM_LIVES = timedelta(days=3)

MOST_A_DAY = 4
"""How often one address is sent such mail within a day, whoever asks for it.

What one request brings, a link for each task of each person who reads there, counts once.
"""

_ASKED_FOR = (MessageKind.CONFIRMATION, MessageKind.NEW_LINK)


def may_be_mailed(session: Session, address_id: str, now: datetime) -> bool:
    """Tell whether an address, under whatever names it stands, may get one more of these mails.

    now: the moment of the request, the same for all that it brings.
    """
    folded = select(Address.folded).where(Address.id == address_id).scalar_subquery()
    requests = session.scalar(
        select(func.count(Message.created_at.distinct()))
        .select_from(Message)
        .join(Address, Address.id == Message.address_id)
        .where(
            Address.folded == folded,
            Message.kind.in_(_ASKED_FOR),
            Message.created_at > now - timedelta(days=1),
            Message.created_at < now,
        )
    )
    return (requests or 0) < MOST_A_DAY


def mail_confirmation(
    session: Session, phase: Phase, invitation: Invitation, now: datetime
) -> None:
    """Mail a link that confirms the address, at most once in NEW_LINK_INTERVAL."""
    assert invitation.address_id is not None
    newest = session.scalar(
        select(func.max(Link.created_at)).where(
            Link.invitation_id == invitation.id, Link.purpose == Purpose.CONFIRM
        )
    )
    if newest is not None and now - newest < NEW_LINK_INTERVAL:
        return
    if not may_be_mailed(session, invitation.address_id, now):
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
