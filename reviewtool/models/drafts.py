"""Drafts: numbered, frozen sets of revisions, with the tree as it stood."""

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from reviewtool.models.base import Base, WithId


class Draft(WithId, Base):
    """A frozen draft: 1, 2, …; a correction of one is numbered 1.1, with its reason."""

    __tablename__ = "draft"
    __table_args__ = (UniqueConstraint("handbook_id", "number", "correction"),)

    handbook_id: Mapped[str] = mapped_column(ForeignKey("handbook.id"))
    process_id: Mapped[str] = mapped_column(ForeignKey("process.id"))
    number: Mapped[int]
    correction: Mapped[int] = mapped_column(default=0)
    reason: Mapped[str] = mapped_column(default="")
    frozen_by_id: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    frozen_at: Mapped[datetime]

    @property
    def label(self) -> str:
        """Give the number as people say it: 2, or 2.1 for a correction."""
        return f"{self.number}.{self.correction}" if self.correction else str(self.number)


class DraftItem(WithId, Base):
    """One section of a draft in one language, where it stood in the tree then."""

    __tablename__ = "draft_item"
    __table_args__ = (UniqueConstraint("draft_id", "section_id", "language"),)

    draft_id: Mapped[str] = mapped_column(ForeignKey("draft.id"))
    section_id: Mapped[str] = mapped_column(ForeignKey("section.id"), index=True)
    language: Mapped[str]
    revision_id: Mapped[str] = mapped_column(ForeignKey("revision.id"))
    parent_id: Mapped[str | None] = mapped_column(ForeignKey("section.id"))
    place: Mapped[int]
    """The section's place in the reading order of the whole draft, from 0."""
