"""From the surviving pieces of a passage to the one stretch of the new text that it became.

Pieces that were matched by chance far from the others would stretch the answer: the best chain of
pieces is taken, where text inserted between two of them counts against them (local alignment with a
linear gap cost), and a piece counts for more when what surrounds the passage was matched with it.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

# Cost of one inserted character between two pieces, and of going over to another moved region.
GAP_COST = 0.4
JUMP_COST = 4.0
# At most this many letters beside the passage speak for the piece at its edge.
SUPPORT = 20
# Signs at the ends of a passage belong to it when at most so many characters lie between.
SIGN_GAP = 150
_SENTENCE_END = re.compile(r"[.!?:;]\s|\n\s*\n|\n\s*[-*+#>\d]")


@dataclass(frozen=True, slots=True)
class Piece:
    """``old[old:old+length]`` is ``new[new:new+length]``; cut to a passage.

    ``moved``: 0 in its place, else the number of its move or region; ``before`` and ``after``: how
    far the equal stretch goes on outside the passage.
    """

    old: int
    new: int
    length: int
    moved: int
    before: int = 0
    after: int = 0


@dataclass(frozen=True, slots=True)
class Fit:
    """A stretch of the new text; ``kept``: share (0 to 1) of the passage's letters in it."""

    start: int
    end: int
    kept: float
    moved: int


def letters(text: str) -> int:
    """Return how many letters and digits ``text`` has."""
    return sum(map(str.isalnum, text))


def weigher(passage: str) -> Callable[[str], int]:
    """Return what counts in a passage: letters; signs where it has none; else white space."""
    if any(map(str.isalnum, passage)):
        return letters
    if passage.strip():
        return lambda text: len("".join(text.split()))
    return len


def fit(old: str, new: str, start: int, end: int, pieces: Sequence[Piece]) -> Fit | None:
    """Return the stretch that ``old[start:end]`` became; None when nothing of it is left."""
    for piece in pieces:
        if piece.length == end - start:
            return Fit(piece.new, piece.new + piece.length, 1.0, piece.moved)
    weigh = weigher(old[start:end])
    counted = [(p, weigh(old[p.old : p.old + p.length])) for p in pieces]
    counted = [(p, w) for p, w in counted if w]
    if not counted:
        return None
    chain = _best_chain(old, counted)
    total = weigh(old[start:end])
    kept = sum(w for _, w in chain)
    groups: dict[int, int] = {}
    for piece, weight in chain:
        groups[piece.moved] = groups.get(piece.moved, 0) + weight
    moved = max(groups, key=lambda g: (groups[g], -g))
    lo, hi = _with_signs(old, new, pieces, chain[0][0], chain[-1][0])
    return Fit(lo, hi, kept / total, moved)


def _with_signs(
    old: str, new: str, pieces: Sequence[Piece], first: Piece, last: Piece
) -> tuple[int, int]:
    """Return the range of a chain with the signs of the passage that still stand at its ends.

    What was inserted before the full stop of a passage belongs to it, a further sentence doesn't.
    """
    lo, hi = first.new, last.new + last.length
    signs = [p for p in pieces if old[p.old : p.old + p.length].strip()]
    for piece in reversed([p for p in signs if p.old < first.old]):
        between = new[piece.new + piece.length : lo]
        if piece.new + piece.length > lo or not _one_sentence(between):
            break
        lo = piece.new
    for piece in [p for p in signs if p.old > last.old]:
        if piece.new < hi or not _one_sentence(new[hi : piece.new]):
            break
        hi = piece.new + piece.length
    while lo < hi and new[lo].isspace():
        lo += 1
    while hi > lo and new[hi - 1].isspace():
        hi -= 1
    return lo, hi


def _one_sentence(words: str) -> bool:
    return len(words) <= SIGN_GAP and not _SENTENCE_END.search(words)


def _best_chain(old: str, counted: Sequence[tuple[Piece, int]]) -> list[tuple[Piece, int]]:
    """Return the pieces of the best chain, rising in both texts."""
    count = len(counted)
    best = [0.0] * count
    before = [-1] * count
    top, end = -1.0, 0
    for index, (piece, weight) in enumerate(counted):
        support = min(SUPPORT, letters(old[piece.old - piece.before : piece.old]))
        score, source = float(support), -1
        for other in range(max(0, index - 60), index):
            last = counted[other][0]
            gap_new = piece.new - last.new - last.length
            if gap_new < 0:
                continue
            gap_old = piece.old - last.old - last.length
            cost = GAP_COST * max(0, gap_new - gap_old)
            cost += JUMP_COST if last.moved != piece.moved else 0
            if best[other] - cost > score:
                score, source = best[other] - cost, other
        best[index], before[index] = score + weight, source
        tail = old[piece.old + piece.length : piece.old + piece.length + piece.after]
        final = best[index] + min(SUPPORT, letters(tail))
        if final > top:
            top, end = final, index
    chain: list[tuple[Piece, int]] = []
    at = end
    while at >= 0:
        chain.append(counted[at])
        at = before[at]
    return chain[::-1]
