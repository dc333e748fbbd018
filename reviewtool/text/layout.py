"""Where everything stands in a canonical text: its lines, their visible characters, their place.

All positions are code points of the canonical text.
"""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from reviewtool.text.document import BODY, PART_LINE
from reviewtool.text.inline import Style, scan


class Kind(StrEnum):
    """What a line of a text is."""

    TITLE = "title"
    POINT = "point"
    PARAGRAPH = "paragraph"
    HEADING = "heading"
    SUBHEADING = "subheading"
    BULLET = "bullet"
    NUMBERED = "numbered"
    QUOTE = "quote"
    BOX = "box"
    FIGURE = "figure"
    NUMBERS = "numbers"
    VALUE = "value"
    LABEL = "label"
    CAPTION = "caption"
    ALT = "alt"
    DATE = "date"
    CREDIT = "credit"
    SOURCE = "source"


@dataclass(frozen=True, slots=True)
class Line:
    """One line that holds words (or the head of a figure, a number graphic or a box).

    ``start`` and ``end``: its inline string; ``visible[i]`` stands at ``positions[i]``;
    ``number``: from 1 over all lines but the title; ``ordinal``: from 1 among the lines of the same
    part and kind; ``depth``: of a list item; ``group``: lines of one quote, box or figure share it
    (0: none); ``file``: of a figure; of a number graphic its form.
    """

    part: str
    kind: Kind
    number: int
    ordinal: int
    start: int
    end: int
    visible: str
    positions: tuple[int, ...]
    styles: tuple[Style, ...]
    depth: int = 0
    group: int = 0
    boxed: int = 0
    file: str = ""

    def visible_index(self, position: int) -> int:
        """Return how many visible characters begin before ``position``."""
        return bisect_left(self.positions, position)


_ITEM = re.compile(r"( *)(-|1\.) ")
_FIELD = re.compile(r"::(caption|alt|date|source|value|label) ")
_HEAD = re.compile(r"::(figure|numbers) (\S+)\Z")
_FIELD_KINDS = {
    "value": Kind.VALUE,
    "label": Kind.LABEL,
    "caption": Kind.CAPTION,
    "alt": Kind.ALT,
    "date": Kind.DATE,
    "source": Kind.CREDIT,
}


class _Scanner:
    def __init__(self) -> None:
        self.part = BODY
        self.lines: list[Line] = []
        self.counts: Counter[tuple[str, Kind]] = Counter()
        self.groups = 0
        self.quote = 0
        self.box = 0
        self.figure = 0

    def add(self, kind: Kind, start: int, raw: str, *, depth: int = 0, file: str = "") -> None:
        """Record one line whose inline string ``raw`` begins at ``start``."""
        scanned = scan(raw)
        self.counts[self.part, kind] += 1
        self.lines.append(
            Line(
                part=self.part if kind is not Kind.TITLE else "title",
                kind=kind,
                number=len(self.lines),
                ordinal=self.counts[self.part, kind],
                start=start,
                end=start + len(raw),
                visible=scanned.visible,
                positions=tuple(position + start for position in scanned.positions),
                styles=tuple(scanned.styles),
                depth=depth,
                group=self.quote or self.figure or self.box,
                boxed=self.box,
                file=file,
            )
        )

    def fresh(self) -> int:
        self.groups += 1
        return self.groups

    def marker(self, line: str, at: int) -> bool:
        """Take a line that begins with two colons."""
        if match := PART_LINE.match(line):
            self.part, self.quote, self.box, self.figure = match[1], 0, 0, 0
        elif line == "::end":
            self.box, self.figure = (self.box, 0) if self.figure else (0, 0)
        elif line.startswith("::box"):
            self.box = self.fresh()
            self.add(Kind.BOX, at + min(6, len(line)), line[6:])
        elif match := _HEAD.match(line):
            self.figure = self.fresh()
            self.add(Kind(match[1]), at + len(line), "", file=match[2])
        elif match := _FIELD.match(line):
            self.add(_FIELD_KINDS[match[1]], at + match.end(), line[match.end() :])
        else:
            return False
        return True

    def line(self, line: str, at: int) -> None:
        if not line.startswith(">"):
            self.quote = 0
        if not self.lines and line.startswith("#"):
            self.add(Kind.TITLE, at + min(2, len(line)), line[2:])
        elif not line or (line.startswith("::") and self.marker(line, at)):
            return
        elif line.startswith(("## ", "### ")):
            cut = line.index(" ") + 1
            self.add(Kind.HEADING if cut == 3 else Kind.SUBHEADING, at + cut, line[cut:])
        elif line.startswith(">"):
            self.quote = self.quote or self.fresh()
            if len(line) > 2:
                self.add(Kind.QUOTE, at + 2, line[2:])
        elif match := _ITEM.match(line):
            kind = Kind.BULLET if match[2] == "-" else Kind.NUMBERED
            if self.part != BODY:
                kind = Kind.POINT if self.part == "points" else Kind.SOURCE
            depth = len(match[1]) // 2
            self.add(kind, at + match.end(), line[match.end() :], depth=depth)
        else:
            self.add(Kind.PARAGRAPH, at, line)


@lru_cache(maxsize=256)
def layout(text: str) -> tuple[Line, ...]:
    """Return the lines of a canonical text, in order; the title is number 0."""
    scanner = _Scanner()
    at = 0
    for line in text.split("\n"):
        scanner.line(line, at)
        at += len(line) + 1
    return tuple(scanner.lines)


def line_at(text: str, position: int) -> Line | None:
    """Return the line that holds ``position``, or the last one that begins before it."""
    lines = layout(text)
    index = bisect_right([line.start for line in lines], position) - 1
    return lines[index] if index >= 0 else None


def visible_words(text: str, start: int, end: int) -> str:
    """Return the visible characters of ``text[start:end]``; line ends between lines as ``\\n``."""
    parts = []
    for line in layout(text):
        if line.end < start or line.start > end:
            continue
        first, last = line.visible_index(start), line.visible_index(end)
        if last > first:
            parts.append(line.visible[first:last])
    return "\n".join(parts)
