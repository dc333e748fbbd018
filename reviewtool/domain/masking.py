"""Masking words of a third person, with a mark that everybody sees."""

import re
from collections.abc import Sequence

MASK = "[***]"
"""What stands where something was masked: the same in every language, read out as signs."""


def mask_words(words: str | None, fragments: Sequence[str]) -> tuple[str | None, int]:
    """Replace fragments, without regard to case, by the mask; gives how many places there were.

    Longer fragments go first, so that a name inside a longer one leaves no rest.
    """
    if not words:
        return words, 0
    pattern = "|".join(re.escape(one) for one in sorted(fragments, key=len, reverse=True))
    return re.subn(pattern, MASK, words, flags=re.IGNORECASE)
