"""Workshops: time and place, who comes, groups and themes, what was said in them, minutes."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from reviewtool.domain.workshops import Attendance
from reviewtool.models.base import Base, WithId, enum_column
from reviewtool.models.handbooks import Localized


class Workshop(Base):
    """Where and when a phase of the kind *workshop* is held."""

    __tablename__ = "workshop"

    phase_id: Mapped[str] = mapped_column(ForeignKey("phase.id"), primary_key=True)
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    place: Mapped[str] = mapped_column(default="")
    remote_address: Mapped[str] = mapped_column(default="")
    agenda: Mapped[Localized] = mapped_column(JSON, default=dict)
    sequence: Mapped[int] = mapped_column(default=0)
    """How often time or place were changed after people had been told: the calendar entry's."""
    version: Mapped[int] = mapped_column(default=1)
    cancelled_at: Mapped[datetime | None]
    cancel_reason: Mapped[str] = mapped_column(default="", server_default="")
    room_code: Mapped[str | None] = mapped_column(unique=True)
    """Lets people in while the room is open; made anew where it was guessed at."""
    wrong_codes: Mapped[int] = mapped_column(default=0, server_default="0")
    """How many wrong ones were typed for the room since it has this code."""
    guessed_at: Mapped[datetime | None]
    """When the code was made anew by itself, because too many wrong ones had been typed."""


class WorkshopGroup(WithId, Base):
    """A group that works together in a workshop."""

    __tablename__ = "workshop_group"

    phase_id: Mapped[str] = mapped_column(ForeignKey("phase.id"), index=True)
    position: Mapped[int]
    name: Mapped[str]
    person_id: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    """Under whom the group's flip-chart notes stand in the ledger: a name, nobody in person."""


class WorkshopTheme(WithId, Base):
    """A heading under which what was said in a workshop is sorted."""

    __tablename__ = "workshop_theme"

    phase_id: Mapped[str] = mapped_column(ForeignKey("phase.id"), index=True)
    position: Mapped[int]
    title: Mapped[str]


class WorkshopEntry(Base):
    """What a contribution said in a workshop has besides: its group, and its theme."""

    __tablename__ = "workshop_entry"

    contribution_id: Mapped[str] = mapped_column(ForeignKey("contribution.id"), primary_key=True)
    group_id: Mapped[str | None] = mapped_column(ForeignKey("workshop_group.id"), index=True)
    theme_id: Mapped[str | None] = mapped_column(ForeignKey("workshop_theme.id"), index=True)


class WorkshopSignUp(Base):
    """Whether somebody comes, what they need, in which group they are, since when they are there.

    Needs and diet are for the handbook's editors only, and are forgotten after the workshop.
    """

    __tablename__ = "workshop_sign_up"

    invitation_id: Mapped[str] = mapped_column(ForeignKey("invitation.id"), primary_key=True)
    attendance: Mapped[Attendance | None] = mapped_column(enum_column(Attendance))
    needs: Mapped[str] = mapped_column(default="")
    diet: Mapped[str] = mapped_column(default="")
    group_id: Mapped[str | None] = mapped_column(ForeignKey("workshop_group.id"))
    present_at: Mapped[datetime | None]
    updated_at: Mapped[datetime]


class WorkshopMinutes(Base):
    """The minutes as the editors are writing them."""

    __tablename__ = "workshop_minutes"

    phase_id: Mapped[str] = mapped_column(ForeignKey("phase.id"), primary_key=True)
    text: Mapped[str]
    version: Mapped[int] = mapped_column(default=1)
    updated_by_id: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    updated_at: Mapped[datetime]


class WorkshopMinutesSent(WithId, Base):
    """The minutes as they were sent to those who were there; never changed."""

    __tablename__ = "workshop_minutes_sent"
    __table_args__ = (UniqueConstraint("phase_id", "number"),)

    phase_id: Mapped[str] = mapped_column(ForeignKey("phase.id"))
    number: Mapped[int]
    text: Mapped[str]
    final: Mapped[bool] = mapped_column(default=False)
    """Corrections have been made; the earlier ones were sent for correction."""
    sent_by_id: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    sent_at: Mapped[datetime]


class WorkshopCorrection(Base):
    """A contribution that corrects the minutes, and which of them."""

    __tablename__ = "workshop_correction"

    contribution_id: Mapped[str] = mapped_column(ForeignKey("contribution.id"), primary_key=True)
    minutes_id: Mapped[str] = mapped_column(ForeignKey("workshop_minutes_sent.id"), index=True)
