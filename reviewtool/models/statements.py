"""Joint statements: several people of an organisation write its position together."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from reviewtool.domain.contributions import ContributionKind
from reviewtool.models.base import Base, WithId, enum_column


class Statement(WithId, Base):
    """The statement of one organisation in one round."""

    __tablename__ = "statement"

    phase_id: Mapped[str] = mapped_column(ForeignKey("phase.id"), index=True)
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"), index=True)
    holder_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    """Who submits it; handed over by a click."""
    submitted_at: Mapped[datetime | None]
    created_at: Mapped[datetime]


class StatementMember(Base):
    """A person who works on a statement, by the link of their own invitation."""

    __tablename__ = "statement_member"

    statement_id: Mapped[str] = mapped_column(ForeignKey("statement.id"), primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), primary_key=True, index=True)
    joined_at: Mapped[datetime]
    left_at: Mapped[datetime | None]


class StatementPoint(WithId, Base):
    """One point: a draft that only its organisation's people read, until it is submitted.

    Then its words stand in the contribution that it became, and here no more.
    """

    __tablename__ = "statement_point"

    statement_id: Mapped[str] = mapped_column(ForeignKey("statement.id"), index=True)
    kind: Mapped[ContributionKind] = mapped_column(enum_column(ContributionKind))
    section_id: Mapped[str | None] = mapped_column(ForeignKey("section.id"), index=True)
    revision_id: Mapped[str | None] = mapped_column(ForeignKey("revision.id"))
    """The text that its writer was shown; the passage in it, as a contribution has it."""
    start: Mapped[int | None]
    end: Mapped[int | None]
    quote: Mapped[str] = mapped_column(default="")
    prefix: Mapped[str] = mapped_column(default="")
    suffix: Mapped[str] = mapped_column(default="")
    language: Mapped[str]
    words: Mapped[str]
    replacement: Mapped[str | None]
    target_group: Mapped[str] = mapped_column(default="")
    activity: Mapped[str] = mapped_column(default="")
    effect: Mapped[str] = mapped_column(default="")
    publish_consent: Mapped[bool] = mapped_column(default=False)
    also: Mapped[list[str]] = mapped_column(JSON, default=list)
    """Further texts that an example fits."""
    version: Mapped[int] = mapped_column(default=1)
    written_by_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    contribution_id: Mapped[str | None] = mapped_column(ForeignKey("contribution.id"), unique=True)
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
