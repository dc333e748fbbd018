"""Pictures of figures and stories: checked, turned upright, resized, without their metadata."""

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from reviewtool.models.base import Base


class Picture(Base):
    """A file that is a picture, made anew from what was sent; texts name it by its file's id.

    The small one, for phones, is a blob beside the file's own.
    """

    __tablename__ = "picture"

    file_id: Mapped[str] = mapped_column(ForeignKey("file.id"), primary_key=True)
    width: Mapped[int]
    height: Mapped[int]
    small_sha256: Mapped[str] = mapped_column(ForeignKey("blob.sha256"), index=True)
    small_width: Mapped[int]
    sent_sha256: Mapped[str] = mapped_column(String(64), index=True)
    """Of the bytes as they were sent: the same picture sent again is this one."""
