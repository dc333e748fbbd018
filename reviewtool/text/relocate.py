"""Text that went elsewhere, also when it was edited on the way.

Looked for in what the alignment leaves free on both sides: runs of three words that stand once in
each (seeds, as in the search for related sequences in biology) are chained into regions where they
keep company, and the words between and around them are matched. A copy that stood there before is
no free text, so that it is never taken for the one that went.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from reviewtool.text.patience import Match, joined, match_tokens
from reviewtool.text.tokens import Form, has_word, tokenize

SEED_WORDS = 3
# A stretch of the alignment of at least four words stays where it is.
_SOLID = re.compile(r"\w+(?:\W+\w+){3}")
# Seeds at most this many words apart belong together; a region needs this many matched words.
CHAIN_WORDS = 30
REGION_WORDS = 4
# A line of at most so many tokens (some twelve words) is found by one seed.
SHORT_LINE = 24
# Fewest characters that can hold a region.
SHORTEST = 12


@dataclass(frozen=True, slots=True)
class Region:
    """A stretch found again elsewhere: its matched pieces, rising in both texts."""

    pieces: tuple[Match, ...]
    weight: int

    def swapped(self) -> "Region":
        return Region(tuple((j, i, n) for i, j, n in self.pieces), self.weight)


class _Free:
    """The tokens of one text that no solid match holds; a barrier ("") between stretches."""

    def __init__(self, text: str, solid: Sequence[tuple[int, int]], form: Form) -> None:
        self.tokens: list[str] = []
        self.starts: list[int] = []
        at = 0
        for lo, hi in [*solid, (len(text), len(text))]:
            if lo > at:
                own = tokenize(text, form, at, lo)
                self.tokens += [*own, ""]
                self.starts += accumulate(map(len, own), initial=at)
            at = max(at, hi)
        # Indexes of the words among the tokens, None at a barrier.
        self.words = [i for i, t in enumerate(self.tokens) if t.isalnum() or not t or has_word(t)]
        # The number of the stretch that each of them stands in.
        self.stretch = list(accumulate(not self.tokens[i] for i in self.words))

    def seeds(self) -> dict[tuple[str, ...], int]:
        """Return runs of words that stand once, with the place of their first in ``words``."""
        found: dict[tuple[str, ...], int] = {}
        spelt = [self.tokens[i] for i in self.words]
        for at in range(len(spelt) - SEED_WORDS + 1):
            run = tuple(spelt[at : at + SEED_WORDS])
            if "" not in run:
                found[run] = -1 if run in found else at
        return found


def relocate(
    old: str, new: str, matches: Sequence[Match], taken: Sequence[Match], form: Form
) -> list[Region]:
    """Return the regions of ``old`` that stand elsewhere in ``new``, none overlapping another.

    ``matches``: the alignment; ``taken``: passages known to have moved, left out here.
    """
    solid = [m for m in matches if _SOLID.search(old, m[0], m[0] + m[2])]
    solid += taken
    room = min(len(old), len(new)) - sum(n for _, _, n in solid)
    if room < SHORTEST:
        return []
    free_old = _Free(old, sorted((i, i + n) for i, _, n in solid), form)
    free_new = _Free(new, sorted((j, j + n) for _, j, n in solid), form)
    there = free_new.seeds()
    pairs = [
        (at, there[run])
        for run, at in free_old.seeds().items()
        if at >= 0 and there.get(run, -1) >= 0
    ]
    regions = []
    for chain in _chains(sorted(pairs), free_old, free_new):
        if len(chain) > 1 or _on_short_lines(free_old, free_new, chain[0]):
            regions.append(_region(free_old, free_new, chain))
    return _disjoint(regions, matches)


def _chains(
    pairs: Sequence[tuple[int, int]], old: _Free, new: _Free
) -> list[list[tuple[int, int]]]:
    """Group seeds that follow one another in both texts, in one stretch, at no great distance."""
    chains: list[list[tuple[int, int]]] = []
    for pair in pairs:
        for chain in reversed(chains[-4:]):
            last = chain[-1]
            near = 0 < pair[0] - last[0] <= CHAIN_WORDS and 0 < pair[1] - last[1] <= CHAIN_WORDS
            here = old.stretch[pair[0]] == old.stretch[last[0]]
            if near and here and new.stretch[pair[1]] == new.stretch[last[1]]:
                chain.append(pair)
                break
        else:
            chains.append([pair])
    return chains


def _on_short_lines(old: _Free, new: _Free, seed: tuple[int, int]) -> bool:
    """Say whether a lone seed is much of its line on both sides; elsewhere it is chance."""
    for free, word in ((old, seed[0]), (new, seed[1])):
        at = free.words[word]
        start = _line_start(free.tokens, at, SHORT_LINE)
        if _line_end(free.tokens, at, SHORT_LINE) - start > SHORT_LINE:
            return False
    return True


def _region(old: _Free, new: _Free, chain: Sequence[tuple[int, int]]) -> Region:
    """Match the tokens from before the first seed of a chain to after its last, on their lines."""
    first, last = chain[0], chain[-1]
    i, j = old.words[first[0]], new.words[first[1]]
    x, y = old.words[last[0] + SEED_WORDS - 1] + 1, new.words[last[1] + SEED_WORDS - 1] + 1
    head_i, head_j = _line_start(old.tokens, i), _line_start(new.tokens, j)
    end_x, end_y = _line_end(old.tokens, x), _line_end(new.tokens, y)
    found = _shift(_near(old.tokens[head_i:i], new.tokens[head_j:j], at_end=True), head_i, head_j)
    found += _shift(match_tokens(old.tokens[i:x], new.tokens[j:y]), i, j)
    found += _shift(_near(old.tokens[x:end_x], new.tokens[y:end_y], at_end=False), x, y)
    pieces: list[Match] = []
    weight = 0
    for p, q, n in found:
        k = 0
        while k < n:
            run = k
            while run < n and old.tokens[p + run]:
                run += 1
            if run > k:
                length = sum(map(len, old.tokens[p + k : p + run]))
                pieces.append((old.starts[p + k], new.starts[q + k], length))
            k = run + 1
        weight += sum(1 for t in old.tokens[p : p + n] if t.isalnum() or (t and has_word(t)))
    return Region(tuple(joined(pieces)), weight)


def _near(a: Sequence[str], b: Sequence[str], *, at_end: bool) -> list[Match]:
    """Match the rests of two lines beside a seed, as far as they have more in common than not."""
    if not a or not b:
        return []
    found = match_tokens(a, b)
    kept = sum(n for _, _, n in found)
    if 2 * kept >= min(len(a), len(b)):
        return found
    return [m for m in found if _beside(m, a, b, at_end=at_end)]


def _beside(match: Match, a: Sequence[str], b: Sequence[str], *, at_end: bool) -> bool:
    i, j, n = match
    if at_end:
        return len(a) - i - n <= 6 and len(b) - j - n <= 6
    return i <= 6 and j <= 6


def _shift(found: Sequence[Match], i: int, j: int) -> list[Match]:
    return [(p + i, q + j, n) for p, q, n in found]


def _line_start(tokens: Sequence[str], at: int, reach: int = 10_000) -> int:
    stop = max(0, at - reach)
    while at > stop and tokens[at - 1] and "\n" not in tokens[at - 1]:
        at -= 1
    return at


def _line_end(tokens: Sequence[str], at: int, reach: int = 10_000) -> int:
    stop = min(len(tokens), at + reach)
    while at < stop and tokens[at] and "\n" not in tokens[at]:
        at += 1
    return at


def _disjoint(regions: Sequence[Region], matches: Sequence[Match]) -> list[Region]:
    """Keep the heaviest of overlapping regions, and none that the alignment mostly has."""
    kept: list[Region] = []
    for region in sorted(regions, key=lambda r: (-r.weight, r.pieces[:1])):
        if region.weight < REGION_WORDS or 2 * _known(region, matches) > _length(region):
            continue
        if not any(_overlap(region, other) for other in kept):
            kept.append(region)
    return sorted(kept, key=lambda r: r.pieces[0])


def _length(region: Region) -> int:
    return sum(n for _, _, n in region.pieces)


def _known(region: Region, matches: Sequence[Match]) -> int:
    """Characters of a region that the alignment has on the same places."""
    total = 0
    for i, j, n in region.pieces:
        for p, q, m in matches[max(0, bisect_right(matches, (i,)) - 1) :]:
            if p >= i + n:
                break
            if p - q == i - j:
                total += max(0, min(i + n, p + m) - max(i, p))
    return total


def _overlap(one: Region, other: Region) -> bool:
    for side in (0, 1):
        a = one.pieces[0][side], one.pieces[-1][side] + one.pieces[-1][2]
        b = other.pieces[0][side], other.pieces[-1][side] + other.pieces[-1][2]
        if a[0] < b[1] and b[0] < a[1]:
            return True
    return False


def take_in(
    matches: Sequence[Match], regions: Sequence[Region]
) -> tuple[list[Match], list[Region]]:
    """Take regions that stand in their place after all into the alignment; return the others too.

    What the alignment had matched by chance across such a region goes.
    """
    out = list(matches)
    rest: list[Region] = []
    for region in sorted(regions, key=lambda r: (-r.weight, r.pieces[:1])):
        own = region.pieces
        crossing = [m for m in out if _crosses(m, own)]
        lost = sum(n for _, _, n in crossing)
        if 2 * lost >= _length(region):
            rest.append(region)
            continue
        gone = set(crossing)
        out = sorted([*(m for m in out if m not in gone), *own])
    return joined(out), sorted(rest, key=lambda r: r.pieces[0])


def _crosses(match: Match, pieces: Sequence[Match]) -> bool:
    """Say whether a match can't stand beside the pieces in one rising order."""
    i, j, n = match
    first, last = pieces[0], pieces[-1]
    if i + n <= first[0] and j + n <= first[1]:
        return False
    if i >= last[0] + last[2] and j >= last[1] + last[2]:
        return False
    return any(
        not (i + n <= p and j + n <= q) and not (i >= p + m and j >= q + m) for p, q, m in pieces
    )
