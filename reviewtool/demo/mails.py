"""The demonstration's mail: what the past sent is noted as sent, only a few are really sent."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select, update

from reviewtool.demo.stage import Stage
from reviewtool.domain.messages import MessageState
from reviewtool.models.links import Link
from reviewtool.models.messages import Message


def settle_past_mail(stage: Stage, keep: Sequence[str]) -> None:
    """Note the mail of the past as sent, but for the newest to some people.

    keep: links whose holders' newest mail still goes out, so that the mailbox shows real ones.
    No use case can say that something was sent long ago, so the rows are written here.
    """
    with stage.installation.database.write() as session:
        newest = (
            select(func.max(Message.created_at))
            .where(Message.person_id == Link.person_id)
            .correlate(Link)
            .scalar_subquery()
        )
        going = session.scalars(
            select(Message.id)
            .join(Link, Link.person_id == Message.person_id)
            .where(Link.id.in_(keep), Message.created_at == newest)
        ).all()
        session.execute(
            update(Message)
            .where(Message.state == MessageState.QUEUED, Message.id.not_in(going))
            .values(state=MessageState.SENT, attempts=1, sent_at=Message.created_at)
        )
