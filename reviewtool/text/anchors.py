"""Finding a passage again in another version of its text.

The raw alignment of the two versions carries most passages over. What it can't tell is searched,
exactly and then fuzzily, and only in text that the alignment says is new: a copy that stood there
before is not the passage. Below the floor a passage is *removed*; there is no guess.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from reviewtool.text.align import Alignment, align
from reviewtool.text.errors import TextError
from reviewtool.text.fit import Fit, Piece, fit, letters
from reviewtool.text.layout import visible_words
from reviewtool.text.search import AROUND, Found, Quote, is_lone, search
from reviewtool.text.tokens import Form

CONTEXT = 32
# Share of a passage's letters that has to survive where the alignment leads, to which the share of
# the letters around it that survive with it adds a little.
KEPT_FLOOR = 0.7
SUPPORT_SHARE = 0.5
SUPPORT_REACH = 60
# A lone short word or sign needs so much company close by, else it was matched by chance.
LONE_SUPPORT = 0.3
LONE_REACH = 12


class Status(StrEnum):
    EXACT = "exact"
    MOVED = "moved"
    REWORDED = "reworded"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Passage:
    """A range of code points of a text, its words, and up to 32 characters around them."""

    start: int
    end: int
    quote: str
    prefix: str = ""
    suffix: str = ""


@dataclass(frozen=True, slots=True)
class Placement:
    """Where a passage stands; ``confidence`` from 0 to 1; a removed one has the range (0, 0)."""

    status: Status
    start: int
    end: int
    confidence: float


REMOVED = Placement(Status.REMOVED, 0, 0, 0.0)


def _words(text: str, start: int, end: int, form: Form) -> str:
    return visible_words(text, start, end) if form is Form.MARKUP else text[start:end]


def passage_at(text: str, start: int, end: int, form: Form = Form.MARKUP) -> Passage:
    """Return the passage ``text[start:end]`` with its visible words and context.

    Raises TextError when the range doesn't lie in the text.
    """
    if not 0 <= start <= end <= len(text):
        raise TextError("the passage lies outside the text")
    prefix = _words(text, max(0, start - 4 * CONTEXT), start, form)[-CONTEXT:]
    suffix = _words(text, end, min(len(text), end + 4 * CONTEXT), form)[:CONTEXT]
    return Passage(start, end, _words(text, start, end, form), prefix, suffix)


class _Map:
    """The alignment as a map of positions, moves included, and the text that is new."""

    def __init__(self, old: str, new: str, alignment: Alignment) -> None:
        self.old, self.new = old, new
        pieces = [Piece(i, j, n, 0) for i, j, n in alignment.matches]
        gone = [*(m.pieces for m in alignment.moves), *(r.pieces for r in alignment.regions)]
        for index, own in enumerate(gone, 1):
            pieces += [Piece(i, j, n, index) for i, j, n in own]
        self.pieces = sorted(pieces, key=lambda piece: piece.old)
        self.starts = [piece.old for piece in self.pieces]
        self.fresh = self._fresh()

    def _fresh(self) -> list[tuple[int, int]]:
        out: list[tuple[int, int]] = []
        at = 0
        for piece in sorted(self.pieces, key=lambda piece: piece.new):
            if piece.new > at:
                out.append((at, piece.new))
            at = max(at, piece.new + piece.length)
        if at < len(self.new):
            out.append((at, len(self.new)))
        return out

    def support(self, start: int, end: int, found: Fit, reach: int) -> float:
        """Return the share of the letters around a passage that stand around its new place."""
        around = (
            (max(0, start - reach), start),
            (end, min(len(self.old), end + reach)),
        )
        near = range(found.start - 5 * SUPPORT_REACH, found.end + 5 * SUPPORT_REACH)
        total = 0.0
        for lo, hi in around:
            whole = letters(self.old[lo:hi])
            kept = sum(
                letters(self.old[p.old : p.old + p.length])
                for p in self.over(lo, hi)
                if p.moved == found.moved and p.new in near
            )
            total += kept / whole if whole else 0.5
        return total / 2

    def over(self, start: int, end: int) -> list[Piece]:
        """Return the pieces of ``old[start:end]`` that survive, cut to it."""
        out: list[Piece] = []
        index = max(0, bisect_right(self.starts, start) - 1)
        for piece in self.pieces[index:]:
            if piece.old >= end:
                break
            lo, hi = max(start, piece.old), min(end, piece.old + piece.length)
            if lo < hi:
                shift = piece.new - piece.old
                after = piece.old + piece.length - hi
                out.append(Piece(lo, lo + shift, hi - lo, piece.moved, lo - piece.old, after))
        return out


def place_many(
    old: str, new: str, passages: Sequence[Passage], form: Form = Form.MARKUP
) -> list[Placement]:
    """Return where each passage of ``old`` stands in ``new``; one alignment serves them all."""
    if old == new:
        return [Placement(Status.EXACT, p.start, p.end, 1.0) for p in passages]
    places = _Map(old, new, align(old, new, form))
    return [_place(places, passage, form) for passage in passages]


def place(old: str, new: str, passage: Passage, form: Form = Form.MARKUP) -> Placement:
    """Return where one passage of ``old`` stands in ``new``."""
    return place_many(old, new, [passage], form)[0]


def _place(places: _Map, passage: Passage, form: Form) -> Placement:
    old, new = places.old, places.new
    start, end = passage.start, passage.end
    if start == end:
        return _point(places, start)
    found = fit(old, new, start, end, places.over(start, end))
    if found is not None:
        support = places.support(start, end, found, SUPPORT_REACH)
        lone = (
            is_lone(old[start:end]) and places.support(start, end, found, LONE_REACH) < LONE_SUPPORT
        )
        if not lone and found.kept + SUPPORT_SHARE * support >= KEPT_FLOOR:
            return _fitted(new, passage, found, form)
    around = old[max(0, start - AROUND) : start], old[end : end + AROUND]

    def same(lo: int, hi: int) -> bool:
        return _words(new, lo, hi, form).strip() == passage.quote.strip()

    lost = search(Quote(old[start:end], *around), new, places.fresh, same)
    return _found(lost) if lost else REMOVED


def _fitted(new: str, passage: Passage, found: Fit, form: Form) -> Placement:
    if _words(new, found.start, found.end, form).strip() == passage.quote.strip():
        status = Status.MOVED if found.moved else Status.EXACT
        return Placement(status, found.start, found.end, 1.0)
    return Placement(Status.REWORDED, found.start, found.end, round(found.kept, 3))


def _point(places: _Map, at: int) -> Placement:
    for piece in places.over(max(0, at - 1), at + 1):
        if piece.old <= at <= piece.old + piece.length:
            place_at = piece.new + at - piece.old
            return Placement(Status.EXACT, place_at, place_at, 1.0)
    return REMOVED


def _found(found: Found) -> Placement:
    status = Status.MOVED if found.score >= 1 else Status.REWORDED
    return Placement(status, found.start, found.end, found.score)
