"""Steps on files: storing them once for each content, and clearing what nobody confirmed."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete, exists, select
from sqlalchemy.orm import Session

from reviewtool.domain.actors import Actor
from reviewtool.models.files import Attachment, Blob, File, WaitingOriginal
from reviewtool.models.pictures import Picture

AWAITING_LIVES = timedelta(days=1)
"""How long an upload waits between its preview and its confirmation."""


def store_file(
    session: Session,
    actor: Actor,
    now: datetime,
    handbook_id: str,
    name: str,
    media_type: str,
    content: bytes,
    *,
    awaiting: bool = False,
) -> File:
    """Store a file of a handbook; the same bytes are kept once."""
    sha256 = hashlib.sha256(content).hexdigest()
    if session.get(Blob, sha256) is None:
        session.add(Blob(sha256=sha256, content=content))
        session.flush()
    file = File(
        handbook_id=handbook_id,
        sha256=sha256,
        name=name,
        media_type=media_type,
        size=len(content),
        awaiting=awaiting,
        added_by_id=actor.person_id,
        created_at=now,
    )
    session.add(file)
    session.flush()
    return file


def clear_awaiting(
    session: Session, now: datetime, handbook_id: str, file_id: str | None = None
) -> None:
    """Remove a handbook's uploads that wait too long (or one of them, at once), with bytes that
    nothing else uses.
    """
    which = File.id == file_id if file_id else File.created_at < now - AWAITING_LIVES
    cleared = (File.handbook_id == handbook_id, File.awaiting.is_(True), which)
    hashes = session.scalars(select(File.sha256).where(*cleared)).all()
    session.execute(
        delete(WaitingOriginal).where(WaitingOriginal.file_id.in_(select(File.id).where(*cleared)))
    )
    session.execute(delete(File).where(*cleared))
    _drop_bytes(session, hashes)


def attached_to(session: Session, contribution_id: str) -> list[str]:
    """Name the files attached to a contribution."""
    attached = select(Attachment.file_id).where(Attachment.contribution_id == contribution_id)
    return list(session.scalars(attached))


def drop_files(session: Session, ids: Collection[str]) -> None:
    """Remove attached files, from all that they are attached to.

    A picture that stands in a text stays there.
    """
    hashes = session.scalars(select(File.sha256).where(File.id.in_(ids))).all()
    session.execute(delete(Attachment).where(Attachment.file_id.in_(ids)))
    session.execute(
        delete(File).where(
            File.id.in_(ids), ~exists(select(Picture.file_id).where(Picture.file_id == File.id))
        )
    )
    _drop_bytes(session, hashes)


def _drop_bytes(session: Session, hashes: Sequence[str]) -> None:
    """Remove bytes that no file uses any more."""
    session.execute(
        delete(Blob).where(
            Blob.sha256.in_(hashes),
            ~exists(select(File.id).where(File.sha256 == Blob.sha256)),
            ~exists(select(Picture.file_id).where(Picture.small_sha256 == Blob.sha256)),
        )
    )
