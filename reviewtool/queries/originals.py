"""Originals that editors read: waiting beside the recording form, or attached to what was said."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from threading import Lock

from sqlalchemy import and_, exists, or_, select
from sqlalchemy.orm import Session

from reviewtool.domain.actors import Actor
from reviewtool.domain.files import PICTURES
from reviewtool.models.files import Attachment, Blob, File, WaitingOriginal
from reviewtool.office.errors import UnreadableFile
from reviewtool.office.reading import READABLE, ReadFile, read_words
from reviewtool.queries.file_content import FileContent, read_content
from reviewtool.queries.sections import editing

MOST_KEPT = 16
"""How many read files this process remembers: a form is often shown again with the same ones."""

_kept: OrderedDict[tuple[str, str], ReadFile | UnreadableFile] = OrderedDict()
_lock = Lock()


@dataclass(frozen=True)
class Original:
    """An original as it stands beside the form: its words, a picture, or neither."""

    id: str
    name: str
    media_type: str
    read: ReadFile | None
    problem: UnreadableFile | None
    """Why its words can't be shown, of a kind that has words."""

    @property
    def is_picture(self) -> bool:
        """Tell whether it can be looked at on the page."""
        return self.media_type in PICTURES


def beside_form(
    session: Session, actor: Actor, handbook_id: str, file_ids: Sequence[str]
) -> list[Original]:
    """Read an editor's waiting originals by their ids, those that are still there; 1 query and
    one more for each that this process hasn't read yet.
    """
    editing(actor, handbook_id)
    rows = session.scalars(
        select(File)
        .join(WaitingOriginal, WaitingOriginal.file_id == File.id)
        .where(
            File.id.in_(list(file_ids)),
            File.handbook_id == handbook_id,
            File.added_by_id == actor.person_id,
        )
    )
    files = {file.id: file for file in rows}
    return [_original(session, files[one]) for one in dict.fromkeys(file_ids) if one in files]


def stored_original(session: Session, actor: Actor, handbook_id: str, file_id: str) -> FileContent:
    """Read an original that is attached, or that its editor keeps waiting; 1 query.

    Raises Refused (not found).
    """
    editing(actor, handbook_id)
    attached = exists().where(Attachment.file_id == File.id)
    waiting = exists().where(WaitingOriginal.file_id == File.id)
    held = or_(attached, waiting & (File.added_by_id == actor.person_id))
    return read_content(session, and_(File.handbook_id == handbook_id, held), file_id=file_id)


def _original(session: Session, file: File) -> Original:
    read = _read(session, file) if file.media_type in READABLE else None
    return Original(
        id=file.id,
        name=file.name,
        media_type=file.media_type,
        read=read if isinstance(read, ReadFile) else None,
        problem=read if isinstance(read, UnreadableFile) else None,
    )


def _read(session: Session, file: File) -> ReadFile | UnreadableFile:
    key = (file.sha256, file.media_type)
    with _lock:
        if key in _kept:
            _kept.move_to_end(key)
            return _kept[key]
    content = session.scalars(select(Blob.content).where(Blob.sha256 == file.sha256)).one()
    read: ReadFile | UnreadableFile
    try:
        read = read_words(content, file.media_type)
    except UnreadableFile as error:
        read = error.with_traceback(None)
    with _lock:
        _kept[key] = read
        while len(_kept) > MOST_KEPT:
            _kept.popitem(last=False)
    return read
