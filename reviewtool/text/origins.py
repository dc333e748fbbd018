"""Where the words of a text come from, seen against the text that it inherited."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from reviewtool.text.diff import LIGHT, Kind, Op, compare
from reviewtool.text.layout import Line, layout
from reviewtool.text.tokens import count_words


class Origin(StrEnum):
    """Where a stretch of words comes from."""

    INHERITED = "inherited"
    CHANGED = "changed"
    OURS = "ours"


_RANK = {Origin.OURS: 0, Origin.CHANGED: 1, Origin.INHERITED: 2}


@dataclass(frozen=True, slots=True)
class Stretch:
    """``text[start:end]`` of one line, and where its words come from."""

    start: int
    end: int
    origin: Origin


def origins(inherited: Sequence[str], text: str) -> tuple[Stretch, ...]:
    """Tell of every line's words where they come from; together they cover each line once.

    ``inherited``: the canonical texts that ``text`` began from (one, or those of the sections that
    were joined in it; none: every word is ours). Words kept or moved are inherited, also where
    only their look, case or punctuation changed. Words that stand for others in a line that keeps
    some are changed. All other words are ours.
    """
    best = [Origin.OURS] * len(text)
    for base in inherited:
        for start, end, origin in _against(base, text):
            for position in range(start, end):
                if _RANK[origin] > _RANK[best[position]]:
                    best[position] = origin
    out: list[Stretch] = []
    for line in layout(text):
        start = line.start
        for position in range(line.start + 1, line.end + 1):
            if position == line.end or best[position] is not best[start]:
                out.append(Stretch(start, position, best[start]))
                start = position
    return tuple(out)


def shares(text: str, stretches: Iterable[Stretch]) -> dict[Origin, int]:
    """Count the words of each origin."""
    counts = dict.fromkeys(Origin, 0)
    for stretch in stretches:
        counts[stretch.origin] += count_words(text[stretch.start : stretch.end])
    return counts


def _against(base: str, text: str) -> list[tuple[int, int, Origin]]:
    comparison = compare(base, text)
    kept = [
        (span.new_start, span.new_end)
        for span in comparison.spans()
        if span.op is Op.EQUAL or (span.op is Op.INSERT and span.move is not None)
    ]
    kept += [
        (change.new_start, change.new_end) for change in comparison.changes if change.kind in LIGHT
    ]
    replaced = [
        (change.new_start, change.new_end)
        for change in comparison.changes
        if change.kind is Kind.REPLACED
    ]
    found: list[tuple[int, int, Origin]] = []
    for line in layout(text):
        inherited = _within(kept, line)
        # A line that keeps but a full stop or a link's address keeps no words.
        whole = inherited == [(line.start, line.end)]
        if whole or any(count_words(text[start:end]) for start, end in inherited):
            found += [(start, end, Origin.INHERITED) for start, end in inherited]
            found += [(start, end, Origin.CHANGED) for start, end in _within(replaced, line)]
    return found


def _within(ranges: Iterable[tuple[int, int]], line: Line) -> list[tuple[int, int]]:
    return [
        (max(start, line.start), min(end, line.end))
        for start, end in ranges
        if start < line.end and end > line.start
    ]
