"""Figures and number graphics of texts: finding them, putting them in, and when they are old."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from reviewtool.text.blocks import Block, Figure, Heading, Item, Numbers, read_blocks, write_blocks
from reviewtool.text.document import compose, parse
from reviewtool.text.inline import canonical_inline, escape, visible

LONGEST_CAPTION, LONGEST_ALT, LONGEST_SOURCE, LONGEST_VALUE = 500, 500, 500, 60
MOST_ROWS = 12
YEARS = (1, 2, 3, 5, 10)
"""After how many years a handbook may call its figures old."""

Graphic = Figure | Numbers

_REFERENCE = re.compile(r"^::figure ([A-Za-z0-9_-]{1,64})$", re.MULTILINE)
_ADDRESS = re.compile(r"https?://[^\s<>\"]*[^\s<>\".,;:!?)]")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


def reference(file_id: str) -> str:
    """Give the line by which a text names a picture."""
    return f"::figure {file_id}\n"


def files_in(texts: Iterable[str]) -> set[str]:
    """List the files that canonical texts name."""
    return {file for text in texts for file in _REFERENCE.findall(text)}


def with_files(text: str, files: Mapping[str, str]) -> str:
    """Give a canonical text with other names for its files; unknown ones stay."""
    return _REFERENCE.sub(lambda match: f"::figure {files.get(match[1], match[1])}", text)


def year_of(date: str) -> int | None:
    """Read the newest year of an "as of" ("2018", "5.2.2019", "2017–2019")."""
    years = [int(year) for year in _YEAR.findall(visible(date))]
    return max(years) if years else None


def is_old(date: str, this_year: int, years: int) -> bool:
    """Tell whether what a figure says is of a year further back than ``years``."""
    year = year_of(date)
    return year is not None and this_year - year > years


@dataclass(frozen=True)
class Placed:
    """A figure or number graphic of a text: its place among its kind there, from 0.

    heading: the inner heading that it stands under.
    """

    index: int
    graphic: Graphic
    heading: str


def graphics_of(text: str) -> list[Placed]:
    """List the figures and number graphics of a canonical text, in order."""
    if "\n::figure " not in text and "\n::numbers " not in text:
        return []
    out: list[Placed] = []
    heading = ""
    for block in read_blocks(parse(text).body):
        if isinstance(block, Heading):
            heading = visible(block.text)
        elif isinstance(block, Graphic):
            out.append(Placed(len(out), block, heading))
    return out


def places(text: str) -> list[tuple[int, str]]:
    """List where a figure can be put: (number of blocks before it, the words that it follows).

    List items hang together: nothing is put between them.
    """
    blocks = read_blocks(parse(text).body)
    found = [(0, "")]
    for number, block in enumerate(blocks, 1):
        following = blocks[number] if number < len(blocks) else None
        if not (isinstance(block, Item) and isinstance(following, Item)):
            found.append((number, _said(block)))
    return found


def _said(block: Block) -> str:
    if isinstance(block, Graphic):
        return visible(block.caption) or "–"
    if isinstance(block, Heading):
        return visible(block.text)
    words = getattr(block, "text", "") or getattr(block, "title", "")
    return visible(words or " ".join(getattr(block, "paragraphs", ())))


def put(text: str, graphic: Graphic, place: int) -> str:
    """Give a canonical text with a figure after so many blocks of its body."""
    document = parse(text)
    blocks = list(read_blocks(document.body))
    blocks.insert(max(0, min(place, len(blocks))), graphic)
    return compose(document.title, document.points, write_blocks(blocks), document.sources)


def place_of(text: str, index: int) -> int:
    """Give how many blocks stand before a figure, without itself."""
    return _positions(read_blocks(parse(text).body))[index]


def changed(text: str, index: int, graphic: Graphic | None, place: int | None = None) -> str:
    """Give a text with one figure changed, moved to a place, or (None) taken out.

    place: counted without the figure itself. Raises IndexError for a figure that isn't there.
    """
    document = parse(text)
    blocks = list(read_blocks(document.body))
    at = _positions(blocks)[index]
    del blocks[at]
    if graphic is not None:
        blocks.insert(at if place is None else max(0, min(place, len(blocks))), graphic)
    return compose(document.title, document.points, write_blocks(blocks), document.sources)


def _positions(blocks: Iterable[Block]) -> list[int]:
    return [at for at, block in enumerate(blocks) if isinstance(block, Graphic)]


def inline_of(words: str, before: str = "") -> str:
    """Give what was typed into a plain field as inline Markdown, with web addresses as links.

    before: the inline string that the field was filled from; untouched words keep its looks.
    """
    plain = " ".join(words.split())
    if plain == visible(before):
        return before
    out, at = [], 0
    for match in _ADDRESS.finditer(plain):
        out += [_spaced(plain[at : match.start()]), f"[{escape(match[0])}]({match[0]})"]
        at = match.end()
    return canonical_inline("".join(out) + _spaced(plain[at:]))


def _spaced(words: str) -> str:
    """Escape words inside a line, with the spaces at their ends."""
    inside = words.strip(" ")
    if not inside:
        return words
    before, after = words.split(inside, 1)
    return f"{before}{escape(inside)}{after}"
