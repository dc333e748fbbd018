"""The alignment of two strings: which characters of one are which of the other.

Paragraphs that stand once in both texts are matched first, along the heaviest common order; the
ones off that order are moves. Between them words that are unique on both sides (patience diff,
B. Cohen), and in the gaps left the common subsequence of words by diff-match-patch, bounded
by counted work. Everything else is derived from this: what is displayed, the map of anchors, the
hunks of merges.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

from reviewtool.text.moves import MOVE_WORDS, Move, mended, moved_lines, outside
from reviewtool.text.patience import Match, heaviest_chain, joined, match_tokens
from reviewtool.text.relocate import Region, relocate, take_in
from reviewtool.text.tokens import Form, count_words, has_word, paragraphs, tokenize

# How many matches further on a stretch may have come back to its place.
STRAIGHT_REACH = 6


@dataclass(frozen=True, slots=True)
class Alignment:
    """How one text became another.

    ``matches``: equal stretches (old start, new start, length), rising in both texts; ``moves``:
    lines off that order; ``regions``: smaller stretches off it, such as sentences.
    """

    matches: tuple[Match, ...]
    moves: tuple[Move, ...]
    regions: tuple[Region, ...] = ()

    def swapped(self) -> "Alignment":
        matches = tuple((j, i, n) for i, j, n in self.matches)
        moves = sorted((m.swapped() for m in self.moves), key=_start)
        regions = sorted((r.swapped() for r in self.regions), key=lambda r: r.pieces)
        return Alignment(matches, tuple(moves), tuple(regions))


@lru_cache(maxsize=256)
def align(old: str, new: str, form: Form = Form.MARKUP) -> Alignment:
    """Return the alignment of two strings; of (new, old) it is the same one mirrored."""
    return align_uncached(old, new, form)


def align_uncached(old: str, new: str, form: Form = Form.MARKUP) -> Alignment:
    """Return what ``align`` does, without its cache: for measuring."""
    if (len(old), old) > (len(new), new):
        return _aligned(new, old, form).swapped()
    return _aligned(old, new, form)


def _start(move: Move) -> tuple[int, int]:
    return move.old_start, move.new_start


def _aligned(old: str, new: str, form: Form) -> Alignment:
    if old == new:
        return Alignment(((0, 0, len(old)),) if old else (), ())
    matches, moves = _Aligner(old, new, form).run()
    regions = relocate(old, new, matches, [p for move in moves for p in move.pieces], form)
    matches, regions = take_in(matches, regions)
    found, regions = moved_lines(old, new, regions)
    if found:
        matches = mended(old, new, outside(matches, found), [*moves, *found], form)
        moves = sorted([*moves, *found], key=_start)
    return Alignment(tuple(matches), tuple(moves), tuple(regions))


class _Aligner:
    def __init__(self, old: str, new: str, form: Form) -> None:
        self.old, self.new, self.form = old, new, form
        self.a, self.b = paragraphs(old), paragraphs(new)
        self.at_a = [0, *accumulate(map(len, self.a))]
        self.at_b = [0, *accumulate(map(len, self.b))]
        self.moved_a: set[int] = set()
        self.moved_b: set[int] = set()
        self.matches: list[Match] = []

    def run(self) -> tuple[list[Match], list[Move]]:
        a, b = self.a, self.b
        head = _common_head(a, b)
        tail = _common_tail(a, b, head)
        end_a, end_b = len(a) - tail, len(b) - tail
        if head:
            self.matches.append((0, 0, self.at_a[head]))
        chain, off = self.anchors(head, end_a, end_b)
        moves = self.moves(off)
        i, j = head, head
        for x, y in [*chain, (end_a, end_b)]:
            self.gap(i, x, j, y)
            if x < end_a:
                self.matches.append((self.at_a[x], self.at_b[y], len(a[x])))
            i, j = x + 1, y + 1
        if tail:
            length = len(self.old) - self.at_a[end_a]
            self.matches.append((self.at_a[end_a], self.at_b[end_b], length))
        return _straightened(self.old, self.new, joined(self.matches)), moves

    def anchors(
        self, head: int, end_a: int, end_b: int
    ) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
        """Return pairs of paragraphs unique on both sides: those in common order, those off it."""
        where_a = _unique(self.a, head, end_a)
        where_b = _unique(self.b, head, end_b)
        pairs = [(x, where_b[p]) for p, x in where_a.items() if p in where_b]
        return heaviest_chain(pairs, [len(self.a[x]) for x, _ in pairs])

    def moves(self, off: list[tuple[int, int]]) -> list[Move]:
        """Take paragraphs off the common order out of the comparison; neighbours join."""
        kept = [(x, y) for x, y in off if count_words(self.a[x]) >= MOVE_WORDS]
        self.moved_a.update(x for x, _ in kept)
        self.moved_b.update(y for _, y in kept)
        moves: list[Move] = []
        last = (-9, -9)
        for x, y in kept:
            end_a, end_b = self.at_a[x + 1], self.at_b[y + 1]
            if last == (x - 2, y - 2) and self.a[x - 1] == self.b[y - 1]:
                self.moved_a.add(x - 1)
                self.moved_b.add(y - 1)
                before = moves.pop()
                start_a, start_b = before.old_start, before.new_start
            else:
                start_a, start_b = self.at_a[x], self.at_b[y]
            pieces = ((start_a, start_b, end_a - start_a),)
            moves.append(Move(start_a, end_a, start_b, end_b, pieces))
            last = (x, y)
        return moves

    def gap(self, i: int, x: int, j: int, y: int) -> None:
        """Match the words of the paragraphs ``i`` to ``x`` with those of ``j`` to ``y``."""
        if i >= x or j >= y:
            return
        words_a, at_a = self.words(self.a, self.at_a, i, x, self.moved_a)
        words_b, at_b = self.words(self.b, self.at_b, j, y, self.moved_b)
        spaced = _Spaces(self.old, self.new)
        for p, q, n in match_tokens(words_a, words_b):
            first, second, last = at_a[p], at_b[q], p + n - 1
            length = at_a[last] + len(words_a[last]) - first
            floor = _end_before(words_a, at_a, p), _end_before(words_b, at_b, q)
            if self.old[first : first + length] == self.new[second : second + length]:
                spaced.add(first, second, length, floor)
                continue
            for k in range(n):
                spaced.add(at_a[p + k], at_b[q + k], len(words_a[p + k]), floor)
        self.matches += spaced.matches

    def words(
        self, units: Sequence[str], at: Sequence[int], lo: int, hi: int, moved: set[int]
    ) -> tuple[list[str], list[int]]:
        """Return the words, signs and line ends of what didn't move, and where each begins."""
        text = self.old if units is self.a else self.new
        tokens: list[str] = []
        starts: list[int] = []
        borders = [index for index in range(lo, hi) if index in moved] if moved else []
        for end in [*borders, hi]:
            if end > lo:
                own = tokenize(text, self.form, at[lo], at[end])
                where = accumulate(map(len, own), initial=at[lo])
                kept = [
                    (t, p)
                    for t, p in zip(own, where, strict=False)
                    if t != " " and (t.isalnum() or _counts(t))
                ]
                tokens += [t for t, _ in kept]
                starts += [p for _, p in kept]
            lo = end + 1
        return tokens, starts


