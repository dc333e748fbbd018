"""Editions: how publications are numbered (docs/adr/0011-what-the-number-of-an-edition-says.md)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Number:
    """The number of an edition: 2, or 2.1 for its first correction."""

    edition: int
    correction: int = 0

    def __str__(self) -> str:
        """Give the number as people say it."""
        return f"{self.edition}.{self.correction}" if self.correction else str(self.edition)


def next_number(newest: Number | None, *, same_draft: bool) -> Number:
    """Number the next publication: a correction of the draft that is read now, or a new edition.

    same_draft: the draft is that of the newest edition, corrected. Whatever else has changed, a
    text that was dropped too, makes a draft of its own, and with it a new edition.
    """
    if newest is None:
        return Number(1)
    if same_draft:
        return Number(newest.edition, newest.correction + 1)
    return Number(newest.edition + 1)
