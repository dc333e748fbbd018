"""Looking for lost words in given stretches of a text, exactly and then fuzzily."""

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

# Least likeness of a fuzzy hit, in per cent of rapidfuzz's partial ratio, and shortest quote tried.
FUZZY_FLOOR = 75.0
FUZZY_LENGTH = 12


@dataclass(frozen=True, slots=True)
class Found:
    start: int
    end: int
    score: float


def search(quote: str, text: str, stretches: Sequence[tuple[int, int]]) -> Found | None:
    """Return where ``quote`` stands in the stretches (start, end) of ``text``; None if nowhere."""
    words = quote.strip()
    if not words:
        return None
    for start, end in stretches:
        at = text.find(words, start, end)
        if at >= 0 and _whole(text, at, at + len(words)):
            return Found(at, at + len(words), 1.0)
    if len(words) < FUZZY_LENGTH:
        return None
    best: Found | None = None
    for start, end in stretches:
        if end - start < len(words) // 2:
            continue
        hit = fuzz.partial_ratio_alignment(words, text[start:end], score_cutoff=FUZZY_FLOOR)
        if hit and (best is None or hit.score / 100 > best.score):
            lo, hi = _rounded(text, start + hit.dest_start, start + hit.dest_end, start, end)
            best = Found(lo, hi, round(min(hit.score, 99.0) / 100, 3))
    return best


def _whole(text: str, start: int, end: int) -> bool:
    """Say whether a hit cuts no word in two."""
    left = start > 0 and text[start - 1].isalnum() and text[start].isalnum()
    right = end < len(text) and text[end - 1].isalnum() and text[end].isalnum()
    return not (left or right)


def _rounded(text: str, lo: int, hi: int, start: int, end: int) -> tuple[int, int]:
    """Widen a fuzzy hit to whole words."""
    while lo > start and text[lo - 1].isalnum() and text[lo].isalnum():
        lo -= 1
    while hi < end and text[hi - 1].isalnum() and text[hi].isalnum():
        hi += 1
    while lo < hi and text[lo].isspace():
        lo += 1
    while hi > lo and text[hi - 1].isspace():
        hi -= 1
    return lo, hi