def _straightened(old: str, new: str, matches: Sequence[Match]) -> list[Match]:
    """Match stretches that are the same, where repeated words led the match astray and back."""
    out: list[Match] = []
    index = 0
    while index < len(matches):
        i, j, n = matches[index]
        following = index + 1
        for later in range(min(index + STRAIGHT_REACH, len(matches) - 1), index, -1):
            p, q, _ = matches[later]
            if p - i == q - j and old[i + n : p] == new[j + n : q]:
                n, following = p - i, later
                break
        out.append((i, j, n))
        index = following
    return joined(out)


class _Spaces:
    """Collects matched tokens and the equal white space beside them."""

    def __init__(self, old: str, new: str) -> None:
        self.old, self.new = old, new
        self.matches: list[Match] = []

    def add(self, i: int, j: int, n: int, floor: tuple[int, int]) -> None:
        """Take in a match; ``floor``: where the tokens before it end, which may be marks."""
        old, new = self.old, self.new
        end_i, end_j = floor
        if self.matches:
            p, q, m = self.matches[-1]
            end_i, end_j = max(end_i, p + m), max(end_j, q + m)
        while i > end_i and j > end_j and old[i - 1] == new[j - 1] and _blank(old[i - 1]):
            i, j, n = i - 1, j - 1, n + 1
        x, y = i + n, j + n
        # What follows a line end belongs to the next line, and may be matched or moved with it.
        inside = old[x - 1] != "\n"
        while inside and x < len(old) and y < len(new) and old[x] == new[y] and _blank(old[x]):
            x, y = x + 1, y + 1
        if self.matches and self._last_end() == (i, j):
            i, j, _ = self.matches.pop()
        self.matches.append((i, j, x - i))

    def _last_end(self) -> tuple[int, int]:
        i, j, n = self.matches[-1]
        return i + n, j + n


def _end_before(words: Sequence[str], at: Sequence[int], index: int) -> int:
    return at[index - 1] + len(words[index - 1]) if index else 0


def _counts(token: str) -> bool:
    return not token.isspace() or "\n" in token


def _blank(char: str) -> bool:
    return char.isspace() and char != "\n"


def _unique(units: Sequence[str], lo: int, hi: int) -> dict[str, int]:
    found: dict[str, int] = {}
    for index in range(lo, hi):
        unit = units[index]
        found[unit] = -1 if unit in found else index
    return {u: i for u, i in found.items() if i >= 0 and has_word(u)}


def _common_head(a: Sequence[str], b: Sequence[str]) -> int:
    n = min(len(a), len(b))
    return next((i for i in range(n) if a[i] != b[i]), n)


def _common_tail(a: Sequence[str], b: Sequence[str], head: int) -> int:
    n = min(len(a), len(b)) - head
    return next((i for i in range(n) if a[-1 - i] != b[-1 - i]), n)
