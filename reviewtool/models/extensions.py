"""Extensions: one organisation has more time in a phase than the others."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from reviewtool.models.base import Base, WithId


class Extension(WithId, Base):
    """An organisation may write in a phase until the end of a later day, whoever has to stop."""

    __tablename__ = "extension"
    __table_args__ = (UniqueConstraint("phase_id", "organisation_id"),)

    phase_id: Mapped[str] = mapped_column(ForeignKey("phase.id"))
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"), index=True)
    closes_on: Mapped[date]
    reason: Mapped[str]
    """Why: for the editors only."""
    given_by_id: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime]
