"""The alignment of two strings: which characters of one are which of the other.

Paragraphs that stand once in both texts are matched first, along the heaviest common order; the
ones off that order are moves. Between them words that are unique on both sides (patience diff,
B. Cohen), and in the gaps that are left the common subsequence of words by diff-match-patch, bounded
by counted work. Everything else is derived from this: what is displayed, the map of anchors, the
hunks of merges.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

from diff_match_patch import diff_match_patch

from reviewtool.text.tokens import Form, count_words, has_word, paragraphs, tokenize

ENGINE_VERSION = 1
# A moved paragraph has at least this many words; shorter ones are too often the same by chance.
MOVE_WORDS = 4
# Largest product of token counts that is searched for a common subsequence, and deepest recursion.
GAP_LIMIT = 40_000
DEPTH_LIMIT = 40

Match = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Move:
    """A passage that stands elsewhere: its range in the old text and in the new one."""

    old_start: int
    old_end: int
    new_start: int
    new_end: int

    def swapped(self) -> "Move":
        return Move(self.new_start, self.new_end, self.old_start, self.old_end)


@dataclass(frozen=True, slots=True)
class Alignment:
    """Equal stretches (old start, new start, length), rising in both texts, and the moves."""

    matches: tuple[Match, ...]
    moves: tuple[Move, ...]


@lru_cache(maxsize=256)
def align(old: str, new: str, form: Form = Form.MARKUP) -> Alignment:
    """Return the alignment of two strings; of (new, old) it is the same one mirrored."""
    if (len(old), old) > (len(new), new):
        mirrored = _aligned(new, old, form)
        matches = tuple((j, i, n) for i, j, n in mirrored.matches)
        return Alignment(matches, tuple(sorted((m.swapped() for m in mirrored.moves), key=_start)))
    return _aligned(old, new, form)


def _start(move: Move) -> tuple[int, int]:
    return move.old_start, move.new_start


def _aligned(old: str, new: str, form: Form) -> Alignment:
    if old == new:
        return Alignment(((0, 0, len(old)),) if old else (), ())
    return _Aligner(old, new, form).run()


class _Aligner:
    def __init__(self, old: str, new: str, form: Form) -> None:
        self.old, self.new, self.form = old, new, form
        self.a, self.b = paragraphs(old), paragraphs(new)
        self.at_a = [0, *accumulate(map(len, self.a))]
        self.at_b = [0, *accumulate(map(len, self.b))]
        self.moved_a: set[int] = set()
        self.moved_b: set[int] = set()
        self.matches: list[Match] = []

    def run(self) -> Alignment:
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
        return Alignment(tuple(_joined(self.matches)), tuple(moves))

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
                moves.append(Move(before.old_start, end_a, before.new_start, end_b))
            else:
                moves.append(Move(self.at_a[x], end_a, self.at_b[y], end_b))
            last = (x, y)
        return moves

    def gap(self, i: int, x: int, j: int, y: int) -> None:
        """Match the words of the paragraphs ``i`` to ``x`` with those of ``j`` to ``y``."""
        if i >= x or j >= y:
            return
        words_a, at_a = self.words(self.a, self.at_a, i, x, self.moved_a)
        words_b, at_b = self.words(self.b, self.at_b, j, y, self.moved_b)
        for p, q, n in match_tokens(words_a, words_b):
            self.matches.extend((at_a[p + k], at_b[q + k], len(words_a[p + k])) for k in range(n))

    def words(
        self, units: Sequence[str], at: Sequence[int], lo: int, hi: int, moved: set[int]
    ) -> tuple[list[str], list[int]]:
        """Return the tokens of paragraphs that didn't move, and where each begins."""
        tokens: list[str] = []
        starts: list[int] = []
        for index in range(lo, hi):
            if index in moved:
                continue
            own = tokenize(units[index], self.form)
            tokens += own
            starts += list(accumulate(map(len, own[:-1]), initial=at[index]))
        return tokens, starts


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


def _joined(matches: list[Match]) -> list[Match]:
    out: list[Match] = []
    for i, j, n in matches:
        if out and out[-1][0] + out[-1][2] == i and out[-1][1] + out[-1][2] == j:
            out[-1] = (out[-1][0], out[-1][1], out[-1][2] + n)
        else:
            out.append((i, j, n))
    return out


