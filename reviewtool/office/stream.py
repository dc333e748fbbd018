"""What the readers of all formats give: the blocks of a file in their order, nothing left out."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from reviewtool.office.errors import Place
from reviewtool.office.lines import Line


class LeftoverReason(StrEnum):
    """Why something found no place in the outline."""

    BEFORE_FIRST_SECTION = "before the first section"
    FRONT_MATTER = "front matter"
    CONTENTS = "table of contents"
    TABLE = "table"
    IMAGE = "image"
    DIAGRAM = "diagram"
    EQUATION = "equation"
    TEXT_BOX = "text box"
    COMMENT = "comment"
    FOOTNOTE = "footnote"
    HEADER = "header or footer"
    HIDDEN = "hidden text"
    HTML = "html"
    LINK = "link target"
    EMBEDDED = "embedded file"
    SYMBOL = "symbol"
    CHARACTER_SET = "guessed character set"


@dataclass(frozen=True)
class Heading:
    """A heading; `depth` 0 is the style of a document's title, 1 to 9 the levels of headings."""

    depth: int
    line: Line
    place: Place


@dataclass(frozen=True)
class Paragraph:
    """A paragraph; `caption`: it is set as the caption of a picture."""

    line: Line
    place: Place
    caption: bool = False


@dataclass(frozen=True)
class Item:
    """A list item; `depth` counts from 0."""

    ordered: bool
    depth: int
    line: Line
    place: Place


@dataclass(frozen=True)
class Frame:
    """A quote (`boxed` false) or a one-cell table (`boxed` true) with the blocks in it."""

    boxed: bool
    blocks: tuple["Block", ...]
    place: Place


@dataclass(frozen=True)
class Unplaced:
    """Something that the outline has no form for, with its visible words."""

    reason: LeftoverReason
    text: str
    place: Place


@dataclass(frozen=True)
class Picture:
    """A picture; `key`: the SHA-256 of its bytes, which stand in the stream's `pictures`."""

    key: str
    alt: str
    place: Place
    caption: Line = ()


Block = Heading | Paragraph | Item | Frame | Picture | Unplaced


@dataclass(frozen=True)
class Stream:
    """A file's blocks; `title` where the file's own data name one outside of its text."""

    blocks: tuple[Block, ...]
    title: str = field(default="")
    pictures: Mapping[str, bytes] = field(default_factory=dict)
