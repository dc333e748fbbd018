"""Joining two editors' texts over what both began from; nothing is settled silently (rule 10)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from reviewtool.text.canonical import canonical
from reviewtool.text.merge import Conflict, apply_hunks, hunks_of, merge
from reviewtool.text.merge import Hunk as TextHunk
from reviewtool.text.tokens import Form

OTHER = "other"
"""The party name of the other text in a merge; one's own is the empty string."""


class Choice(StrEnum):
    """Which text stands where both changed the same words."""

    MINE = "mine"
    OTHER = "other"


@dataclass(frozen=True)
class Joined:
    """Two texts joined: `text` is the whole with the choices applied, `conflicts` what they
    clash on (empty: everything fits together), `choices` the one that stands in each.
    """

    text: str
    conflicts: tuple[Conflict, ...]
    choices: tuple[Choice, ...]

    @property
    def clean(self) -> bool:
        """Whether no words were changed in two ways."""
        return not self.conflicts


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
    settled = [
        TextHunk(
            conflict.start,
            conflict.end,
            conflict.mine if choice is Choice.MINE else conflict.theirs.get(OTHER, conflict.base),
            (choice.value,),
        )
        for conflict, choice in zip(result.conflicts, choices, strict=True)
    ]
    free = {
        (hunk.start, hunk.end, hunk.text): hunk
        for party, text in (("", mine), (OTHER, other))
        for hunk in hunks_of(base, text, party, Form.MARKUP)
        if not any(one.start <= hunk.start and hunk.end <= one.end for one in result.conflicts)
    }
    text, _causes = apply_hunks(base, [*free.values(), *settled])
    return Joined(canonical(text), result.conflicts, choices)
