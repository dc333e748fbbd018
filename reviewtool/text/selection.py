"""From a selection in a browser to a passage of the canonical text, and back.

A browser says: the element (its ``data-n``), and a UTF-16 offset in what that element shows,
counted over its text without elements marked ``data-aside``. List markers are no text.
"""

from dataclasses import dataclass

from reviewtool.text.anchors import Passage, passage_at
from reviewtool.text.errors import TextError
from reviewtool.text.layout import Line, layout


@dataclass(frozen=True, slots=True)
class Point:
    """A place on a page: number of a line (``data-n``) and UTF-16 offset in its shown text."""

    line: int
    offset: int


def _width(char: str) -> int:
    return 2 if ord(char) > 0xFFFF else 1


def utf16_to_index(visible: str, offset: int) -> int:
    """Return how many characters lie before a UTF-16 offset (inside a pair: before the pair)."""
    if visible.isascii():
        return min(max(offset, 0), len(visible))
    units = 0
    for index, char in enumerate(visible):
        units += _width(char)
        if units > offset:
            return index
    return len(visible)


def index_to_utf16(visible: str, index: int) -> int:
    """Return the UTF-16 offset of a character index."""
    return sum(map(_width, visible[:index]))


def _line(text: str, number: int) -> Line:
    lines = layout(text)
    if not 0 <= number < len(lines):
        raise TextError(f"the text has no line {number}")
    return lines[number]


def passage_of(text: str, start: Point, end: Point) -> Passage:
    """Return the passage between two points of a page (in either order), trimmed of white space.

    Marks beside its first and last character stay outside. Raises TextError when a point lies on no
    line.
    """
    if (end.line, end.offset) < (start.line, start.offset):
        start, end = end, start
    first, last = _line(text, start.line), _line(text, end.line)
    a = utf16_to_index(first.visible, start.offset)
    b = utf16_to_index(last.visible, end.offset)
    while first.number < last.number and not first.visible[a:].strip():
        first, a = _line(text, first.number + 1), 0
    while last.number > first.number and not last.visible[:b].strip():
        last = _line(text, last.number - 1)
        b = len(last.visible)
    stop = b if last is first else len(first.visible)
    while a < stop and first.visible[a].isspace():
        a += 1
    floor = a if last is first else 0
    while b > floor and last.visible[b - 1].isspace():
        b -= 1
    begin = first.positions[a] if a < len(first.positions) else first.end
    if b == floor and last is first:
        return passage_at(text, begin, begin)
    final = last.positions[b - 1]
    return passage_at(text, begin, final + (2 if text[final] == "\\" else 1))


def points_of(text: str, start: int, end: int) -> tuple[Point, Point]:
    """Return where a passage begins and ends on the page. Raises TextError for an empty text.

    The way back of ``passage_of``, part of the engine's published interface (docs/text-engine.md).
    """
    lines = layout(text)
    if not lines:
        raise TextError("the text has no lines")
    first = next((line for line in lines if line.end > start), lines[-1])
    last = next((line for line in reversed(lines) if line.start < end), lines[0])
    if start == end or (last.number, 0) < (first.number, 0):
        last = first
    return (
        Point(first.number, index_to_utf16(first.visible, first.visible_index(start))),
        Point(last.number, index_to_utf16(last.visible, last.visible_index(end))),
    )
