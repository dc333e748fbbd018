"""Lines that stand elsewhere in the new text, whole or edited on the way."""

from collections.abc import Sequence
from dataclasses import dataclass

from reviewtool.text.patience import Match, joined
from reviewtool.text.relocate import Region
from reviewtool.text.tokens import Form, count_words, tokenize

# A moved line has at least this many words; shorter ones are too often the same by chance.
MOVE_WORDS = 4
# Share of the words of both lines that an edited one has to keep to have moved.
MOVE_SHARE = 0.6


@dataclass(frozen=True, slots=True)
class Move:
    """Whole lines that stand elsewhere; ``pieces``: the characters of them that are the same."""

    old_start: int
    old_end: int
    new_start: int
    new_end: int
    pieces: tuple[Match, ...]

    @property
    def edited(self) -> bool:
        """Say whether the words changed on the way."""
        whole = sum(n for _, _, n in self.pieces)
        return whole < max(self.old_end - self.old_start, self.new_end - self.new_start)

    def swapped(self) -> "Move":
        pieces = tuple((j, i, n) for i, j, n in self.pieces)
        return Move(self.new_start, self.new_end, self.old_start, self.old_end, pieces)


def moved_lines(old: str, new: str, regions: Sequence[Region]) -> tuple[list[Move], list[Region]]:
    """Return the regions that are most of a line on both sides as moves, and the other ones."""
    moves: list[Move] = []
    rest: list[Region] = []
    for region in regions:
        lines: dict[tuple[int, int, int, int], list[Match]] = {}
        for i, j, n in _by_line(old, region.pieces):
            key = (*_line_of(old, i), *_line_of(new, j))
            lines.setdefault(key, []).append((i, j, n))
        own = [
            Move(*key, tuple(pieces))
            for key, pieces in lines.items()
            if _mostly(old, new, key, pieces)
        ]
        moves += own
        if not own:
            rest.append(region)
    return moves, rest


def _by_line(old: str, pieces: Sequence[Match]) -> list[Match]:
    """Cut pieces after line ends."""
    out: list[Match] = []
    for i, j, n in pieces:
        at = i
        while (end := old.find("\n", at, i + n)) >= 0:
            if end > at:
                out.append((at, j + at - i, end - at))
            at = end + 1
        if at < i + n:
            out.append((at, j + at - i, i + n - at))
    return out


def _line_of(text: str, at: int) -> tuple[int, int]:
    end = text.find("\n", at)
    return text.rfind("\n", 0, at) + 1, len(text) if end < 0 else end


def _mostly(old: str, new: str, key: tuple[int, int, int, int], pieces: Sequence[Match]) -> bool:
    kept = sum(count_words(old[i : i + n]) for i, _, n in pieces)
    longest = max(count_words(old[key[0] : key[1]]), count_words(new[key[2] : key[3]]))
    return kept >= MOVE_WORDS and kept >= MOVE_SHARE * longest


def outside(matches: Sequence[Match], moves: Sequence[Move]) -> list[Match]:
    """Cut the matches by chance inside moved lines away."""
    out = list(matches)
    for move in moves:
        for side, lo, hi in ((0, move.old_start, move.old_end), (1, move.new_start, move.new_end)):
            cut: list[Match] = []
            for i, j, n in out:
                start = (i, j)[side]
                head, tail = min(n, lo - start), min(n, start + n - hi)
                if head >= n or tail >= n:
                    cut.append((i, j, n))
                    continue
                if head > 0:
                    cut.append((i, j, head))
                if tail > 0:
                    cut.append((i + n - tail, j + n - tail, tail))
            out = cut
    return out


def mended(
    old: str, new: str, matches: Sequence[Match], moves: Sequence[Move], form: Form
) -> list[Match]:
    """Match anew what stands first between two matches, now that moved lines are out of the way."""
    out: list[Match] = []
    ends = [*matches[1:], (len(old), len(new), 0)]
    for (i, j, n), (next_i, next_j, _) in zip(matches, ends, strict=True):
        out.append((i, j, n))
        i, j = i + n, j + n
        stop_i = min([next_i, *(m.old_start for m in moves if i <= m.old_start < next_i)])
        stop_j = min([next_j, *(m.new_start for m in moves if j <= m.new_start < next_j)])
        if i < stop_i and j < stop_j:
            head = 0
            ours, theirs = tokenize(old, form, i, stop_i), tokenize(new, form, j, stop_j)
            for one, other in zip(ours, theirs, strict=False):
                if one != other:
                    break
                head += len(one)
            if head:
                out.append((i, j, head))
    return joined(out)
