"""Starting texts: another handbook taken as the base, and what each section inherited of it."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from reviewtool.models.base import Base, WithId


class StartingText(WithId, Base):
    """A handbook of somebody else from which ours began, with credit and permission."""

    __tablename__ = "starting_text"

    handbook_id: Mapped[str] = mapped_column(ForeignKey("handbook.id"), unique=True)
    title: Mapped[str]
    credit: Mapped[str]
    """Whose it is, as readers are told."""
    permission: Mapped[str]
    """Who allowed it, and what: a licence, or a person's words."""
    dated_on: Mapped[date | None]
    """The day of the edition that was taken."""
    address: Mapped[str] = mapped_column(default="")
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]


class Inheritance(WithId, Base):
    """The revision of a section that was taken over from the starting text."""

    __tablename__ = "inheritance"
    __table_args__ = (UniqueConstraint("section_id", "language"),)

    starting_text_id: Mapped[str] = mapped_column(ForeignKey("starting_text.id"), index=True)
    section_id: Mapped[str] = mapped_column(ForeignKey("section.id"))
    language: Mapped[str]
    revision_id: Mapped[str] = mapped_column(ForeignKey("revision.id"))
