"""The step that puts a mail into the outbox, in the same transaction as what it tells of."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from reviewtool.domain.messages import MessageKind, MessageState
from reviewtool.models.messages import Message


def post(
    session: Session,
    now: datetime,
    kind: MessageKind,
    event: str,
    *,
    person_id: str,
    address_id: str,
    language: str,
    handbook_id: str | None = None,
    phase_id: str | None = None,
    context: Mapping[str, str] | None = None,
    not_before: datetime | None = None,
) -> Message | None:
    """Queue a mail, unless this very event has its mail already (rule 8); give the new row.

    event: names what happened, without the person: "invitation:<invitation id>".
    context: public ids that the mail is rendered from at sending time.
    """
    key = f"{event}:{person_id}"
    if session.scalar(select(Message.id).where(Message.event == key)):
        return None
    message = Message(
        kind=kind,
        event=key,
        person_id=person_id,
        address_id=address_id,
        language=language,
        handbook_id=handbook_id,
        phase_id=phase_id,
        context=dict(context or {}),
        state=MessageState.QUEUED,
        not_before=not_before or now,
        created_at=now,
    )
    session.add(message)
    return message
