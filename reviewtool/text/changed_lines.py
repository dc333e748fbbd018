"""A comparison as whole lines: those that changed, each old one with what it became.

Every line of either text is told once, so that what stands here before and after differs by just
the words that came and went. What a change's own ends say is not asked: where equal words stand
around it, it can be cut in several ways.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reviewtool.text.diff import Comparison
from reviewtool.text.layout import Line, layout
from reviewtool.text.patience import Match
from reviewtool.text.tokens import has_word

Range = tuple[int, int]

_End = tuple[int, int]
"""A line: 0 or 1 for the old text or the new one, and its index there."""


@dataclass(frozen=True, slots=True)
class Changed:
    """Lines of the old text, and those of the new one that they became; either may be none.

    ``moved``: they stand elsewhere among the others now.
    """

    old: tuple[Line, ...]
    new: tuple[Line, ...]
    moved: bool = False

    @property
    def same_words(self) -> bool:
        """Tell whether a reader sees the same words, and links lead to the same addresses."""
        return [_seen(line) for line in self.old] == [_seen(line) for line in self.new]


def changed_lines(comparison: Comparison) -> list[Changed]:
    """Return the lines whose words changed or that moved, in reading order of the new text."""
    return [one for one in _Linked(comparison).gathered() if one.moved or not one.same_words]


def touched(lines: Sequence[Line], start: int, end: int) -> list[int]:
    """Return which lines share visible characters with a range, or hold an empty one inside."""
    if start == end:
        return [n for n, line in enumerate(lines) if line.start < start < line.end]
    return [
        n for n, line in enumerate(lines) if line.visible_index(end) > line.visible_index(start)
    ]


def at_line(old: str, gone: Range, new: str, come: Range) -> tuple[Range, Range]:
    """Cut what only came or only went where a line begins, when it can be cut so.

    "Ten\n- T" put in before "wo" in an item "Two" is the item "Ten" put in before it.
    """
    if gone[0] == gone[1]:
        moved = _slide(new, come, old, gone[0])
    elif come[0] == come[1]:
        moved = _slide(old, gone, new, come[0])
    else:
        return gone, come
    return (gone[0] - moved, gone[1] - moved), (come[0] - moved, come[1] - moved)


def _slide(text: str, cut: Range, other: str, at: int) -> int:
    """Return by how many characters a stretch slides back, so that it begins where a line does."""
    start, end = cut
    for back in range(end - start):
        if start - back == 0 or "\n" in text[start - back - 1 : start - back + 1]:
            return back
        before = text[start - back - 1], text[end - back - 1], other[at - back - 1 : at - back]
        if len(set(before)) > 1:
            return 0
    return 0


def _seen(line: Line) -> tuple[str, list[str]]:
    addresses = dict.fromkeys(style.href for style in line.styles if style.href)
    return " ".join(line.visible.split()), list(addresses)


def with_words(text: str) -> list[Line]:
    """Return the lines of a canonical text in which something is to be read."""
    return [line for line in layout(text) if line.visible]


class _Linked:
    """The lines of both texts; those that share words belong together."""

    def __init__(self, comparison: Comparison) -> None:
        self.comparison = comparison
        self.old, self.new = with_words(comparison.old), with_words(comparison.new)
        self.above: dict[_End, _End] = {}
        self.linked: set[_End] = set()
        self.moved: set[_End] = set()
        self._join(comparison.matches, moved=False)
        for move in comparison.moves:
            self._join(move.pieces, moved=True)
        self._same_elsewhere()
        self._replaced()

    def _top(self, one: _End) -> _End:
        while one in self.above:
            one = self.above[one]
        return one

    def _link(self, old: int, new: int, *, moved: bool) -> None:
        one, other = self._top((0, old)), self._top((1, new))
        if one != other:
            self.above[one] = other
        self.linked |= {(0, old), (1, new)}
        if moved:
            self.moved.add((1, new))

    def _join(self, matches: Sequence[Match], *, moved: bool) -> None:
        for match in matches:
            for old, new in self._shared(*match):
                self._link(old, new, moved=moved)

    def _shared(self, start: int, begin: int, length: int) -> Iterator[_End]:
        """Find the old and new lines of the words in a stretch that stands in both texts."""
        shift = begin - start
        for o in touched(self.old, start, start + length):
            line = self.old[o]
            lo, hi = max(line.start, start), min(line.end, start + length)
            for n in touched(self.new, lo + shift, hi + shift):
                first = line.visible_index(max(lo, self.new[n].start - shift))
                last = line.visible_index(min(hi, self.new[n].end - shift))
                words = line.visible[first:last]
                if has_word(words) or words == line.visible == self.new[n].visible:
                    yield o, n

    def _alone(self, side: int, lines: Sequence[int]) -> list[int]:
        return [n for n in lines if (side, n) not in self.linked]

    def _same_elsewhere(self) -> None:
        """Put a line that went together with the same one that came, however short it is."""
        came: dict[str, list[int]] = defaultdict(list)
        for n in self._alone(1, range(len(self.new))):
            came[self.new[n].visible].append(n)
        for o in self._alone(0, range(len(self.old))):
            line = self.old[o]
            same = sorted(came[line.visible], key=lambda n: self.new[n].kind is not line.kind)
            if same:
                self._link(o, same[0], moved=True)
                came[line.visible].remove(same[0])

    def _replaced(self) -> None:
        """Put one line that went and the one of its kind that came in its place together."""
        for change in self.comparison.changes:
            gone = self._alone(0, touched(self.old, change.old_start, change.old_end))
            come = self._alone(1, touched(self.new, change.new_start, change.new_end))
            if len(gone) == len(come) == 1:
                one, other = self.old[gone[0]], self.new[come[0]]
                if (one.part, one.kind) == (other.part, other.kind):
                    self._link(gone[0], come[0], moved=False)

    def gathered(self) -> list[Changed]:
        """Return what belongs together; what went stands after what it followed."""
        members: dict[_End, tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
        for side, lines in enumerate((self.old, self.new)):
            for index in range(len(lines)):
                members[self._top((side, index))][side].append(index)
        out: list[tuple[int, bool, Changed]] = []
        at = -1
        for old, new in sorted(members.values(), key=lambda one: one[0][:1]):
            if new:
                at = new[0]
            moved = any((1, n) in self.moved for n in new)
            before, after = (self.old[n] for n in old), (self.new[n] for n in new)
            out.append((at, not new, Changed(tuple(before), tuple(after), moved)))
        return [one for _, _, one in sorted(out, key=lambda entry: entry[:2])]
