"""Which of the things that have been said say much the same as what somebody is writing.

Words are compared by their first letters, which finds "vertaistuesta" for "vertaistuki"; short ones
say too little. It may offer one too many, which costs the writer a glance.
"""

import re
from collections.abc import Mapping

_WORD = re.compile(r"\w+")
_SHORTEST = 4
_STEM = 5
_LEAST_SHARED = 2
_FLOOR = 0.3
"""The least share of the shorter one's words that both have."""

_ON_THE_SPOT = 0.2
"""What it counts for that both are about the same words of the text."""


def stems(words: str) -> frozenset[str]:
    """Give the beginnings of a text's longer words."""
    found = (match[0].casefold() for match in _WORD.finditer(words))
    return frozenset(word[:_STEM] for word in found if len(word) >= _SHORTEST)


def most_alike(
    words: str, said: Mapping[str, str], on_the_spot: frozenset[str], most: int
) -> list[str]:
    """Give the ids of what is most like some words, the likest first.

    on_the_spot: those of what is about the very passage that is being written about.
    """
    mine = stems(words)
    if len(mine) < _LEAST_SHARED:
        return []
    scores: dict[str, float] = {}
    for key, other in said.items():
        theirs = stems(other)
        shared = len(mine & theirs)
        if shared < _LEAST_SHARED:
            continue
        score = shared / min(len(mine), len(theirs)) + _ON_THE_SPOT * (key in on_the_spot)
        if score >= _FLOOR:
            scores[key] = score
    return sorted(scores, key=lambda key: (-scores[key], key))[:most]
