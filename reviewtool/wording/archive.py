"""Damages of an archive in words: what is wrong, and the cure."""

from reviewtool.domain.archive import ArchiveError, Damage
from reviewtool.infra.i18n import LazyText, lazy

DAMAGES: dict[Damage, LazyText] = {
    Damage.NO_ARCHIVE: lazy(
        "The file is no archive of a handbook, or it was cut off on the way. Copy it again."
    ),
    Damage.OTHER_FORMAT: lazy(
        "The archive has another format than this version reads. Read it with the version that "
        "wrote it."
    ),
    Damage.OTHER_SCHEMA: lazy(
        "The archive comes from another version of the database. Bring both installations to the "
        "same version, and write the archive again."
    ),
    Damage.MEMBER_MISSING: lazy("A part of the archive is missing. Copy the archive again."),
    Damage.MEMBER_UNKNOWN: lazy(
        "The archive holds a part that does not belong to it. Copy the archive again."
    ),
    Damage.MEMBER_CHANGED: lazy(
        "A part of the archive has changed since it was written. Copy the archive again."
    ),
    Damage.ROW_UNREADABLE: lazy("A line of the archive can't be read. Copy the archive again."),
    Damage.TRACE_BROKEN: lazy(
        "The trace of the handbook is broken: the archive does not tell what really happened. "
        "Check the installation that it was written at."
    ),
    Damage.ROW_DIFFERS: lazy(
        "The archive says something else of a row that stands here. The handbook, or something "
        "that it shares with others, has changed after the archive was written."
    ),
    Damage.ROW_CLASHES: lazy(
        "A row of the archive can't stand beside the rows here: something else has taken its place."
    ),
}


def damage(error: ArchiveError) -> str:
    """Say in the present language why an archive is not read, with the place."""
    place = " ".join(part for part in (error.place, error.detail) if part)
    words = str(DAMAGES[error.damage])
    return f"{words} ({place})" if place else words
