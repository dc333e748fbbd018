"""Use cases of links: using up a single-use one, asking for a new one."""

from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from reviewtool.domain.actors import Actor
from reviewtool.domain.invitations import InvitationState
from reviewtool.domain.links import NEW_LINK_INTERVAL, Purpose
from reviewtool.domain.messages import MessageKind
from reviewtool.domain.people import fold
from reviewtool.infra.installation import Installation
from reviewtool.mail import addresses
from reviewtool.models.invitations import Invitation
from reviewtool.models.links import Link
from reviewtool.models.people import Address
from reviewtool.models.phases import Phase
from reviewtool.queries.facts import found, phase_facts
from reviewtool.queries.links import living_after
from reviewtool.services._asked_mail import mail_confirmation, may_be_mailed
from reviewtool.services._invitations import load_invitation
from reviewtool.services._outbox import post
from reviewtool.services._requests import earlier, remember

DOUBLE_PRESS = timedelta(minutes=1)
"""How long the same form may use a single-use link; anything later needs a new link."""


def link_url(installation: Installation, link_id: str, generation: int = 0) -> str:
    """Make the address of a link, as it stands in a mail: nothing secret is stored."""
    return addresses.link_url(installation.settings, link_id, generation)


def use_up(installation: Installation, actor: Actor, request_id: str | None = None) -> bool:
    """Use the single-use link by which somebody acts; False when somebody was first.

    The second half of a double press isn't a second use: the same form counts for a moment.
    """
    assert actor.link_id is not None
    now, link_id = installation.clock.now(), actor.link_id
    with installation.database.write() as session:
        before = earlier(session, actor, request_id, [link_id])
        if before is not None:
            return before.same_words and now - before.at <= DOUBLE_PRESS
        used = session.execute(
            update(Link)
            .where(
                Link.id == link_id,
                Link.used_at.is_(None),
                Link.revoked_at.is_(None),
                Link.expires_at > now,
            )
            .values(used_at=now)
            .returning(Link.id)
        ).one_or_none()
        if used is not None:
            remember(session, actor, request_id, [link_id], link_id, now)
        return used is not None


def send_again(installation: Installation, link_id: str) -> None:
    """Mail a link to the address that it was first sent to; says nothing about whether it is.

    In the place of one that was taken back goes the one that its person has been given since.

    A link that is asked for often is mailed at most once in NEW_LINK_INTERVAL, and a few times in
    a day.
    """
    _send(installation, link_id, installation.clock.now())


def _send(installation: Installation, link_id: str, now: datetime) -> None:
    slot = int(now.timestamp() // NEW_LINK_INTERVAL.total_seconds())
    with installation.database.write() as session:
        row = session.execute(
            select(Link, Invitation.address_id)
            .outerjoin(Invitation, Invitation.id == Link.invitation_id)
            .where(Link.id == living_after(link_id).limit(1).scalar_subquery())
            .with_for_update(of=Link)
        ).one_or_none()
        if row is None:
            return
        link = row.Link
        address = session.get(Address, row.address_id) if row.address_id else None
        if address is None:
            return
        if link.purpose is Purpose.CONFIRM:
            _confirm_anew(session, found(link.invitation_id), now)
            return
        if link.purpose is Purpose.SIGN_IN or not may_be_mailed(session, address.id, now):
            return
        post(
            session,
            now,
            MessageKind.NEW_LINK,
            f"new-link:{link.id}:{slot}",
            person_id=link.person_id,
            address_id=address.id,
            language=address.person.language,
            handbook_id=session.scalar(select(Phase.handbook_id).where(Phase.id == link.phase_id)),
            phase_id=link.phase_id,
            context={"link": link.id},
        )


def _confirm_anew(session: Session, invitation_id: str, now: datetime) -> None:
    """Mail a confirmation anew whose link wasn't pressed in time, while signing up is possible."""
    invitation = load_invitation(session, invitation_id)
    phase = found(session.get(Phase, invitation.phase_id))
    waits = invitation.state is InvitationState.UNCONFIRMED
    if waits and phase_facts(session, phase.id, now).phase_open:
        mail_confirmation(session, phase, invitation, now)


def send_to_address(installation: Installation, written: str) -> None:
    """Mail all living links of an address to it; the page says the same whether it is known."""
    now = installation.clock.now()
    with installation.database.read() as session:
        ids = session.scalars(
            select(Link.id)
            .join(Invitation, Invitation.id == Link.invitation_id)
            .join(Address, Address.id == Invitation.address_id)
            .where(
                Address.folded == fold(written),
                Link.revoked_at.is_(None),
                Link.purpose.in_((Purpose.PARTICIPATE, Purpose.APPROVE)),
            )
            .order_by(Link.created_at.desc())
            .limit(10)
        ).all()
    for link_id in ids:
        _send(installation, link_id, now)
