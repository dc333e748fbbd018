"""What changed in a text, as a mail tells it: whole paragraphs and items, before and after."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import groupby

from reviewtool.text.changed_lines import Changed as Lines
from reviewtool.text.changed_lines import Range, at_line, changed_lines, touched, with_words
from reviewtool.text.diff import compare
from reviewtool.text.layout import Line
from reviewtool.wording.changes import picture_list

AROUND = 240
"""How many characters of what stays a mail repeats at either end; what changed is never cut."""


class Told(Enum):
    """What is told of some words."""

    CHANGED = "changed"
    MOVED = "moved"
    SHOWN = "shown"


@dataclass(frozen=True)
class Changed:
    """One place of a text: the words before, and the words after; either may be empty.

    Of words that only moved, and of those that a text is shown to have, there is only `after`.
    """

    section: str
    before: str
    after: str
    told: Told = Told.CHANGED


def changes_of(section: str, old: str, new: str) -> tuple[Changed, ...]:
    """Tell all that changed between two canonical texts: each word that came and each that went."""
    return tuple(_told(section, one) for one in changed_lines(compare(old, new)))


def pictures_of(old: str, new: str) -> tuple[str, ...]:
    """Say which pictures came, went or were replaced by others."""
    return tuple(picture_list(compare(old, new)))


def changes_at(
    section: str, old: str | None, new: str, places: Sequence[tuple[Range, Range]]
) -> tuple[Changed, ...]:
    """Tell what changed at some places, given before and after, with the rest of the paragraphs.

    old: None where it isn't known what stood there before: then the words are only shown, as they
    are where the paragraphs are the same before and after.
    """
    if old is not None:
        places = [at_line(old, gone, new, come) for gone, come in places]
    after = _lines(new, [place[1] for place in places])
    if old is not None:
        before = _lines(old, [place[0] for place in places])
        whole = [
            one
            for one in changed_lines(compare(old, new))
            if not after.isdisjoint(one.new) or not before.isdisjoint(one.old)
        ]
        if whole:
            return tuple(_told(section, one) for one in whole)
    shown = _text(sorted(after, key=lambda line: line.start))
    return (Changed(section, "", shown, Told.SHOWN),) if shown else ()


def _lines(text: str, ranges: Sequence[Range]) -> set[Line]:
    lines = with_words(text)
    return {lines[n] for one in ranges for n in touched(lines, *one)}


def _told(section: str, one: Lines) -> Changed:
    if one.moved and one.same_words:
        return Changed(section, "", _text(one.new), Told.MOVED)
    before, after = _cut(_text(one.old), _text(one.new))
    return Changed(section, before, after, Told.MOVED if one.moved else Told.CHANGED)


def _text(lines: Sequence[Line]) -> str:
    return "\n\n".join(map(_words, lines))


def _words(line: Line) -> str:
    """Give the visible words of a line, each link's address after its words."""
    return " ".join("".join(_with_addresses(line)).split())


def _with_addresses(line: Line) -> Iterator[str]:
    signs = zip(line.visible, line.styles, strict=True)
    for href, part in groupby(signs, key=lambda one: one[1].href):
        words = "".join(sign for sign, _ in part)
        yield words
        if href and href != words:
            yield f" ({href})"


def _cut(before: str, after: str) -> tuple[str, str]:
    """Shorten what is the same at both ends, at spaces and the same on both sides."""
    lead = _same(before, after)
    rest = before[lead:], after[lead:]
    tail = _same(rest[0][::-1], rest[1][::-1])
    first = before.rfind(" ", 0, max(lead - AROUND, 0)) + 1
    last = before[len(before) - tail :].find(" ", AROUND)
    kept = tail - last if last >= 0 else 0
    head, end = "[…] " if first else "", " […]" if kept else ""
    return (
        f"{head}{before[first : len(before) - kept]}{end}",
        f"{head}{after[first : len(after) - kept]}{end}",
    )


def _same(one: str, other: str) -> int:
    """Count the characters that are the same at the beginning of both."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((n for n, (a, b) in pairs if a != b), min(len(one), len(other)))
