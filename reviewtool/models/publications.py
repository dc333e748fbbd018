"""Publications: each time that a frozen draft became what the public reads."""

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from reviewtool.domain.editions import Number
from reviewtool.models.base import Base, WithId


class Publication(WithId, Base):
    """A published draft; the newest one is what the public reads, earlier ones are kept."""

    __tablename__ = "publication"
    __table_args__ = (UniqueConstraint("handbook_id", "edition", "correction"),)

    handbook_id: Mapped[str] = mapped_column(ForeignKey("handbook.id"), index=True)
    draft_id: Mapped[str] = mapped_column(ForeignKey("draft.id"))
    edition: Mapped[int]
    correction: Mapped[int] = mapped_column(default=0)
    note: Mapped[str] = mapped_column(default="")
    """Why it was published although approvals or answers were missing; the public reads it."""
    published_by_id: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    published_at: Mapped[datetime]

    @property
    def number(self) -> Number:
        """Give the number of the edition that it made."""
        return Number(self.edition, self.correction)
