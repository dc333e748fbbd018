"""The step that stores a file: its bytes once for each content, its name beside them."""

import hashlib
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from reviewtool.domain.actors import Actor
from reviewtool.domain.files import Upload, media_type, safe_name
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.models.files import Blob, File


def check_file(upload: Upload, limit_mb: int) -> str:
    """Give the media type of a file that may be stored. Raises Refused (too large, bad file)."""
    if len(upload.content) > limit_mb * 1024 * 1024:
        raise Refused(Reason.FILE_TOO_LARGE, details={"name": safe_name(upload.name)})
    kind = media_type(upload)
    if kind is None:
        raise Refused(Reason.BAD_FILE, details={"name": safe_name(upload.name)})
    return kind


def store_file(
    session: Session,
    actor: Actor,
    now: datetime,
    handbook_id: str,
    upload: Upload,
    limit_mb: int,
) -> File:
    """Store a file of a handbook. Raises Refused as `check_file`."""
    kind = check_file(upload, limit_mb)
    digest = hashlib.sha256(upload.content).hexdigest()
    if session.scalar(select(Blob.sha256).where(Blob.sha256 == digest)) is None:
        session.add(Blob(sha256=digest, content=upload.content))
        session.flush()
    file = File(
        handbook_id=handbook_id,
        sha256=digest,
        name=safe_name(upload.name),
        media_type=kind,
        size=len(upload.content),
        added_by_id=actor.person_id,
        created_at=now,
    )
    session.add(file)
    session.flush()
    return file
