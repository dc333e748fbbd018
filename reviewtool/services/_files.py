"""Steps on files: storing them once for each content, and clearing what nobody confirmed."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

from sqlalchemy import delete, exists, select
from sqlalchemy.orm import Session

from reviewtool.domain.actors import Actor
from reviewtool.models.files import Blob, File, WaitingOriginal
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
    session.execute(
        delete(Blob).where(
            Blob.sha256.in_(hashes),
            ~exists(select(File.id).where(File.sha256 == Blob.sha256)),
            ~exists(select(Picture.file_id).where(Picture.small_sha256 == Blob.sha256)),
        )
    )
