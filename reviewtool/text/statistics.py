"""Figures of a comparison, and whether it looks editorial or substantive."""

import re
from dataclasses import dataclass
from enum import StrEnum

from reviewtool.text.diff import LIGHT, Comparison, Kind
from reviewtool.text.tokens import Form, count_words, shown

# A text changes in substance when more than this share of its words does, or this many places.
EDITORIAL_SHARE = 0.05
EDITORIAL_WORDS = 6
_REFERENCE = re.compile(r"^::(?:figure|numbers) ([A-Za-z0-9]+)$", re.MULTILINE)


class Weight(StrEnum):
    NONE = "none"
    EDITORIAL = "editorial"
    SUBSTANTIVE = "substantive"


@dataclass(frozen=True, slots=True)
class Statistics:
    """Words added, removed and moved; ``share`` (0 to 1) of the words of both that changed."""

    added: int
    removed: int
    moved: int
    share: float
    formatting: int
    proposal: Weight


def statistics(comparison: Comparison) -> Statistics:
    """Return the figures of a comparison, and a proposal that an editor decides on."""
    old, new, form = comparison.old, comparison.new, comparison.form

    def count(text: str, start: int, end: int) -> int:
        return count_words(shown(text, start, end, form)) - _references(text, start, end, form)

    moved = sum(count(old, m.old_start, m.old_end) for m in comparison.moves)
    added = removed = formatting = 0
    for change in comparison.changes:
        if change.kind is Kind.FORMATTING:
            formatting += 1
            continue
        removed += count(old, change.old_start, change.old_end)
        added += count(new, change.new_start, change.new_end)
    added, removed = max(0, added - moved), max(0, removed - moved)
    total = count(old, 0, len(old)) + count(new, 0, len(new))
    share = (added + removed + moved) / total if total else 0.0
    return Statistics(
        added, removed, moved, min(1.0, round(share, 4)), formatting, _weight(comparison, share)
    )


def _references(text: str, start: int, end: int, form: Form) -> int:
    """Count the names of files and forms in a range: they are told from words by their place."""
    if form is Form.PLAIN or "\n::" not in text:
        return 0
    return sum(
        start <= match.start(1) and match.end(1) <= end
        for match in _REFERENCE.finditer(text, max(0, start - 11), min(len(text), end + 1))
    )


def _weight(comparison: Comparison, share: float) -> Weight:
    if comparison.same:
        return Weight.NONE
    heavy = [change for change in comparison.changes if change.kind not in LIGHT]
    if not heavy and not comparison.moves:
        return Weight.EDITORIAL
    if comparison.moves or share > EDITORIAL_SHARE or len(heavy) > EDITORIAL_WORDS:
        return Weight.SUBSTANTIVE
    for change in heavy:
        old = comparison.old[change.old_start : change.old_end]
        new = comparison.new[change.new_start : change.new_end]
        if change.kind in (Kind.INSERTED, Kind.DELETED) or not _spelling(old, new):
            return Weight.SUBSTANTIVE
    return Weight.EDITORIAL


def _spelling(old: str, new: str) -> bool:
    """Say whether one word became one that is nearly it, without a figure in either."""
    if any(char.isdigit() for char in old + new) or count_words(old) != count_words(new):
        return False
    common = sum(1 for a, b in zip(old, new, strict=False) if a == b)
    return common >= 0.6 * max(len(old), len(new))
