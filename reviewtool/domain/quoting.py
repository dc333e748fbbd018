"""Quoted words: found in a text, though what people copy has lost its lines and markup; and shown
with the words around them.
"""

from dataclasses import dataclass

from reviewtool.text.layout import layout

AROUND = 60
"""How many signs are shown at most on either side of quoted words."""


@dataclass(frozen=True)
class Quoted:
    """A place where the words stand, in code points of the canonical text."""

    start: int
    end: int


def find_words(text: str, words: str) -> list[Quoted]:
    """List the places of words in a text's visible words; white space and case don't matter.

    Words may run over several paragraphs. An empty list: they are nowhere.
    """
    wanted = " ".join(words.split()).strip("\"'”“’«»").casefold()
    if not wanted:
        return []
    shown, positions = _visible(text)
    found = []
    at = shown.find(wanted)
    while at >= 0:
        last = positions[at + len(wanted) - 1]
        found.append(Quoted(positions[at], last + (2 if text[last] == "\\" else 1)))
        at = shown.find(wanted, at + 1)
    return found


def _visible(text: str) -> tuple[str, list[int]]:
    """Give the visible words, folded, lines joined by spaces, with the position of each sign."""
    signs: list[str] = []
    positions: list[int] = []
    for line in layout(text):
        for sign, position in zip(f"{line.visible} ", (*line.positions, line.end), strict=True):
            sign = " " if sign.isspace() else sign
            if sign == " " and (not signs or signs[-1] == " "):
                continue
            # A sign that folds into several ("ß") keeps its own place for each of them.
            for folded in sign.casefold():
                signs.append(folded)
                positions.append(min(position, len(text) - 1))
    return "".join(signs), positions


@dataclass(frozen=True)
class Around:
    """The visible words just before and after a place; "…" where a line was cut, at a space."""

    lead: str
    tail: str


def around(text: str, start: int, end: int) -> Around:
    """Give the words around `text[start:end]`, of the same lines only: never of another block."""
    lines = layout(text)
    held = [one for one in lines if one.visible_index(end) > one.visible_index(start)]
    held = held or [one for one in lines if one.start <= start <= one.end]
    if not held:
        return Around("", "")
    lead = held[0].visible[: held[0].visible_index(start)]
    tail = held[-1].visible[held[-1].visible_index(end) :]
    if len(lead) > AROUND:
        lead = "… " + lead[lead.find(" ", len(lead) - AROUND) + 1 :]
    if len(tail) > AROUND:
        tail = tail[: max(tail.rfind(" ", 0, AROUND), 0)] + " …"
    return Around(lead, tail)
