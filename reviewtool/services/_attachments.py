"""Steps on attachments: only kinds of files that are what they say, within the limit."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from reviewtool.domain.actors import Actor
from reviewtool.domain.files import Upload, media_type, safe_name
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.models.files import File, WaitingOriginal
from reviewtool.office.pictures import UnreadablePictureError, read_picture
from reviewtool.services._files import store_file


def check_file(upload: Upload, limit_mb: int) -> str:
    """Give the media type of a file that may be attached. Raises Refused (too large, bad file)."""
    if len(upload.content) > limit_mb * 1024 * 1024:
        raise Refused(Reason.FILE_TOO_LARGE, details={"name": safe_name(upload.name)})
    kind = media_type(upload)
    if kind is None:
        raise Refused(Reason.BAD_FILE, details={"name": safe_name(upload.name)})
    return kind


def without_metadata(upload: Upload) -> Upload:
    """Give a picture anew, so that nothing but the picture is kept; other files as they are.

    Raises Refused (bad file).
    """
    kind = media_type(upload)
    if kind is None or not kind.startswith("image/"):
        return upload
    try:
        read = read_picture(upload.content)
    except UnreadablePictureError as error:
        raise Refused(Reason.BAD_FILE, details={"name": safe_name(upload.name)}) from error
    suffix = "png" if read.media_type.endswith("png") else "jpg"
    return Upload(f"{upload.name.rpartition('.')[0] or 'photo'}.{suffix}", read.content)


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


def take_originals(
    session: Session,
    actor: Actor,
    now: datetime,
    handbook_id: str,
    uploads: Sequence[Upload],
    waiting: Sequence[str],
    limit_mb: int,
) -> list[File]:
    """Store what came with a form, and take what has waited beside it (`_take_waiting`)."""
    stored = [
        store_upload(session, actor, now, handbook_id, upload, limit_mb) for upload in uploads
    ]
    return stored + _take_waiting(session, actor, handbook_id, waiting)


def _take_waiting(
    session: Session, actor: Actor, handbook_id: str, file_ids: Sequence[str]
) -> list[File]:
    """Take the files that an editor has kept beside a form, to be attached.

    Raises Refused (not found) where one is gone: it was cleared, or recorded from already.
    """
    wanted = set(file_ids)
    files = list(
        session.scalars(
            select(File)
            .join(WaitingOriginal, WaitingOriginal.file_id == File.id)
            .where(
                File.id.in_(wanted),
                File.handbook_id == handbook_id,
                File.added_by_id == actor.person_id,
            )
            .order_by(File.created_at, File.id)
            .with_for_update(of=File)
        )
    )
    if {file.id for file in files} != wanted:
        raise Refused(Reason.NOT_FOUND)
    for file in files:
        file.awaiting = False
    session.execute(delete(WaitingOriginal).where(WaitingOriginal.file_id.in_(wanted)))
    return files
