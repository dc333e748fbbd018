"""Sections, their texts in each language, revisions, lineage and editors' buffers."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from reviewtool.domain.sections import Cause, LineageKind, SectionKind
from reviewtool.models.base import Base, WithId, enum_column


class Section(WithId, Base):
    """A piece of a handbook that is reviewed on its own; sections form a tree."""

    __tablename__ = "section"
    __table_args__ = (Index("ix_section_tree", "handbook_id", "parent_id", "position"),)

    handbook_id: Mapped[str] = mapped_column(ForeignKey("handbook.id"))
    parent_id: Mapped[str | None] = mapped_column(ForeignKey("section.id"), index=True)
    kind: Mapped[SectionKind] = mapped_column(enum_column(SectionKind))
    position: Mapped[int]
    dropped_at: Mapped[datetime | None]
    created_at: Mapped[datetime]


class SectionText(WithId, Base):
    """A section in one language: its newest revision, and the version that guards writing."""

    __tablename__ = "section_text"
    __table_args__ = (UniqueConstraint("section_id", "language"),)

    section_id: Mapped[str] = mapped_column(ForeignKey("section.id"))
    language: Mapped[str]
    working_revision_id: Mapped[str] = mapped_column(ForeignKey("revision.id"))
    version: Mapped[int] = mapped_column(default=1)


class Revision(WithId, Base):
    """One immutable version of one section in one language (rule 1)."""

    __tablename__ = "revision"
    __table_args__ = (UniqueConstraint("section_id", "language", "number"),)

    section_id: Mapped[str] = mapped_column(ForeignKey("section.id"))
    language: Mapped[str]
    number: Mapped[int]
    parent_id: Mapped[str | None] = mapped_column(ForeignKey("revision.id"))
    title: Mapped[str]
    """Derived from the text when it is written; neither changes ever after."""
    text: Mapped[str]
    text_hash: Mapped[str] = mapped_column(index=True)
    words: Mapped[int]
    cause: Mapped[Cause] = mapped_column(enum_column(Cause))
    note: Mapped[str] = mapped_column(default="")
    author_id: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime]


class RevisionContribution(Base):
    """A contribution that caused a revision."""

    __tablename__ = "revision_contribution"

    revision_id: Mapped[str] = mapped_column(ForeignKey("revision.id"), primary_key=True)
    contribution_id: Mapped[str] = mapped_column(
        ForeignKey("contribution.id"), primary_key=True, index=True
    )


class RevisionHunk(WithId, Base):
    """What a contribution changed in a revision that merged it: ranges of its parent and of it.

    Written when suggestions are taken; evidence and the proof of change stand on it.
    """

    __tablename__ = "revision_hunk"

    revision_id: Mapped[str] = mapped_column(ForeignKey("revision.id"), index=True)
    contribution_id: Mapped[str] = mapped_column(ForeignKey("contribution.id"), index=True)
    old_start: Mapped[int]
    old_end: Mapped[int]
    new_start: Mapped[int]
    new_end: Mapped[int]


class Lineage(WithId, Base):
    """How a section came from another: split off from it, or merged with it."""

    __tablename__ = "lineage"

    handbook_id: Mapped[str] = mapped_column(ForeignKey("handbook.id"), index=True)
    from_section_id: Mapped[str] = mapped_column(ForeignKey("section.id"))
    to_section_id: Mapped[str] = mapped_column(ForeignKey("section.id"))
    kind: Mapped[LineageKind] = mapped_column(enum_column(LineageKind))
    note: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime]


class Relation(WithId, Base):
    """Two sections that belong together across areas (a story's episode and its activity too)."""

    __tablename__ = "relation"
    __table_args__ = (UniqueConstraint("section_id", "other_id"),)

    section_id: Mapped[str] = mapped_column(ForeignKey("section.id"))
    other_id: Mapped[str] = mapped_column(ForeignKey("section.id"))


class Buffer(WithId, Base):
    """An editor's private unsaved text of a section, and the revision that it began from."""

    __tablename__ = "buffer"
    __table_args__ = (UniqueConstraint("person_id", "section_id", "language"),)

    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    section_id: Mapped[str] = mapped_column(ForeignKey("section.id"))
    language: Mapped[str]
    base_revision_id: Mapped[str] = mapped_column(ForeignKey("revision.id"))
    text: Mapped[str]
    updated_at: Mapped[datetime]
