"""Public figures tell of nobody: what is counted of too few people is told together, or not."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

Row = TypeVar("Row")

FEW = 5
"""Of fewer people no figure is public but how many were asked: whoever knows one of them, or is
one, could tell what the others said, and what became of it."""


def told_apart(rows: Sequence[Row], people: Callable[[Row], int]) -> tuple[list[Row], list[Row]]:
    """Part rows into those that are told one by one, and those that are told together.

    Those of few people are told together, with as many of the next smallest as it takes for them to
    be no few: else what is left of the sum of all would tell of them.
    """
    apart = sorted((row for row in rows if people(row) >= FEW), key=people)
    together = [row for row in rows if people(row) < FEW]
    while together and apart and sum(map(people, together)) < FEW:
        together.append(apart.pop(0))
    return [row for row in rows if row in apart], [row for row in rows if row in together]
