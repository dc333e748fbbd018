"""Finding the script's words in a text: they are visible words, the text is Markdown."""

from __future__ import annotations

from reviewtool.domain.passages import Range
from reviewtool.text.inline import escape


class NotInScript(ValueError):  # noqa: N818 (what it says, not that it is an error)
    """The script quotes words that its text doesn't have, or has twice."""


def place_of(text: str, quote: str) -> Range | None:
    """Find a quote in a text; None where the script quotes nothing. Raises NotInScript."""
    return Range(*find(text, quote)) if quote else None


def find(text: str, quote: str) -> tuple[int, int]:
    """Find the one place of a quote, as a range of code points. Raises NotInScript."""
    for words in dict.fromkeys((quote, escape(quote))):
        if text.count(words) == 1:
            start = text.index(words)
            return start, start + len(words)
    raise NotInScript(f"{text.count(quote)} times in its text: {quote}")
