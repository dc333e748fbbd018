"""The overview figure: areas with their activities, laid out from the tree for an SVG.

Drawn twice, in columns and one below the other, so that its words can be read on a narrow screen
too. Script-free and without inline style: the template writes rectangles and lines of text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from reviewtool.domain.sections import SectionKind
from reviewtool.queries.tree import TreeLine

WIDE, NARROW = 1080, 360
MOST_COLUMNS = 4
GAP = 24
PAD = 14
LINE = 22
AREA_LINE = 24
SIZE, AREA_SIZE = 16, 18
_THIN, _BROAD = set("iljtfrI.,:'’()-"), set("mwMW")
_SYLLABLE = re.compile(r"(?<=\w)(?=[bcdfghjklmnpqrstvwxz][aeiouyåäö])", re.IGNORECASE)


@dataclass(frozen=True)
class Area:
    """An area with its activities, by title."""

    title: str
    activities: tuple[str, ...]


@dataclass(frozen=True)
class Box:
    """A rectangle with lines of text; kind: area or activity."""

    kind: str
    x: float
    y: float
    width: float
    height: float
    lines: tuple[tuple[float, float, str], ...]


@dataclass(frozen=True)
class Drawing:
    """One layout: its size and its boxes."""

    width: int
    height: float
    boxes: tuple[Box, ...]


@dataclass(frozen=True)
class Overview:
    """The figure in both layouts, and what it shows as a list."""

    areas: tuple[Area, ...]
    wide: Drawing
    narrow: Drawing

    @property
    def activities(self) -> int:
        """Count the activities."""
        return sum(len(area.activities) for area in self.areas)


def overview_of(tree: Sequence[TreeLine]) -> Overview | None:
    """Draw the areas of a tree with the activities beneath them; None where there is no area."""
    areas = _areas(tree)
    if not areas:
        return None
    columns = len(areas) if len(areas) <= MOST_COLUMNS else 3
    return Overview(areas, _draw(areas, WIDE, columns), _draw(areas, NARROW, 1))


def _areas(tree: Sequence[TreeLine]) -> tuple[Area, ...]:
    found: dict[str, list[str]] = {}
    titles: dict[str, str] = {}
    area_of: dict[str, str] = {}
    for line in tree:
        above = area_of.get(line.parent_id or "")
        if line.kind is SectionKind.AREA:
            titles[line.section_id] = line.title
            found[line.section_id] = []
            area_of[line.section_id] = line.section_id
        elif above is not None:
            area_of[line.section_id] = above
            if line.kind is SectionKind.ACTIVITY:
                found[above].append(line.title)
    return tuple(Area(titles[key], tuple(own)) for key, own in found.items())


def _draw(areas: Sequence[Area], width: int, columns: int) -> Drawing:
    column = (width - GAP * (columns - 1)) / columns
    boxes: list[Box] = []
    top = 0.0
    for start in range(0, len(areas), columns):
        bottoms = [
            _column(boxes, area, number * (column + GAP), top, column)
            for number, area in enumerate(areas[start : start + columns])
        ]
        top = max(bottoms) + GAP
    return Drawing(width, round(top - GAP, 1), tuple(boxes))


def _column(boxes: list[Box], area: Area, x: float, y: float, width: float) -> float:
    """Put an area and its activities one below the other; gives where they end."""
    head = _box("area", area.title, x, y, width)
    boxes.append(head)
    y = head.y + head.height + PAD / 2
    for title in area.activities:
        box = _box("activity", title, x, y, width)
        boxes.append(box)
        y = box.y + box.height + PAD / 2
    return y


def _box(kind: str, title: str, x: float, y: float, width: float) -> Box:
    size, leading = (AREA_SIZE, AREA_LINE) if kind == "area" else (SIZE, LINE)
    lines = wrapped(title, width - 2 * PAD, size)
    height = len(lines) * leading + PAD
    placed = tuple(
        (round(x + PAD, 1), round(y + PAD / 2 + leading * (number + 0.75), 1), words)
        for number, words in enumerate(lines)
    )
    return Box(kind, round(x, 1), round(y, 1), round(width, 1), round(height, 1), placed)


def wrapped(title: str, width: float, size: int) -> list[str]:
    """Break a title into lines that fit; a word that is too long breaks between syllables."""
    lines = [""]
    for word in title.split():
        first, *others = _pieces(word, width, size)
        joined = f"{lines[-1]} {first}".strip()
        if _wide(joined, size) <= width or not lines[-1]:
            lines[-1] = joined
        else:
            lines.append(first)
        lines += others
    return lines


def _pieces(word: str, width: float, size: int) -> Iterable[str]:
    if _wide(word, size) <= width:
        return [word]
    pieces = [""]
    for syllable in _SYLLABLE.split(word):
        if _wide(f"{pieces[-1]}{syllable}-", size) > width and pieces[-1]:
            pieces[-1] += "-"
            pieces.append(syllable)
        else:
            pieces[-1] += syllable
    return pieces


def _wide(words: str, size: int) -> float:
    """Estimate the width of words, on the broad side."""
    return size * sum(
        0.31
        if letter in _THIN
        else 0.85
        if letter in _BROAD
        else 0.66
        if letter.isupper()
        else 0.54
        for letter in words
    )
