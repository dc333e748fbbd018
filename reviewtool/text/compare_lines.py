"""A comparison laid over the lines of its two texts: which line became which, piece by piece."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from reviewtool.text.diff import Comparison, Op, Span
from reviewtool.text.inline import Style
from reviewtool.text.layout import Line, layout


@dataclass(frozen=True, slots=True)
class Piece:
    """Visible words of one style; ``restyled``: equal words whose style changed."""

    op: Op
    words: str
    style: Style
    move: int | None = None
    restyled: bool = False


@dataclass(slots=True)
class Row:
    """One line of the comparison: the old lines that it came from, the new one, its pieces.

    ``old`` is empty for a new line, ``new`` None for a line that went. ``unified``: both together;
    ``left`` and ``right``: the old words and the new ones.
    """

    old: list[Line] = field(default_factory=list)
    new: Line | None = None
    unified: list[Piece] = field(default_factory=list)
    left: list[Piece] = field(default_factory=list)
    right: list[Piece] = field(default_factory=list)

    @property
    def line(self) -> Line:
        """Return the line whose form the row has."""
        return self.new if self.new is not None else self.old[0]

    @property
    def state(self) -> str:
        """Return equal, changed, inserted, deleted, moved-from or moved-to."""
        moved = any(piece.move is not None for piece in self.unified)
        if self.new is None:
            return "moved-from" if moved else "deleted"
        if not self.old:
            return "moved-to" if moved else "inserted"
        if self.old[0].kind is not self.new.kind or self.old[0].depth != self.new.depth:
            return "changed"
        if self.old[0].file != self.new.file:
            return "changed"
        same = all(p.op is Op.EQUAL and not p.restyled for p in self.unified)
        return "equal" if same else "changed"


def _overlaps(lines: Sequence[Line], start: int, end: int, first: int) -> Iterator[int]:
    """Indexes of the lines that share visible characters (or an empty line) with a range."""
    for index in range(first, len(lines)):
        line = lines[index]
        if line.start >= end and not (line.start == line.end == end):
            return
        if line.end > start or line.start == line.end >= start:
            yield index


class _Weaver:
    def __init__(self, comparison: Comparison) -> None:
        self.comparison = comparison
        self.old = layout(comparison.old)
        self.new = layout(comparison.new)
        self.rows = [Row(new=line) for line in self.new]
        self.gone: dict[int, Row] = {}
        self.home: dict[int, int] = {}
        self.paired: dict[int, int] = {}
        self.at_old = self.at_new = 0

    def weave(self) -> list[Row]:
        spans = self.comparison.spans()
        for span in spans:
            if span.op is Op.EQUAL:
                for _, o, n in self._equal_parts(span):
                    self.paired.setdefault(o, n)
        for o, n in self.paired.items():
            self.rows[n].old.append(self.old[o])
        self.at_old = self.at_new = 0
        for span in spans:
            if span.op is Op.EQUAL:
                self._equal(span)
            elif span.op is Op.DELETE:
                self._deleted(span)
            else:
                self._inserted(span)
        return self._ordered()

    def _equal_parts(self, span: Span) -> Iterator[tuple[range, int, int]]:
        """Visible stretches of an equal span: their new indexes, old line, new line."""
        shift = span.new_start - span.old_start
        for n in _overlaps(self.new, span.new_start, span.new_end, self.at_new):
            line = self.new[n]
            if line.end <= span.new_end:
                self.at_new = n
            first = line.visible_index(max(line.start, span.new_start))
            last = line.visible_index(min(line.end, span.new_end))
            place = max(line.start, span.new_start) - shift
            o = self._old_line(place)
            if o is not None and (last > first or line.start == line.end):
                yield range(first, last), o, n

    def _old_line(self, position: int) -> int | None:
        while self.at_old < len(self.old) and self.old[self.at_old].end < position:
            self.at_old += 1
        if self.at_old < len(self.old) and self.old[self.at_old].start <= position:
            return self.at_old
        return None

    def _equal(self, span: Span) -> None:
        for part, o, n in self._equal_parts(span):
            self.home[o] = n
            old, new = self.old[o], self.new[n]
            shift = span.new_start - span.old_start
            if not part:
                continue
            first = old.visible_index(new.positions[part.start] - shift)
            row = self.rows[n]
            for k in _runs(part, old, new, first - part.start):
                was = old.styles[k.start + first - part.start]
                style, words = new.styles[k.start], new.visible[k.start : k.stop]
                row.unified.append(Piece(Op.EQUAL, words, style, restyled=was != style))
                row.right.append(Piece(Op.EQUAL, words, style, restyled=was != style))
                self.rows[self.paired[o]].left.append(Piece(Op.EQUAL, words, was))

    def _deleted(self, span: Span) -> None:
        for o in _overlaps(self.old, span.old_start, span.old_end, 0):
            line = self.old[o]
            pieces = self._cut(Op.DELETE, line, span.old_start, span.old_end, span.move)
            if o in self.paired:
                self.rows[self.home.get(o, self.paired[o])].unified += pieces
                self.rows[self.paired[o]].left += pieces
            elif pieces or line.start == line.end:
                row = self.gone.setdefault(o, Row(old=[line]))
                row.unified += pieces
                row.left += pieces

    def _inserted(self, span: Span) -> None:
        for n in _overlaps(self.new, span.new_start, span.new_end, 0):
            line = self.new[n]
            pieces = self._cut(Op.INSERT, line, span.new_start, span.new_end, span.move)
            self.rows[n].unified += pieces
            self.rows[n].right += pieces

    def _cut(self, op: Op, line: Line, start: int, end: int, move: int | None) -> list[Piece]:
        """Return the words of a line in a range; of a moved line the edited ones are no move."""
        start, end = max(line.start, start), min(line.end, end)
        if move is None:
            return _pieces(op, line, start, end, None)
        side = 0 if op is Op.DELETE else 1
        out: list[Piece] = []
        at = start
        for piece in self.comparison.moves[move].pieces:
            lo, hi = max(at, piece[side]), min(end, piece[side] + piece[2])
            if lo < hi:
                out += _pieces(op, line, at, lo, None)
                out += _pieces(op, line, lo, hi, move)
                at = hi
        return out + _pieces(op, line, at, end, None)

    def _ordered(self) -> list[Row]:
        """Put lines that went after the line that they followed."""
        after: dict[int, list[Row]] = {}
        at = -1
        for o in range(len(self.old)):
            if o in self.gone:
                after.setdefault(at, []).append(self.gone[o])
            else:
                at = self.home.get(o, self.paired.get(o, at))
        out = list(after.get(-1, ()))
        for n, row in enumerate(self.rows):
            out.append(row)
            out += after.get(n, ())
        return out


def _runs(part: range, old: Line, new: Line, shift: int) -> Iterator[range]:
    """Cut a stretch of equal words where either style changes."""
    start = part.start
    for k in range(part.start + 1, part.stop):
        if new.styles[k] != new.styles[k - 1] or old.styles[k + shift] != old.styles[k + shift - 1]:
            yield range(start, k)
            start = k
    yield range(start, part.stop)


def _pieces(op: Op, line: Line, start: int, end: int, move: int | None) -> list[Piece]:
    """Return the visible words of a range of a line, cut where the style changes."""
    first, last = line.visible_index(start), line.visible_index(end)
    out: list[Piece] = []
    begun = first
    for k in range(first + 1, last + 1):
        if k == last or line.styles[k] != line.styles[begun]:
            out.append(Piece(op, line.visible[begun:k], line.styles[begun], move))
            begun = k
    return out


def rows(comparison: Comparison) -> list[Row]:
    """Return the lines of both texts, in reading order, each with what became of its words."""
    return _Weaver(comparison).weave()
