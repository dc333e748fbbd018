"""Unsent words: private, of one invitation, and of nobody else."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from reviewtool.models.base import Base, WithId


class Unsent(WithId, Base):
    """What the person of an invitation has half written in one form.

    Only they ever read it: no page of editors, no export, no archive, no mail has a word of it.
    """

    __tablename__ = "unsent"
    __table_args__ = (UniqueConstraint("invitation_id", "form"),)

    invitation_id: Mapped[str] = mapped_column(ForeignKey("invitation.id"))
    form: Mapped[str]
    """Which form of the link's pages: SECTION:box, SECTION:decision, meeting, CONTRIBUTION:edit."""
    section_id: Mapped[str | None] = mapped_column(ForeignKey("section.id"), index=True)
    """The text that it is about; none: the whole handbook."""
    fields: Mapped[dict[str, str]] = mapped_column(JSON)
    mark: Mapped[str]
    """New at each keeping: who writes on from an older one is shown both."""
    updated_at: Mapped[datetime]
