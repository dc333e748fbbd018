"""What a meeting quotes from its paper: "3.2" is the second paragraph of the third text."""

from __future__ import annotations

import re
from dataclasses import dataclass

_NUMBER = re.compile(r"(\d{1,4})(?:[.,:](\d{1,4}))?")


@dataclass(frozen=True)
class Quoted:
    """A place on a numbered paper: a text by its number, and a line of it (None: the whole)."""

    text: int
    line: int | None = None

    def __str__(self) -> str:
        """Spell it as it stands on the paper."""
        return str(self.text) if self.line is None else f"{self.text}.{self.line}"


def quoted(written: str) -> Quoted | None:
    """Read a place as people write it: 3.2, 3,2, kohta 3.2, § 3. None where it is no number."""
    match = _NUMBER.search(written)
    if match is None or _NUMBER.search(written, match.end()):
        return None
    return Quoted(int(match[1]), int(match[2]) if match[2] else None)
