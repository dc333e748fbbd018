"""Approvals: decisions on exact texts, and recorded carries to a later text (rule 5)."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from reviewtool.domain.approvals import Capacity, Decision
from reviewtool.models.base import Base, WithId, enum_column


class Approval(WithId, Base):
    """One person's decision on one text; a newer one supersedes it, and both are kept."""

    __tablename__ = "approval"
    __table_args__ = (
        Index("ix_approval_phase_section", "phase_id", "section_id"),
        Index("ix_approval_invitation", "invitation_id", "section_id"),
    )

    phase_id: Mapped[str] = mapped_column(ForeignKey("phase.id"))
    invitation_id: Mapped[str] = mapped_column(ForeignKey("invitation.id"))
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    organisation_id: Mapped[str | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    section_id: Mapped[str] = mapped_column(ForeignKey("section.id"))
    language: Mapped[str]
    text_hash: Mapped[str]
    revision_id: Mapped[str] = mapped_column(ForeignKey("revision.id"))
    decision: Mapped[Decision] = mapped_column(enum_column(Decision))
    capacity: Mapped[Capacity] = mapped_column(enum_column(Capacity))
    capacity_detail: Mapped[str] = mapped_column(default="")
    """The body, its date and section, where it isn't the person's own view."""
    statement: Mapped[str]
    """The exact words that stood above the button."""
    contribution_id: Mapped[str | None] = mapped_column(ForeignKey("contribution.id"))
    """The comment, or the reason for asking for changes."""
    link_id: Mapped[str | None] = mapped_column(ForeignKey("link.id"))
    decided_at: Mapped[datetime]
    superseded_at: Mapped[datetime | None]


class Carry(WithId, Base):
    """An editor recorded that an approval holds for a later text: an editorial change."""

    __tablename__ = "carry"

    approval_id: Mapped[str] = mapped_column(ForeignKey("approval.id"), index=True)
    from_hash: Mapped[str]
    to_hash: Mapped[str]
    to_revision_id: Mapped[str] = mapped_column(ForeignKey("revision.id"))
    note: Mapped[str]
    carried_by_id: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime]
    objected_at: Mapped[datetime | None]
    objection: Mapped[str] = mapped_column(default="")
