"""A comparison as a list of structured items, to be worded in any language.

For screen readers and plain-text mail: "second key point: 'a' became 'b'; third paragraph moved
before the first".
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest

from reviewtool.text.diff import Change, Comparison, Kind
from reviewtool.text.layout import Kind as LineKind
from reviewtool.text.layout import Line, layout, line_at, visible_words
from reviewtool.text.moves import Move
from reviewtool.text.tokens import has_word


@dataclass(frozen=True, slots=True)
class Place:
    """A line: its part, what it is, and which of its kind in the part (from 1)."""

    part: str
    kind: LineKind
    ordinal: int


@dataclass(frozen=True, slots=True)
class Item:
    """One change to be said.

    ``place``: in the new text, in the old one for what went; ``old`` and ``new``: visible words of
    one change, without line ends (of a picture the old and the new file); ``source``: where a moved
    line was; ``before``: the line that it stands before now, None at the end.
    """

    kind: Kind
    place: Place
    old: str = ""
    new: str = ""
    source: Place | None = None
    before: Place | None = None


def items(comparison: Comparison) -> list[Item]:
    """Return what changed, in reading order of the new text; white space alone is no change.

    What was edited inside a moved line follows its move as items of their own.
    """
    found: list[tuple[int, int, Item]] = []
    for move in comparison.moves:
        found += [(move.new_start, n, item) for n, item in enumerate(_moved(comparison, move))]
    for change in comparison.changes:
        found += [(start, 99, item) for start, item in _changed(comparison, change)]
    return [item for _, _, item in sorted(found, key=lambda entry: entry[:2])]


def _place(line: Line | None) -> Place:
    if line is None:
        return Place("title", LineKind.TITLE, 1)
    return Place(line.part, line.kind, line.ordinal)


def _moved(comparison: Comparison, move: Move) -> Iterator[Item]:
    old = line_at(comparison.old, move.old_start + 4)
    new = line_at(comparison.new, move.new_start + 4)
    words = _words(comparison.new, move.new_start, move.new_end)
    yield Item(
        Kind.MOVED, _place(new), words, words, source=_place(old), before=_after(comparison, move)
    )
    i, j = move.old_start, move.new_start
    for i0, j0, n in (*move.pieces, (move.old_end, move.new_end, 0)):
        before, after = _words(comparison.old, i, i0), _words(comparison.new, j, j0)
        if before != after:
            yield Item(_kind(before, after), _place(new), before, after)
        i, j = i0 + n, j0 + n


def _after(comparison: Comparison, move: Move) -> Place | None:
    """Return the place, in the old text, of the line that a moved one stands before now."""
    following = next((n for n in layout(comparison.new) if n.start > move.new_end), None)
    if following is None:
        return None
    for i, j, n in comparison.matches:
        if j <= following.start < j + n:
            return _place(line_at(comparison.old, i + following.start - j))
    return None


def _changed(comparison: Comparison, change: Change) -> Iterator[tuple[int, Item]]:
    """Cut one hunk by the lines that it touches, without what moved."""
    if change.kind is Kind.SPACE:
        return
    gone = list(_rest(change.old_start, change.old_end, _ranges(comparison, 0)))
    come = list(_rest(change.new_start, change.new_end, _ranges(comparison, 1)))
    old = [p for lo, hi in gone for p in _by_line(comparison.old, lo, hi)]
    new = [p for lo, hi in come for p in _by_line(comparison.new, lo, hi)]
    yield from _pictures(comparison, change)
    if change.kind in (Kind.SPLIT, Kind.JOINED, Kind.FORMATTING):
        place = _place(line_at(comparison.new, change.new_start))
        yield change.new_start, Item(change.kind, place)
        return
    for index in range(max(len(old), len(new))):
        before = old[index] if index < len(old) else None
        after = new[index] if index < len(new) else None
        words = (before[1] if before else ""), (after[1] if after else "")
        line = after[0] if after else before[0] if before else None
        kind = change.kind if len(old) <= 1 and len(new) <= 1 else _kind(*words)
        yield change.new_start, Item(kind, _place(line), *words)


def _pictures(comparison: Comparison, change: Change) -> Iterator[tuple[int, Item]]:
    """Say which figures got another picture, came or went, by the files that they name.

    A figure that stands in both texts with its caption has moved at most.
    """
    both = set(_figures(comparison.old)) & set(_figures(comparison.new))
    old, new = (
        [line for line in _heads(text, *ends) if (line.file, _caption(text, line)) not in both]
        for text, ends in (
            (comparison.old, (change.old_start, change.old_end)),
            (comparison.new, (change.new_start, change.new_end)),
        )
    )
    for before, after in zip_longest(old, new):
        words = before.file if before else "", after.file if after else ""
        if words[0] != words[1]:
            yield change.new_start, Item(Kind.PICTURE, _place(after or before), *words)


def _heads(text: str, start: int, end: int) -> list[Line]:
    return [
        line
        for line in layout(text)
        if line.kind is LineKind.FIGURE and start <= line.end - len(line.file) and line.end <= end
    ]


def _figures(text: str) -> list[tuple[str, str]]:
    heads = [line for line in layout(text) if line.kind is LineKind.FIGURE]
    return [(line.file, _caption(text, line)) for line in heads]


def _caption(text: str, head: Line) -> str:
    own = [one for one in layout(text) if one.group == head.group]
    return next((one.visible for one in own if one.kind is LineKind.CAPTION), "")


def _kind(old: str, new: str) -> Kind:
    return Kind.REPLACED if old and new else Kind.INSERTED if new else Kind.DELETED


def _ranges(comparison: Comparison, side: int) -> list[tuple[int, int]]:
    ends = [((m.old_start, m.old_end), (m.new_start, m.new_end))[side] for m in comparison.moves]
    return sorted(ends)


def _rest(start: int, end: int, taken: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    at = start
    for lo, hi in taken:
        if hi <= at or lo >= end:
            continue
        if lo > at:
            yield at, lo
        at = max(at, hi)
    if at < end:
        yield at, end


def _by_line(text: str, start: int, end: int) -> Iterator[tuple[Line, str]]:
    for line in layout(text):
        if line.end <= start or line.start >= end:
            continue
        words = _words(text, max(start, line.start), min(end, line.end))
        if words and (has_word(words) or len(words) <= 3):
            yield line, words


def _words(text: str, start: int, end: int) -> str:
    return " ".join(visible_words(text, start, end).split())
