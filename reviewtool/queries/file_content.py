"""A stored file with its bytes, for whoever a query lets read it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from reviewtool.models.files import Blob, File
from reviewtool.queries.facts import found


@dataclass(frozen=True)
class FileContent:
    """A file to be sent."""

    name: str
    media_type: str
    content: bytes


def read_content(
    session: Session, actor_reads: ColumnElement[bool], *, file_id: str
) -> FileContent:
    """Read a file that stands under a condition on File; 1 query. Raises Refused (not found)."""
    row = found(
        session.execute(
            select(File.name, File.media_type, Blob.content)
            .join(Blob, Blob.sha256 == File.sha256)
            .where(File.id == file_id, actor_reads)
        ).one_or_none()
    )
    return FileContent(row.name, row.media_type, row.content)
