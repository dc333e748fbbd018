"""The use case of clearing sign-ups that nobody confirmed, with what only they brought in."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, exists, select
from sqlalchemy.orm import Session

from reviewtool.domain.invitations import InvitationState, Origin
from reviewtool.infra.installation import Installation
from reviewtool.models.base import Base
from reviewtool.models.invitations import Invitation
from reviewtool.models.links import Link
from reviewtool.models.messages import Message
from reviewtool.models.organisations import Organisation
from reviewtool.models.people import Address, Person
from reviewtool.queries.facts import found
from reviewtool.services._invitations import organisation_of

KEPT = timedelta(days=14)
"""How long a sign-up waits for its confirmation; the mailed link lives for three days."""

AT_ONCE = 100


def clear_unconfirmed(installation: Installation) -> int:
    """Clear the sign-ups that have waited too long; gives how many. Done again it clears no more.

    Whoever typed an address needn't be whose it is: nothing of it is kept. The trace keeps what
    it has, public ids only, and nothing is added to it.
    """
    now = installation.clock.now()
    with installation.database.read() as session:
        if session.scalar(select(Invitation.id).where(_waited_too_long(now)).limit(1)) is None:
            return 0
    with installation.database.write() as session:
        rows = session.scalars(
            select(Invitation)
            .where(_waited_too_long(now))
            .order_by(Invitation.created_at, Invitation.id)
            .limit(AT_ONCE)
            .with_for_update(skip_locked=True)
        ).all()
        for invitation in rows:
            _clear(session, invitation)
        return len(rows)


def _waited_too_long(now: datetime) -> ColumnElement[bool]:
    """The condition on sign-ups whose last confirmation link has run out too."""
    alive = exists().where(Link.invitation_id == Invitation.id, Link.expires_at > now)
    return (
        (Invitation.state == InvitationState.UNCONFIRMED)
        & (Invitation.origin == Origin.SIGNED_UP)
        & (Invitation.created_at <= now - KEPT)
        & ~alive
    )


def _clear(session: Session, invitation: Invitation) -> None:
    person = found(session.get(Person, invitation.person_id))
    organisation = organisation_of(session, invitation)
    address = session.get(Address, invitation.address_id)
    _forget_mails(session, invitation)
    session.execute(delete(Link).where(Link.invitation_id == invitation.id))
    session.delete(invitation)
    session.flush()
    # Only what came with this sign-up goes; what was there before stays, referred to or not.
    for row in (address, person, organisation):
        if (
            row is not None
            and row.created_at == invitation.created_at
            and not _is_referred(session, row)
        ):
            session.execute(delete(type(row)).where(type(row).id == row.id))


def _forget_mails(session: Session, invitation: Invitation) -> None:
    """Delete the mails of the sign-up, by the invitation that stands in their context."""
    mails: Iterable[Message] = session.scalars(
        select(Message).where(
            Message.person_id == invitation.person_id, Message.phase_id == invitation.phase_id
        )
    )
    for mail in mails:
        if mail.context.get("invitation") == invitation.id:
            session.delete(mail)


def _is_referred(session: Session, row: Address | Person | Organisation) -> bool:
    """Tell whether any row of any table names this one, over every foreign key."""
    return any(
        session.scalar(select(exists().where(key.parent == row.id)))
        for table in Base.metadata.sorted_tables
        for key in table.foreign_keys
        if key.column.table.name == row.__tablename__
    )
