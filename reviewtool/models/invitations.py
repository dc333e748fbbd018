"""Invitations and assignments: who is asked for what, and how far they are."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from reviewtool.domain.invitations import InvitationState, Origin
from reviewtool.models.base import Base, WithId, enum_column


class Invitation(WithId, Base):
    """A person asked into a phase, for an organisation, at one address."""

    __tablename__ = "invitation"
    __table_args__ = (
        UniqueConstraint("phase_id", "person_id"),
        Index("ix_invitation_phase_state", "phase_id", "state"),
    )

    phase_id: Mapped[str] = mapped_column(ForeignKey("phase.id"))
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    organisation_id: Mapped[str | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    address_id: Mapped[str | None] = mapped_column(ForeignKey("address.id"))
    """Empty for people whose words were recorded on their behalf without an address."""
    state: Mapped[InvitationState] = mapped_column(enum_column(InvitationState))
    origin: Mapped[Origin] = mapped_column(enum_column(Origin))
    vouched: Mapped[bool] = mapped_column(default=False)
    """Whether the organisation's name is vouched for: the editors asked its person in, or said that
    they speak for it; or somebody asked them in for whom that holds."""
    passed_from_id: Mapped[str | None] = mapped_column(ForeignKey("invitation.id"))
    invited_at: Mapped[datetime | None]
    came_in_at: Mapped[datetime | None]
    ready_at: Mapped[datetime | None]
    decline_reason: Mapped[str | None]
    """Why the person doesn't take part, in their words: for the editors only."""
    unreached_note: Mapped[str | None]
    """Why the person isn't reached, as an editor noted it: for the editors only."""
    reply_mail: Mapped[bool] = mapped_column(default=True)
    """Whether the person is mailed of replies to what they wrote in the phase."""
    created_at: Mapped[datetime]


class Assignment(WithId, Base):
    """What is asked of an organisation in a phase; held by one invited person, transferable."""

    __tablename__ = "assignment"
    __table_args__ = (UniqueConstraint("phase_id", "organisation_id"),)

    phase_id: Mapped[str] = mapped_column(ForeignKey("phase.id"))
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"))
    invitation_id: Mapped[str] = mapped_column(ForeignKey("invitation.id"), index=True)
    created_at: Mapped[datetime]


class AssignmentSection(Base):
    """A section that an assignment is about; an assignment without any is about all."""

    __tablename__ = "assignment_section"

    assignment_id: Mapped[str] = mapped_column(ForeignKey("assignment.id"), primary_key=True)
    section_id: Mapped[str] = mapped_column(ForeignKey("section.id"), primary_key=True)


class OwnTheme(Base):
    """An area or a chapter that an invited person chose to read; without any, all are theirs."""

    __tablename__ = "own_theme"

    invitation_id: Mapped[str] = mapped_column(ForeignKey("invitation.id"), primary_key=True)
    section_id: Mapped[str] = mapped_column(ForeignKey("section.id"), primary_key=True, index=True)
