"""The trace: append-only rows in one hash chain per handbook, and the chain's head."""

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from reviewtool.domain.trace import Act
from reviewtool.models.base import Base, WithId, enum_column


class TraceRow(WithId, Base):
    """One act. `payload` is the exact text that was hashed."""

    __tablename__ = "trace_row"
    __table_args__ = (UniqueConstraint("handbook_id", "sequence"),)

    handbook_id: Mapped[str] = mapped_column(ForeignKey("handbook.id"))
    sequence: Mapped[int]
    act: Mapped[Act] = mapped_column(enum_column(Act))
    object_id: Mapped[str] = mapped_column(index=True)
    at: Mapped[datetime]
    payload: Mapped[str]
    previous_hash: Mapped[str]
    hash: Mapped[str]


class TraceHead(Base):
    """The end of a handbook's chain; locked last in every write transaction."""

    __tablename__ = "trace_head"

    handbook_id: Mapped[str] = mapped_column(ForeignKey("handbook.id"), primary_key=True)
    length: Mapped[int]
    hash: Mapped[str]
