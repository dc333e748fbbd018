"""Contributions, their versions, threads, supports; answers to questions as figures."""

from datetime import date, datetime

from sqlalchemy import JSON, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from reviewtool.domain.contributions import (
    Channel,
    ContributionKind,
    ContributionState,
    NameShown,
    Sharing,
    TurnVisibility,
)
from reviewtool.models.base import Base, WithId, enum_column


class Contribution(WithId, Base):
    """What somebody said, whatever the channel: one row in the one ledger.

    The passage (start, end in code points of the canonical text of `revision_id`; quote of the
    visible words; words before and after) is empty where it is about the section or the whole.
    """

    __tablename__ = "contribution"
    __table_args__ = (
        UniqueConstraint("handbook_id", "number"),
        Index("ix_contribution_section_state", "section_id", "state"),
        Index("ix_contribution_phase_author", "phase_id", "author_id"),
    )

    handbook_id: Mapped[str] = mapped_column(ForeignKey("handbook.id"))
    number: Mapped[int]
    phase_id: Mapped[str] = mapped_column(ForeignKey("phase.id"))
    kind: Mapped[ContributionKind] = mapped_column(enum_column(ContributionKind))
    channel: Mapped[Channel] = mapped_column(enum_column(Channel))
    state: Mapped[ContributionState] = mapped_column(enum_column(ContributionState))
    author_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    organisation_id: Mapped[str | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    """Recorded here, never read through the person, who may change organisations."""
    recorded_by_id: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    said_on: Mapped[date | None]
    """The day it was said, where it was recorded on behalf of its author."""
    section_id: Mapped[str | None] = mapped_column(ForeignKey("section.id"))
    heir_id: Mapped[str | None] = mapped_column(ForeignKey("section.id"), index=True)
    """Where it is dealt with since its section was split or merged; none: in its own section."""
    revision_id: Mapped[str | None] = mapped_column(ForeignKey("revision.id"))
    start: Mapped[int | None]
    end: Mapped[int | None]
    quote: Mapped[str] = mapped_column(default="")
    prefix: Mapped[str] = mapped_column(default="")
    suffix: Mapped[str] = mapped_column(default="")
    language: Mapped[str]
    words: Mapped[str] = mapped_column(default="")
    """What is said, or the reason of a suggestion."""
    replacement: Mapped[str | None]
    """The suggested words for the passage; empty means: delete it."""
    target_group: Mapped[str] = mapped_column(default="")
    activity: Mapped[str] = mapped_column(default="")
    effect: Mapped[str] = mapped_column(default="")
    publish_consent: Mapped[bool] = mapped_column(default=False)
    question_id: Mapped[str | None] = mapped_column(ForeignKey("question.id"))
    name_shown: Mapped[NameShown] = mapped_column(enum_column(NameShown))
    sharing: Mapped[Sharing] = mapped_column(enum_column(Sharing))
    """The visibility promised when it was said (rule 11)."""
    shared_from: Mapped[date | None]
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]
    masked_at: Mapped[datetime | None]


class ContributionVersion(WithId, Base):
    """An earlier wording of a contribution, kept when its author edits it."""

    __tablename__ = "contribution_version"
    __table_args__ = (UniqueConstraint("contribution_id", "version"),)

    contribution_id: Mapped[str] = mapped_column(ForeignKey("contribution.id"))
    version: Mapped[int]
    content: Mapped[dict[str, str | None]] = mapped_column(JSON)
    created_at: Mapped[datetime]


class ContributionSection(Base):
    """A further section that a contribution is about."""

    __tablename__ = "contribution_section"

    contribution_id: Mapped[str] = mapped_column(ForeignKey("contribution.id"), primary_key=True)
    section_id: Mapped[str] = mapped_column(ForeignKey("section.id"), primary_key=True, index=True)


class Placement(WithId, Base):
    """Where a person placed a contribution's passage: the new origin of its anchor (rule 4)."""

    __tablename__ = "placement"

    contribution_id: Mapped[str] = mapped_column(ForeignKey("contribution.id"), index=True)
    revision_id: Mapped[str] = mapped_column(ForeignKey("revision.id"))
    start: Mapped[int]
    end: Mapped[int]
    placed_by_id: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime]


class Turn(WithId, Base):
    """A message in a contribution's thread; never counted as a contribution."""

    __tablename__ = "turn"

    contribution_id: Mapped[str] = mapped_column(ForeignKey("contribution.id"), index=True)
    author_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    visibility: Mapped[TurnVisibility] = mapped_column(enum_column(TurnVisibility))
    name_shown: Mapped[NameShown | None] = mapped_column(enum_column(NameShown))
    """How a reply's author wanted to be shown as they wrote it (rule 12); none among editors."""
    words: Mapped[str]
    created_at: Mapped[datetime]


class Support(WithId, Base):
    """Another participant agrees with one version of a contribution."""

    __tablename__ = "support"
    __table_args__ = (UniqueConstraint("contribution_id", "person_id"),)

    contribution_id: Mapped[str] = mapped_column(ForeignKey("contribution.id"))
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    organisation_id: Mapped[str | None] = mapped_column(ForeignKey("organisation.id"))
    for_organisation: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int]
    created_at: Mapped[datetime]


class Choice(WithId, Base):
    """A chosen option of a choice or scale question: a figure, not a contribution."""

    __tablename__ = "choice"
    __table_args__ = (Index("ix_choice_question_section", "question_id", "section_id"),)

    question_id: Mapped[str] = mapped_column(ForeignKey("question.id"))
    invitation_id: Mapped[str] = mapped_column(ForeignKey("invitation.id"), index=True)
    section_id: Mapped[str | None] = mapped_column(ForeignKey("section.id"))
    option: Mapped[int]
    """The place of the option in the question's list, from 0."""
    updated_at: Mapped[datetime]


class NothingToSay(WithId, Base):
    """A participant said of a section: nothing to comment. That is an answer."""

    __tablename__ = "nothing_to_say"
    __table_args__ = (UniqueConstraint("invitation_id", "section_id"),)

    invitation_id: Mapped[str] = mapped_column(ForeignKey("invitation.id"))
    section_id: Mapped[str] = mapped_column(ForeignKey("section.id"), index=True)
    created_at: Mapped[datetime]