def heaviest_chain(
    pairs: Sequence[tuple[int, int]], weights: Sequence[int]
) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """Split pairs (rising in the first place) into the heaviest chain rising in both, and the rest.

    A Fenwick tree of best chains by second place: O(n log n).
    """
    if all(pairs[i][1] < pairs[i + 1][1] for i in range(len(pairs) - 1)):
        return list(pairs), []
    rank = {y: r for r, y in enumerate(sorted(y for _, y in pairs), 1)}
    tree: list[tuple[int, int]] = [(0, -1)] * (len(pairs) + 1)
    before = [-1] * len(pairs)
    top = (0, -1)
    for index, (_, y) in enumerate(pairs):
        best, r = (0, -1), rank[y] - 1
        while r > 0:
            best = max(best, tree[r])
            r -= r & -r
        before[index] = best[1]
        here = (best[0] + weights[index], index)
        top = max(top, here)
        r = rank[y]
        while r <= len(pairs):
            tree[r] = max(tree[r], here)
            r += r & -r
    kept = set()
    index = top[1]
    while index >= 0:
        kept.add(index)
        index = before[index]
    chain = [pair for i, pair in enumerate(pairs) if i in kept]
    return chain, [pair for i, pair in enumerate(pairs) if i not in kept]


def match_tokens(a: Sequence[str], b: Sequence[str]) -> list[Match]:
    """Return equal stretches of two token lists, rising in both: patience, then common words."""
    out: list[Match] = []
    todo = [(0, len(a), 0, len(b), 0)]
    while todo:
        i, x, j, y, depth = todo.pop()
        head = 0
        while i + head < x and j + head < y and a[i + head] == b[j + head]:
            head += 1
        if head:
            out.append((i, j, head))
            i, j = i + head, j + head
        tail = 0
        while i < x - tail and j < y - tail and a[x - 1 - tail] == b[y - 1 - tail]:
            tail += 1
        if tail:
            x, y = x - tail, y - tail
            out.append((x, y, tail))
        if i == x or j == y:
            continue
        anchors = _unique_words(a, i, x, b, j, y) if depth < DEPTH_LIMIT else []
        if not anchors:
            out.extend(_common(a, i, x, b, j, y))
            continue
        p, q = i, j
        for u, v in anchors:
            todo.append((p, u, q, v, depth + 1))
            out.append((u, v, 1))
            p, q = u + 1, v + 1
        todo.append((p, x, q, y, depth + 1))
    out.sort()
    return out


def _unique_words(
    a: Sequence[str], i: int, x: int, b: Sequence[str], j: int, y: int
) -> list[tuple[int, int]]:
    """Longest rising chain of words that stand once in each of the two stretches."""
    where: dict[str, int] = {}
    for index in range(j, y):
        word = b[index]
        where[word] = -1 if word in where else index
    seen: dict[str, int] = {}
    for index in range(i, x):
        word = a[index]
        if word in where:
            seen[word] = -1 if word in seen else index
    pairs = [
        (index, where[word])
        for word, index in seen.items()
        if index >= 0 and where[word] >= 0 and has_word(word)
    ]
    return _longest_chain(pairs)


def _longest_chain(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    tops: list[int] = []
    ends: list[int] = []
    before = [-1] * len(pairs)
    for index, (_, y) in enumerate(pairs):
        place = bisect_left(tops, y)
        before[index] = ends[place - 1] if place else -1
        if place == len(tops):
            tops.append(y)
            ends.append(index)
        else:
            tops[place] = y
            ends[place] = index
    chain: list[tuple[int, int]] = []
    index = ends[-1] if ends else -1
    while index >= 0:
        chain.append(pairs[index])
        index = before[index]
    return chain[::-1]


def _common(a: Sequence[str], i: int, x: int, b: Sequence[str], j: int, y: int) -> list[Match]:
    """Common subsequence of two stretches without unique words, by diff-match-patch.

    Bounded by the product of the lengths: beyond it nothing is common (coarser, still exact).
    """
    if (x - i) * (y - j) > GAP_LIMIT:
        return []
    codes: dict[str, str] = {}

    def encoded(tokens: Sequence[str]) -> str:
        # Private planes: no surrogates, and no character that the library treats apart.
        return "".join([codes.setdefault(t, chr(0xF0000 + len(codes))) for t in tokens])

    engine = diff_match_patch()
    engine.Diff_Timeout = 0
    out: list[Match] = []
    for op, words in engine.diff_main(encoded(a[i:x]), encoded(b[j:y]), False):
        n = len(words)
        if op == 0:
            out.append((i, j, n))
        i += n if op <= 0 else 0
        j += n if op >= 0 else 0
    return out
