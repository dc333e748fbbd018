"""Steps on pictures: kept once for each content in a handbook, removed when nothing shows them."""

from __future__ import annotations

import hashlib
from datetime import datetime

from sqlalchemy import delete, exists, or_, select
from sqlalchemy.orm import Session

from reviewtool.domain.actors import Actor
from reviewtool.domain.figures import reference
from reviewtool.domain.files import Upload, safe_name
from reviewtool.models.files import Attachment, Blob, File
from reviewtool.models.pictures import Picture
from reviewtool.models.sections import Buffer, Revision
from reviewtool.models.stories import Story
from reviewtool.office.pictures import PNG, ReadPicture
from reviewtool.services._files import store_file


def sent_hash(content: bytes) -> str:
    """Give the hash by which a picture that was sent before is known again."""
    return hashlib.sha256(content).hexdigest()


def known_picture(session: Session, handbook_id: str, sent_sha256: str) -> str | None:
    """Give the file of a picture that the handbook has already; 1 query."""
    return session.scalar(
        select(Picture.file_id)
        .join(File, File.id == Picture.file_id)
        .where(File.handbook_id == handbook_id, Picture.sent_sha256 == sent_sha256)
        .limit(1)
    )


def store_picture(
    session: Session,
    actor: Actor,
    now: datetime,
    handbook_id: str,
    upload: Upload,
    read: ReadPicture,
) -> str:
    """Keep a picture that was read, or find it where it was sent before; gives its file's id."""
    sent = sent_hash(upload.content)
    known = known_picture(session, handbook_id, sent)
    if known is not None:
        return known
    stem = safe_name(upload.name).rpartition(".")[0] or "picture"
    name = f"{stem}.{'png' if read.media_type == PNG else 'jpg'}"
    file = store_file(session, actor, now, handbook_id, name, read.media_type, read.content)
    small = hashlib.sha256(read.small).hexdigest()
    if session.get(Blob, small) is None:
        session.add(Blob(sha256=small, content=read.small))
        session.flush()
    session.add(
        Picture(
            file_id=file.id,
            width=read.width,
            height=read.height,
            small_sha256=small,
            small_width=read.small_width,
            sent_sha256=sent,
        )
    )
    session.flush()
    return file.id


def remove_unused(session: Session, file_id: str) -> None:
    """Remove a picture with its bytes where no text, unsaved text or story shows it.

    A person who takes the consent to a picture back is owed more than that it isn't shown.
    """
    shown = or_(
        exists(select(Revision.id).where(Revision.text.contains(reference(file_id)))),
        exists(select(Buffer.id).where(Buffer.text.contains(reference(file_id)))),
        exists(select(Story.section_id).where(Story.picture_id == file_id)),
        exists(select(Attachment.file_id).where(Attachment.file_id == file_id)),
    )
    picture = session.get(Picture, file_id)
    if picture is None or session.scalar(select(shown)):
        return
    file = session.get_one(File, file_id)
    hashes = (picture.small_sha256, file.sha256)
    session.delete(picture)
    session.flush()
    session.delete(file)
    session.flush()
    session.execute(
        delete(Blob).where(
            Blob.sha256.in_(hashes),
            ~exists(select(File.id).where(File.sha256 == Blob.sha256)),
            ~exists(select(Picture.file_id).where(Picture.small_sha256 == Blob.sha256)),
        )
    )
