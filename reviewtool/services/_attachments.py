"""Steps on attachments: only kinds of files that are what they say, within the limit."""

from datetime import datetime

from sqlalchemy.orm import Session

from reviewtool.domain.actors import Actor
from reviewtool.domain.files import Upload, media_type, safe_name
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.models.files import File
from reviewtool.services._files import store_file


def check_file(upload: Upload, limit_mb: int) -> str:
    """Give the media type of a file that may be attached. Raises Refused (too large, bad file)."""
    if len(upload.content) > limit_mb * 1024 * 1024:
        raise Refused(Reason.FILE_TOO_LARGE, details={"name": safe_name(upload.name)})
    kind = media_type(upload)
    if kind is None:
        raise Refused(Reason.BAD_FILE, details={"name": safe_name(upload.name)})
    return kind


def store_upload(
    session: Session,
    actor: Actor,
    now: datetime,
    handbook_id: str,
    upload: Upload,
    limit_mb: int,
) -> File:
    """Store a file of a handbook, to be attached. Raises Refused as `check_file`."""
    kind = check_file(upload, limit_mb)
    name = safe_name(upload.name)
    return store_file(session, actor, now, handbook_id, name, kind, upload.content)
