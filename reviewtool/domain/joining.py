"""Joining two editors' texts over what both began from; nothing is settled silently (rule 10)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from reviewtool.text.canonical import canonical
from reviewtool.text.hunks import Hunk, apply_hunks, hunks_of, united
from reviewtool.text.merge import MINE, Conflict, merge
from reviewtool.text.tokens import Form

OTHER = "other"
"""The party name of the other text in a merge; one's own is MINE."""


class Choice(StrEnum):
    """Which text stands where both changed the same words."""

    MINE = "mine"
    OTHER = "other"


@dataclass(frozen=True)
class Joined:
    """Two texts joined: `text` is the whole with the choices applied, `conflicts` what they
    clash on (empty: everything fits together), `choices` whose words stand in each.
    """

    text: str
    conflicts: tuple[Conflict, ...]
    choices: tuple[Choice, ...]

    @property
    def clean(self) -> bool:
        """Whether no words were changed in two ways."""
        return not self.conflicts


def other_words(conflict: Conflict) -> str:
    """Give what the other text has where the two clash."""
    return conflict.theirs.get(OTHER, conflict.base)


def join(base: str, mine: str, other: str, chosen: Mapping[int, Choice] | None = None) -> Joined:
    """Join two texts over their base; where they clash, the other's words stand until chosen.

    chosen: number of the conflict, from 0 -> whose words stand there.
    """
    result = merge(base, mine, {OTHER: other})
    if result.text is not None:
        return Joined(result.text, (), ())
    choices = tuple(
        (chosen or {}).get(number, Choice.OTHER) for number in range(len(result.conflicts))
    )
    text = _settled(base, {MINE: mine, OTHER: other}, result.conflicts, choices)
    return Joined(canonical(text), result.conflicts, choices)


def _settled(
    base: str,
    texts: Mapping[str, str],
    conflicts: Sequence[Conflict],
    choices: Sequence[Choice],
) -> str:
    hunks = {
        party: [
            hunk
            for hunk in hunks_of(base, text, (party,), Form.MARKUP)
            if not any(_overlap(hunk, conflict) for conflict in conflicts)
        ]
        for party, text in texts.items()
    }
    for conflict, choice in zip(conflicts, choices, strict=True):
        party, words = (
            (MINE, conflict.mine) if choice is Choice.MINE else (OTHER, other_words(conflict))
        )
        hunks[party].append(Hunk(conflict.start, conflict.end, words, (party,)))
    mine, other = (apply_hunks(base, hunks[party])[0] for party in (MINE, OTHER))
    merged = merge(base, mine, {OTHER: other}).text
    if merged is not None:
        return merged
    # What stands side by side is still a clash for the merge; the person has settled it.
    return apply_hunks(base, united([*hunks[MINE], *hunks[OTHER]]))[0]


def _overlap(hunk: Hunk, conflict: Conflict) -> bool:
    if conflict.start == conflict.end or hunk.start == hunk.end:
        return hunk.start <= conflict.end and conflict.start <= hunk.end
    return hunk.start < conflict.end and conflict.start < hunk.end
