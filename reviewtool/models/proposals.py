"""Proposals about the structure, and the changes that were made to it."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from reviewtool.domain.proposals import ProposalAct, StructureAct
from reviewtool.domain.sections import SectionKind
from reviewtool.models.base import Base, WithId, enum_column


class Proposal(Base):
    """What a contribution of the kind *proposal* asks for; its words tell why.

    The sections that it names besides its own stand in `contribution_section`.
    """

    __tablename__ = "proposal"

    contribution_id: Mapped[str] = mapped_column(ForeignKey("contribution.id"), primary_key=True)
    act: Mapped[ProposalAct] = mapped_column(enum_column(ProposalAct))
    section_id: Mapped[str | None] = mapped_column(ForeignKey("section.id"), index=True)
    title: Mapped[str] = mapped_column(default="")
    """The new name."""
    parent_id: Mapped[str | None] = mapped_column(ForeignKey("section.id"), index=True)
    """Where it should stand; none is the top."""
    section_kind: Mapped[SectionKind | None] = mapped_column(enum_column(SectionKind))


class StructureChange(WithId, Base):
    """One change that was made to the tree, by whom, why, and from which proposal."""

    __tablename__ = "structure_change"
    __table_args__ = (Index("ix_structure_change_when", "handbook_id", "created_at"),)

    handbook_id: Mapped[str] = mapped_column(ForeignKey("handbook.id"))
    act: Mapped[StructureAct] = mapped_column(enum_column(StructureAct))
    section_id: Mapped[str] = mapped_column(ForeignKey("section.id"), index=True)
    contribution_id: Mapped[str | None] = mapped_column(ForeignKey("contribution.id"), index=True)
    """The proposal that it was made from."""
    old_title: Mapped[str] = mapped_column(default="")
    title: Mapped[str] = mapped_column(default="")
    old_parent_id: Mapped[str | None] = mapped_column(ForeignKey("section.id"))
    parent_id: Mapped[str | None] = mapped_column(ForeignKey("section.id"))
    note: Mapped[str] = mapped_column(default="")
    person_id: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime]


class StructureChangeSection(Base):
    """A further section of a change: one that came of it, was taken into it, or is related."""

    __tablename__ = "structure_change_section"

    change_id: Mapped[str] = mapped_column(ForeignKey("structure_change.id"), primary_key=True)
    section_id: Mapped[str] = mapped_column(ForeignKey("section.id"), primary_key=True, index=True)
    came_of_it: Mapped[bool] = mapped_column(default=False)
