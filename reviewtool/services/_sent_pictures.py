"""Steps on the pictures that come with a file: decoded before the writing, kept within it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from reviewtool.domain.actors import Actor
from reviewtool.domain.figures import files_in
from reviewtool.domain.files import Upload
from reviewtool.office.errors import Place, Unit, UnreadableFile, UnreadableReason
from reviewtool.office.pictures import ReadPicture, UnreadablePictureError, read_picture
from reviewtool.services._pictures import store_picture


@dataclass(frozen=True)
class SentPicture:
    """A picture of a file, as it was there and as it will be kept."""

    content: bytes
    read: ReadPicture


def read_sent(texts: Iterable[str], pictures: Mapping[str, bytes]) -> dict[str, SentPicture]:
    """Decode the pictures that texts name by their hashes. Raises UnreadableFile."""
    found: dict[str, SentPicture] = {}
    for key in sorted(files_in(texts) & set(pictures)):
        try:
            found[key] = SentPicture(pictures[key], read_picture(pictures[key]))
        except UnreadablePictureError as error:
            place = Place(Unit.PART, name="word/media")
            raise UnreadableFile(UnreadableReason.DAMAGED, place) from error
    return found


def store_sent(
    session: Session,
    actor: Actor,
    now: datetime,
    handbook_id: str,
    file_name: str,
    pictures: Mapping[str, SentPicture],
) -> dict[str, str]:
    """Keep the pictures of a file; gives hash -> file, for `domain.figures.with_files`."""
    return {
        key: store_picture(
            session, actor, now, handbook_id, Upload(file_name, sent.content), sent.read
        )
        for key, sent in pictures.items()
    }
