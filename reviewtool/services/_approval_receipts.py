"""The step that posts an approver's receipt: one for all the decisions of a sitting."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from reviewtool.domain.actors import Actor
from reviewtool.domain.messages import MessageKind, MessageState
from reviewtool.models.invitations import Invitation
from reviewtool.models.messages import Message
from reviewtool.models.phases import Phase
from reviewtool.services._outbox import post

SITTING = timedelta(minutes=10)
"""How long a receipt waits for the next decision, while texts are still without one."""


def post_receipt(
    session: Session,
    now: datetime,
    actor: Actor,
    invitation: Invitation,
    phase: Phase,
    *,
    event: str,
    complete: bool,
) -> None:
    """Post the receipt of a decision or an objection, unless one is waiting that will tell of it.

    A receipt is written at sending time and tells of all decisions; so somebody who decides on
    twenty texts one by one gets one, not twenty. event: the id of what was recorded. complete:
    nothing more is to be expected, and the receipt goes out at once.
    """
    if invitation.address_id is None or actor.link_id is None:
        return
    waiting = session.scalars(
        select(Message)
        .where(
            Message.kind == MessageKind.APPROVAL_RECEIPT,
            Message.person_id == invitation.person_id,
            Message.phase_id == phase.id,
            Message.state == MessageState.QUEUED,
        )
        .with_for_update()  # else it could be on its way, written before this decision
    ).first()
    if waiting is not None:
        waiting.not_before = now if complete else waiting.not_before
        return
    post(
        session,
        now,
        MessageKind.APPROVAL_RECEIPT,
        f"approval-receipt:{event}",
        person_id=invitation.person_id,
        address_id=invitation.address_id,
        language=actor.language,
        handbook_id=phase.handbook_id,
        phase_id=phase.id,
        context={"invitation": invitation.id, "link": actor.link_id},
        not_before=now if complete else now + SITTING,
    )
