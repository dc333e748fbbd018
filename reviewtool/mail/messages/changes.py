"""Words before and after, as a mail shows them."""

from __future__ import annotations

from dataclasses import dataclass

from reviewtool.text.layout import line_at, visible_words
from reviewtool.text.tokens import has_word

MOST = 600
"""The longest passage, in characters, that a mail repeats on each side."""


@dataclass(frozen=True)
class Changed:
    """One place of a text: the words before, and the words after; either may be empty."""

    section: str
    before: str
    after: str


def changed(
    section: str, old: str, old_range: tuple[int, int], new: str, new_range: tuple[int, int]
) -> Changed | None:
    """Show a changed place with the rest of its paragraph; None where no word changed.

    old and new: canonical texts, empty where there is none; ranges in code points.
    """
    before, after = visible_words(old, *old_range), visible_words(new, *new_range)
    if not has_word(before) and not has_word(after):
        return None
    if "\n" in before.strip("\n") or "\n" in after.strip("\n"):
        return Changed(section, _short(before), _short(after))
    return Changed(section, _paragraph(old, old_range), _paragraph(new, new_range))


def _paragraph(text: str, place: tuple[int, int]) -> str:
    line = line_at(text, place[0])
    if line is None or place[0] > line.end:
        return ""
    if place[0] == place[1] == line.end and not line.visible:
        return ""
    return _short(line.visible) if place[1] <= line.end else _short(visible_words(text, *place))


def _short(words: str) -> str:
    words = words.strip()
    return words if len(words) <= MOST else f"{words[:MOST].rstrip()} […]"
