"""Answers to contributions, their history and their evidence."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from reviewtool.domain.answers import AnswerKind, AnswerState, EvidenceKind
from reviewtool.models.base import Base, WithId, enum_column


class Answer(WithId, Base):
    """The one answer of a contribution; answers given together share a batch."""

    __tablename__ = "answer"
    __table_args__ = (Index("ix_answer_state", "state"),)

    contribution_id: Mapped[str] = mapped_column(ForeignKey("contribution.id"), unique=True)
    kind: Mapped[AnswerKind] = mapped_column(enum_column(AnswerKind))
    reason: Mapped[str] = mapped_column(default="")
    batch_id: Mapped[str] = mapped_column(index=True)
    together_with_id: Mapped[str | None] = mapped_column(ForeignKey("contribution.id"))
    deferred_phase_id: Mapped[str | None] = mapped_column(ForeignKey("phase.id"))
    moved_section_id: Mapped[str | None] = mapped_column(ForeignKey("section.id"))
    place_revision_id: Mapped[str | None] = mapped_column(ForeignKey("revision.id"))
    place_start: Mapped[int | None]
    place_end: Mapped[int | None]
    """Where *already in the text* stands, in code points of the revision."""
    state: Mapped[AnswerState] = mapped_column(enum_column(AnswerState))
    version: Mapped[int] = mapped_column(default=1)
    answered_by_id: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    answered_at: Mapped[datetime]
    published_at: Mapped[datetime | None]
    published_draft_id: Mapped[str | None] = mapped_column(ForeignKey("draft.id"))


class AnswerVersion(WithId, Base):
    """An earlier form of an answer."""

    __tablename__ = "answer_version"

    answer_id: Mapped[str] = mapped_column(ForeignKey("answer.id"), index=True)
    version: Mapped[int]
    kind: Mapped[AnswerKind] = mapped_column(enum_column(AnswerKind))
    reason: Mapped[str]
    answered_by_id: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    answered_at: Mapped[datetime]


class Evidence(WithId, Base):
    """Where a taken contribution changed the text: old and new range, either may be empty."""

    __tablename__ = "evidence"

    answer_id: Mapped[str] = mapped_column(ForeignKey("answer.id"), index=True)
    kind: Mapped[EvidenceKind] = mapped_column(enum_column(EvidenceKind))
    section_id: Mapped[str] = mapped_column(ForeignKey("section.id"))
    from_revision_id: Mapped[str | None] = mapped_column(ForeignKey("revision.id"))
    to_revision_id: Mapped[str | None] = mapped_column(ForeignKey("revision.id"))
    old_start: Mapped[int] = mapped_column(default=0)
    old_end: Mapped[int] = mapped_column(default=0)
    new_start: Mapped[int] = mapped_column(default=0)
    new_end: Mapped[int] = mapped_column(default=0)
