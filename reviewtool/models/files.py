"""Files: originals, attachments and figures; content-addressed, and in no list query."""

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, deferred, mapped_column

from reviewtool.models.base import Base, WithId


class Blob(Base):
    """The bytes of a file, stored once for each content."""

    __tablename__ = "blob"

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    content: Mapped[bytes] = deferred(mapped_column(LargeBinary))


class File(WithId, Base):
    """A file with its name and type."""

    __tablename__ = "file"

    handbook_id: Mapped[str] = mapped_column(ForeignKey("handbook.id"), index=True)
    sha256: Mapped[str] = mapped_column(ForeignKey("blob.sha256"))
    name: Mapped[str]
    media_type: Mapped[str]
    size: Mapped[int]
    awaiting: Mapped[bool] = mapped_column(default=False)
    """Uploaded for a preview that nobody has confirmed yet; cleared when it is a day old."""
    added_by_id: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime]


class Attachment(Base):
    """A file attached to a contribution: a report, or the original of what was recorded."""

    __tablename__ = "attachment"

    contribution_id: Mapped[str] = mapped_column(ForeignKey("contribution.id"), primary_key=True)
    file_id: Mapped[str] = mapped_column(ForeignKey("file.id"), primary_key=True)


class WaitingOriginal(Base):
    """An upload that waits beside the recording form, until what it holds has been recorded."""

    __tablename__ = "waiting_original"

    file_id: Mapped[str] = mapped_column(ForeignKey("file.id"), primary_key=True)
