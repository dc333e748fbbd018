"""Looking for lost words in given stretches of a text, exactly and then fuzzily."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from reviewtool.text.tokens import count_words

# Least likeness of a fuzzy hit in per cent (rapidfuzz, normalised Indel), shortest quote tried.
FUZZY_FLOOR = 80.0
FUZZY_LENGTH = 40
# A word of so many letters is looked for alone.
LONE_WORD = 8
# How many characters around a quote tell its copies apart.
AROUND = 64


@dataclass(frozen=True, slots=True)
class Found:
    start: int
    end: int
    score: float


@dataclass(frozen=True, slots=True)
class Quote:
    """Lost words, and what stood around them."""

    words: str
    before: str = ""
    after: str = ""


def search(
    quote: Quote,
    text: str,
    stretches: Sequence[tuple[int, int]],
    same: Callable[[int, int], bool],
) -> Found | None:
    """Return where a quote stands in the stretches (start, end) of ``text``; None if nowhere.

    ``same``: says of a copy (start, end) whether a reader sees the quote there. A lone short word
    or sign is not looked for: it would be found anywhere.
    """
    words = quote.words.strip()
    if is_lone(words):
        return None
    copies = [at for at in _copies(words, text, stretches) if same(at, at + len(words))]
    if copies:
        start = max(copies, key=lambda at: (_likeness(quote, text, at, at + len(words)), -at))
        return Found(start, start + len(words), 1.0)
    if len(words) < FUZZY_LENGTH:
        return None
    return _fuzzy(words, text, stretches)


def is_lone(words: str) -> bool:
    """Say whether ``words`` are a single short word, or a sign."""
    return count_words(words) < 2 and sum(map(str.isalnum, words)) < LONE_WORD


def _copies(words: str, text: str, stretches: Sequence[tuple[int, int]]) -> list[int]:
    found: list[int] = []
    for start, end in stretches:
        at = text.find(words, start, end)
        while at >= 0:
            if _whole(text, at, at + len(words)):
                found.append(at)
            at = text.find(words, at + 1, end)
    return found


def _likeness(quote: Quote, text: str, start: int, end: int) -> float:
    before = fuzz.ratio(quote.before, text[max(0, start - AROUND) : start])
    after = fuzz.ratio(quote.after, text[end : end + AROUND])
    return before + after


def _fuzzy(words: str, text: str, stretches: Sequence[tuple[int, int]]) -> Found | None:
    best: Found | None = None
    for start, end in stretches:
        if end - start < len(words) // 2:
            continue
        hit = fuzz.partial_ratio_alignment(words, text[start:end], score_cutoff=FUZZY_FLOOR)
        if hit is None:
            continue
        lo, hi = _rounded(text, start + hit.dest_start, start + hit.dest_end, start, end)
        score = min(fuzz.ratio(words, text[lo:hi]), 99.0)
        if score >= FUZZY_FLOOR and (best is None or score / 100 > best.score):
            best = Found(lo, hi, round(score / 100, 3))
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
