"""Interviews: who was asked, when and in what role, what they agreed to, and what was noted."""

from datetime import date, datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from reviewtool.domain.contributions import NameShown
from reviewtool.domain.interviews import NoteWish
from reviewtool.models.base import Base, WithId, enum_column


class Interview(WithId, Base):
    """One talk with one person of an interviews phase."""

    __tablename__ = "interview"

    phase_id: Mapped[str] = mapped_column(ForeignKey("phase.id"), index=True)
    invitation_id: Mapped[str] = mapped_column(ForeignKey("invitation.id"), index=True)
    """The interviewed person's part in the phase: it holds their link and address."""
    held_on: Mapped[date]
    role: Mapped[str] = mapped_column(default="")
    """In what role the person spoke, in words."""
    consent: Mapped[NameShown] = mapped_column(enum_column(NameShown))
    """How the person agreed to be shown; the notes carry it too."""
    quotable: Mapped[bool] = mapped_column(default=False)
    """Whether the person agreed that the notes may be published."""
    sent_at: Mapped[datetime | None]
    """When the person was last mailed the link to the notes."""
    confirmed_at: Mapped[datetime | None]
    """When the person said that the notes are right as they stand."""
    created_at: Mapped[datetime]


class InterviewNote(Base):
    """A contribution that was noted in an interview, and what the person wishes of it."""

    __tablename__ = "interview_note"

    contribution_id: Mapped[str] = mapped_column(ForeignKey("contribution.id"), primary_key=True)
    interview_id: Mapped[str] = mapped_column(ForeignKey("interview.id"), index=True)
    wish: Mapped[NoteWish | None] = mapped_column(enum_column(NoteWish))
    """What the person asks for since they have read the note; none: nothing is asked."""
    wished_at: Mapped[datetime | None]
