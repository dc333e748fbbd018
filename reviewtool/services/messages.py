"""Use cases of outgoing mail: sending again what failed, cancelling what waits."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from reviewtool.domain.actors import Actor
from reviewtool.domain.deliveries import MESSAGE_TABLE, MessageMove
from reviewtool.domain.messages import MessageState
from reviewtool.domain.policy import Action
from reviewtool.domain.tables import step
from reviewtool.infra.installation import Installation
from reviewtool.models.invitations import Invitation
from reviewtool.models.messages import Message
from reviewtool.queries.facts import found, handbook_facts
from reviewtool.services._policy import require
from reviewtool.services._requests import earlier, is_repeat, remember


def send_again(
    installation: Installation,
    actor: Actor,
    handbook_id: str,
    message_id: str,
    request_id: str | None = None,
) -> None:
    """Queue a message anew, to the address that its invitation has now. Raises Refused."""
    now = installation.clock.now()
    words = ["send-again", message_id]
    with installation.database.write() as session:
        require(actor, Action.RUN_PROCESS, handbook_facts(session, handbook_id))
        if is_repeat(session, actor, request_id, words):
            return
        _queue(session, _message(session, handbook_id, message_id), now)
        remember(session, actor, request_id, words, message_id, now)


def send_failed_again(
    installation: Installation, actor: Actor, handbook_id: str, request_id: str | None = None
) -> int:
    """Queue all failed messages of a handbook anew, all or none; gives how many."""
    now = installation.clock.now()
    with installation.database.write() as session:
        require(actor, Action.RUN_PROCESS, handbook_facts(session, handbook_id))
        before = earlier(session, actor, request_id, [handbook_id])
        if before is not None:
            return int(before.object_id)
        failed = session.scalars(
            select(Message)
            .where(Message.handbook_id == handbook_id, Message.state == MessageState.FAILED)
            .order_by(Message.id)
            .with_for_update()
        ).all()
        for message in failed:
            _queue(session, message, now)
        remember(session, actor, request_id, [handbook_id], str(len(failed)), now)
        return len(failed)


def cancel(
    installation: Installation,
    actor: Actor,
    handbook_id: str,
    message_id: str,
    request_id: str | None = None,
) -> None:
    """Keep a message that waits from being sent. Raises Refused."""
    now = installation.clock.now()
    words = ["cancel", message_id]
    with installation.database.write() as session:
        require(actor, Action.RUN_PROCESS, handbook_facts(session, handbook_id))
        if is_repeat(session, actor, request_id, words):
            return
        message = _message(session, handbook_id, message_id)
        message.state = step(MESSAGE_TABLE, message.state, MessageMove.CANCEL).state
        remember(session, actor, request_id, words, message_id, now)


def _message(session: Session, handbook_id: str, message_id: str) -> Message:
    return found(
        session.scalar(
            select(Message)
            .where(Message.id == message_id, Message.handbook_id == handbook_id)
            .with_for_update()
        )
    )


def _queue(session: Session, message: Message, now: datetime) -> None:
    message.state = step(MESSAGE_TABLE, message.state, MessageMove.SEND_AGAIN).state
    message.not_before = now
    message.attempts = 0
    message.error = ""
    invitation_id = message.context.get("invitation")
    invitation = session.get(Invitation, invitation_id) if invitation_id else None
    if invitation is not None and invitation.address_id is not None:
        # An editor may have corrected it since.
        message.address_id = invitation.address_id
