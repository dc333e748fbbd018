"""Why a file can't be read, as structured values; wording and cure stand in the catalogues."""

from dataclasses import dataclass
from enum import StrEnum


class Unit(StrEnum):
    """What `Place.number` counts (from 1)."""

    FILE = "file"
    PART = "part"
    LINE = "line"
    PARAGRAPH = "paragraph"
    TABLE = "table"
    ROW = "row"


@dataclass(frozen=True)
class Place:
    """Where in a file something stands.

    `number` counts from 1 and is 0 where the whole file (or the part `name`) is meant; `name` is
    the name of the file's part; `heading` the nearest heading before the place.
    """

    unit: Unit = Unit.FILE
    number: int = 0
    name: str = ""
    heading: str = ""


class UnreadableReason(StrEnum):
    """Why a file was refused."""

    UNKNOWN_KIND = "unknown kind"
    NOT_WHAT_IT_SAYS = "not what it says"
    TOO_BIG = "too big"
    UNZIPS_TOO_BIG = "unzips too big"
    TOO_MANY_ROWS = "too many rows"
    TOO_DEEP = "too deep"
    DAMAGED = "damaged"
    ENTITIES = "entities"
    MACROS = "macros"
    ENCRYPTED = "encrypted"
    OLD_FORMAT = "old format"
    CHARACTER_SET = "character set"
    NO_HEADER = "no header"
    EMPTY = "empty"


class UnreadableFile(Exception):  # noqa: N818 - named after the file, as the callers read it
    """A file that can't be read; nothing of it was used.

    `found` is what was met instead (a kind such as "pdf", a size in bytes), `limit` the number
    that was passed, 0 where none applies.
    """

    def __init__(
        self,
        reason: UnreadableReason,
        place: Place | None = None,
        *,
        found: str = "",
        limit: int = 0,
    ) -> None:
        super().__init__(f"{reason.value}: {place or Place()} {found}".rstrip())
        self.reason = reason
        self.place = place or Place()
        self.found = found
        self.limit = limit
