"""Messages: the outbox, which is the queue of record for mail."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from reviewtool.domain.messages import MessageKind, MessageState
from reviewtool.models.base import Base, WithId, enum_column


class Message(WithId, Base):
    """One outgoing mail: what it is about, and how its delivery stands.

    Subject and body are rendered at sending time from `context`, which holds public ids only;
    `event` makes it unique: at most one message for one (person, event, deadline).
    """

    __tablename__ = "message"
    __table_args__ = (Index("ix_message_due", "state", "not_before"),)

    kind: Mapped[MessageKind] = mapped_column(enum_column(MessageKind))
    event: Mapped[str] = mapped_column(unique=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    address_id: Mapped[str] = mapped_column(ForeignKey("address.id"))
    handbook_id: Mapped[str | None] = mapped_column(ForeignKey("handbook.id"), index=True)
    phase_id: Mapped[str | None] = mapped_column(ForeignKey("phase.id"), index=True)
    language: Mapped[str]
    context: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    state: Mapped[MessageState] = mapped_column(enum_column(MessageState))
    not_before: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(default=0)
    lease: Mapped[str | None]
    """The claim that may settle it; another one can't (rule 7)."""
    leased_until: Mapped[datetime | None]
    error: Mapped[str] = mapped_column(default="")
    sent_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
