"""Files that participants attach to what they say: seen by whoever sees the contribution."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, exists, select
from sqlalchemy.orm import Session

from reviewtool.domain.actors import Actor
from reviewtool.models.contributions import Contribution
from reviewtool.models.files import Attachment, File
from reviewtool.queries.file_content import FileContent, read_content
from reviewtool.queries.visible import visible_to


@dataclass(frozen=True)
class AttachedFile:
    """A file that its author attached, without its bytes."""

    id: str
    name: str
    media_type: str
    size: int


def attached(session: Session, contribution_ids: Sequence[str]) -> dict[str, list[AttachedFile]]:
    """Read the files that authors attached to what they said; 1 query, none without ids.

    The originals from which editors recorded words are the editors' alone.
    """
    if not contribution_ids:
        return {}
    rows = session.execute(
        select(Attachment.contribution_id, File.id, File.name, File.media_type, File.size)
        .join(File, File.id == Attachment.file_id)
        .join(Contribution, Contribution.id == Attachment.contribution_id)
        .where(Attachment.contribution_id.in_(contribution_ids), by_its_author())
        .order_by(File.name, File.id)
    )
    files: dict[str, list[AttachedFile]] = {}
    for row in rows:
        files.setdefault(row[0], []).append(AttachedFile(*row[1:]))
    return files


def by_its_author() -> ColumnElement[bool]:
    """Give the condition under which a file was attached by a contribution's author."""
    return and_(Contribution.recorded_by_id.is_(None), File.added_by_id == Contribution.author_id)


def attached_content(
    session: Session, actor: Actor, contribution_id: str, file_id: str
) -> FileContent:
    """Read a file of a contribution that the actor sees; 1 query. Raises Refused (not found)."""
    seen = exists().where(
        Attachment.file_id == File.id,
        Attachment.contribution_id == Contribution.id,
        Contribution.id == contribution_id,
        by_its_author(),
        visible_to(actor),
    )
    return read_content(session, seen, file_id=file_id)
