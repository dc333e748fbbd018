"""Numbers as people write them, read so that bars can be drawn of them."""

import re
from collections.abc import Sequence

_SPACES = re.compile(r"\s")
_NUMBER = re.compile(r"\d{1,12}(?:[.,]\d{1,6})?")
_AROUND = re.compile(r"[^\d]*\Z")


def measure(words: str) -> float | None:
    """Read the one number of ``words`` ("3 066", "12,5 %", "noin 40 €"); None where it isn't one.

    Spaces stand between thousands; comma and point before decimals. Below zero there is no bar.
    """
    tight = _SPACES.sub("", words)
    found = _NUMBER.search(tight)
    if found is None or not _AROUND.match(tight[found.end() :]):
        return None
    if tight[: found.start()].endswith(("-", "−", "–")):
        return None
    return float(found[0].replace(",", "."))


def measures(values: Sequence[str]) -> tuple[float, ...] | None:
    """Read the numbers of a chart; None where one of them can't be read."""
    read = [measure(value) for value in values]
    known = [number for number in read if number is not None]
    return tuple(known) if known and len(known) == len(read) else None
