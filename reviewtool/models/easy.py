"""Easy-language summaries of a round's request and of texts, written by the editors."""

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from reviewtool.models.base import Base, WithId


class EasySummary(WithId, Base):
    """A summary in easy language (selkokieli, lättläst): of a request or of a text."""

    __tablename__ = "easy_summary"
    __table_args__ = (
        UniqueConstraint("phase_id", "language"),
        UniqueConstraint("section_id", "language"),
    )

    handbook_id: Mapped[str] = mapped_column(ForeignKey("handbook.id"), index=True)
    phase_id: Mapped[str | None] = mapped_column(ForeignKey("phase.id"))
    section_id: Mapped[str | None] = mapped_column(ForeignKey("section.id"))
    """One of the two."""
    language: Mapped[str]
    words: Mapped[str]
    version: Mapped[int] = mapped_column(default=1)
    updated_at: Mapped[datetime]
