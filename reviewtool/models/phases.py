"""Phases of a process, their changes, conveners, sections and questions."""

from datetime import date, datetime

from sqlalchemy import JSON, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from reviewtool.domain.contributions import QuestionKind, QuestionScope, Sharing
from reviewtool.domain.phases import PhaseKind, PhaseMove, PhaseState, RoundChannel
from reviewtool.models.base import Base, WithId, enum_column
from reviewtool.models.handbooks import Localized


class Phase(WithId, Base):
    """A phase: planned, open or closed; whether it takes anything also depends on its dates."""

    __tablename__ = "phase"
    __table_args__ = (
        UniqueConstraint("process_id", "position"),
        UniqueConstraint("process_id", "key"),
    )

    handbook_id: Mapped[str] = mapped_column(ForeignKey("handbook.id"), index=True)
    process_id: Mapped[str] = mapped_column(ForeignKey("process.id"))
    position: Mapped[int]
    key: Mapped[str]
    """The phase's name in its template; *deferred to a phase* and the demonstration use it."""
    kind: Mapped[PhaseKind] = mapped_column(enum_column(PhaseKind))
    title: Mapped[Localized] = mapped_column(JSON)
    request: Mapped[Localized] = mapped_column(JSON, default=dict)
    """What is asked of whom and why: the same words on the page and in the mail."""
    state: Mapped[PhaseState] = mapped_column(enum_column(PhaseState), default=PhaseState.PLANNED)
    opens_on: Mapped[date | None]
    closes_on: Mapped[date | None]
    opened_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    draft_id: Mapped[str | None] = mapped_column(ForeignKey("draft.id"))
    """The frozen draft that the phase looks at."""
    open_to_all: Mapped[bool] = mapped_column(default=False)
    sharing: Mapped[Sharing] = mapped_column(enum_column(Sharing), default=Sharing.NOBODY)
    shared_from: Mapped[date | None]
    """The first day on which participants read one another, where that is what is promised."""
    channel: Mapped[RoundChannel] = mapped_column(
        enum_column(RoundChannel), default=RoundChannel.WEB
    )
    responsible_name: Mapped[str] = mapped_column(default="")
    responsible_phone: Mapped[str] = mapped_column(default="")
    responsible_email: Mapped[str] = mapped_column(default="")
    reminder_days: Mapped[list[int]] = mapped_column(JSON, default=list)
    """Days before the last day on which those who are not ready are reminded; negative: after."""
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]


class PhaseChange(WithId, Base):
    """What was done to a phase, when, by whom, with what reason: its readable history."""

    __tablename__ = "phase_change"

    phase_id: Mapped[str] = mapped_column(ForeignKey("phase.id"), index=True)
    move: Mapped[PhaseMove] = mapped_column(enum_column(PhaseMove))
    reason: Mapped[str] = mapped_column(default="")
    closes_on: Mapped[date | None]
    person_id: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime]


class Convener(Base):
    """An organisation that convenes a phase; a workshop may have two."""

    __tablename__ = "convener"

    phase_id: Mapped[str] = mapped_column(ForeignKey("phase.id"), primary_key=True)
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"), primary_key=True)


class PhaseSection(Base):
    """A section that a phase is about; a phase without any is about all."""

    __tablename__ = "phase_section"

    phase_id: Mapped[str] = mapped_column(ForeignKey("phase.id"), primary_key=True)
    section_id: Mapped[str] = mapped_column(ForeignKey("section.id"), primary_key=True)


class Question(WithId, Base):
    """A question of a round, about each section or about the whole."""

    __tablename__ = "question"
    __table_args__ = (UniqueConstraint("phase_id", "position"),)

    phase_id: Mapped[str] = mapped_column(ForeignKey("phase.id"))
    position: Mapped[int]
    kind: Mapped[QuestionKind] = mapped_column(enum_column(QuestionKind))
    scope: Mapped[QuestionScope] = mapped_column(enum_column(QuestionScope))
    words: Mapped[Localized] = mapped_column(JSON)
    options: Mapped[list[Localized]] = mapped_column(JSON, default=list)
    """Choices, or the steps of a scale from the least to the most."""
    section_id: Mapped[str | None] = mapped_column(ForeignKey("section.id"), index=True)
    """The only text that it is asked of; none: each text, or the whole."""
    quote: Mapped[str] = mapped_column(default="")
    """The words of that text that it is about; empty: the text as a whole."""
