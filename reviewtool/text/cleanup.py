"""From the exact alignment to changes that read as a person would make them.

Kept islands between two changes go where they are too small to read ("semantic clean-up" of
N. Fraser's diff-match-patch, on words), and pure insertions and deletions slide to the edges of
sentences and paragraphs. What is left is still exact. Only what is displayed passes through here.
"""

from collections.abc import Sequence

from reviewtool.text.align import Alignment
from reviewtool.text.patience import Match
from reviewtool.text.tokens import Form, count_words, shown, tokenize

# A kept island has to hold this many words, or a line end.
ISLAND_WORDS = 2
# Unless it is a long word, which can be read between two changes.
LONG_WORD = 14
# How good a place is for the edge of a change, by the two characters around it.


def readable_matches(old: str, new: str, alignment: Alignment, form: Form) -> list[Match]:
    """Return the matches of ``alignment`` that are worth keeping on display."""
    matches = _slid(old, new, list(alignment.matches), form)
    return _without_islands(old, new, matches, form)


def _without_islands(old: str, new: str, matches: Sequence[Match], form: Form) -> list[Match]:
    """Drop what stands between two changes and holds too little to read by itself."""
    kept: list[Match] = []
    island: list[Match] = []
    changed = False
    i = j = 0
    for i0, j0, n in [*matches, (len(old), len(new), 0)]:
        if shown(old, i, i0, form) != shown(new, j, j0, form):
            if not (changed and all(_too_small(old, match, form) for match in island)):
                kept += island
            island = []
            changed = True
        i, j = i0 + n, j0 + n
        if n:
            island.append((i0, j0, n))
    return kept + island


def _too_small(old: str, match: Match, form: Form) -> bool:
    start, end = match[0], match[0] + match[2]
    if "\n" in old[start:end]:
        return False
    words = shown(old, start, end, form)
    return count_words(words) < ISLAND_WORDS and len(words.strip()) < LONG_WORD


def _slid(old: str, new: str, matches: list[Match], form: Form) -> list[Match]:
    """Move the edges of pure insertions and deletions to where a sentence or line begins."""
    for index in range(1, len(matches)):
        i0, j0, n0 = matches[index - 1]
        i1, j1, n1 = matches[index]
        if i0 + n0 == i1:
            shift = _best_shift(new, j0 + n0, j1, n0, n1, form)
        elif j0 + n0 == j1:
            shift = _best_shift(old, i0 + n0, i1, n0, n1, form)
        else:
            continue
        if shift:
            matches[index - 1] = (i0, j0, n0 + shift)
            matches[index] = (i1 + shift, j1 + shift, n1 - shift)
    return [match for match in matches if match[2] > 0]


def _edge(text: str, at: int) -> int:
    """Return how well a change may begin or end at ``at``: line, sentence, clause, word."""
    if at in (0, len(text)):
        return 6
    before, after = text[at - 1], text[at]
    if before == "\n":
        return 6 if after != "\n" else 1
    if after == "\n":
        return 5
    if before.isspace():
        sign = text[at - 2] if at > 1 else ""
        return 4 if sign in ".!?:…" else 3 if sign in ",;–" else 2
    return 1 if after.isspace() else 0


def _best_shift(text: str, lo: int, hi: int, room_left: int, room_right: int, form: Form) -> int:
    """Return by how many characters the stretch ``lo:hi`` of ``text`` slides, to the best edges."""
    best, score = 0, _edge(text, lo) + _edge(text, hi)
    if score >= 12:
        return 0
    inside = tokenize(text, form, lo, hi)
    # Leftwards: the token before the stretch equals its last one; it enters at the front.
    before = tokenize(text, form, max(0, lo - min(room_left, hi - lo, 200)), lo)
    at, taken = 0, list(inside)
    while before and taken and before[-1] == taken[-1] and room_left + at > len(before[-1]):
        token = before.pop()
        taken = [token, *taken[:-1]]
        at -= len(token)
        value = _edge(text, lo + at) + _edge(text, hi + at)
        if value > score:
            best, score = at, value
    after = tokenize(text, form, hi, hi + min(room_right, hi - lo, 200))
    at, taken = 0, list(inside)
    while after and taken and after[0] == taken[0] and room_right - at > len(after[0]):
        token = after.pop(0)
        taken = [*taken[1:], token]
        at += len(token)
        value = _edge(text, lo + at) + _edge(text, hi + at)
        if value > score:
            best, score = at, value
    return best
