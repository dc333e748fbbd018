"""Archives of a whole handbook: the form's version, and what can be wrong with one."""

from dataclasses import dataclass
from enum import StrEnum

ARCHIVE_FORMAT = 1
"""Raised when the form changes; the form is described in docs/archive-format.md."""


class Damage(StrEnum):
    """Why an archive is not read."""

    NO_ARCHIVE = "no-archive"
    OTHER_FORMAT = "other-format"
    OTHER_SCHEMA = "other-schema"
    MEMBER_MISSING = "member-missing"
    MEMBER_UNKNOWN = "member-unknown"
    MEMBER_CHANGED = "member-changed"
    ROW_UNREADABLE = "row-unreadable"
    TRACE_BROKEN = "trace-broken"
    ROW_DIFFERS = "row-differs"
    ROW_CLASHES = "row-clashes"


@dataclass
class ArchiveError(Exception):
    """An archive can't be read; nothing of it has been taken in.

    place: the member or the table; detail: the row's id, or what was found and expected.
    """

    damage: Damage
    place: str = ""
    detail: str = ""

    def __str__(self) -> str:
        """Give the damage and its place, for logs."""
        return " ".join(part for part in (self.damage.value, self.place, self.detail) if part)
