"""Personal stories: whose they are, and which activity each episode is about."""

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from reviewtool.models.base import Base, WithId


class Story(Base):
    """What is known of the person of a section that is a story; its words are its text."""

    __tablename__ = "story"

    section_id: Mapped[str] = mapped_column(ForeignKey("section.id"), primary_key=True)
    person: Mapped[str] = mapped_column(default="")
    pseudonym: Mapped[bool] = mapped_column(default=True)
    """The name isn't the person's own, or nobody's: it was made up for the story."""
    role: Mapped[str] = mapped_column(default="")
    consent: Mapped[str] = mapped_column(default="")
    """Who agreed to what and when; for the editors only."""
    picture_id: Mapped[str | None] = mapped_column(ForeignKey("picture.file_id"), index=True)
    picture_alt: Mapped[str] = mapped_column(default="")


class Episode(WithId, Base):
    """An episode of a story, known by its heading in the text, and the activity it is about."""

    __tablename__ = "episode"
    __table_args__ = (UniqueConstraint("story_id", "heading"),)

    story_id: Mapped[str] = mapped_column(ForeignKey("section.id"))
    heading: Mapped[str]
    activity_id: Mapped[str] = mapped_column(ForeignKey("section.id"), index=True)
