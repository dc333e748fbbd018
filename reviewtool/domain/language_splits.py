"""A text's other languages where it is split: by headings that match, or not at all."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import pairwise

from reviewtool.domain.splitting import Part, Piece, divide, has_words, pieces
from reviewtool.text.blocks import Heading, read_blocks
from reviewtool.text.inline import visible

Goes = Sequence[Collection[int]]


def divide_like(text: str, other: str, titles: int, goes: Goes) -> list[str] | None:
    """Split a text in another language as its counterpart is split; None where it stays whole.

    text: the counterpart, whose pieces go where `goes` says. Both have the same headings in the
    same order, all that stands under one goes to one place, and each new text begins with a
    heading, which becomes its title: else nobody but a reader of both languages can tell.
    """
    sections = _under_headings(pieces(text), goes)
    own = pieces(other)
    if sections is None or [one for one, _to in sections] != _levels(own):
        return None
    places = _places(own, pieces(text), goes, [to for _level, to in sections])
    if places is None:
        return None
    names = [_title(own, places, number) for number in range(1, titles + 1)]
    if not all(names):
        return None
    texts = divide(other, names, places)
    return texts if all(map(has_words, texts)) else None


def _level(piece: Piece) -> int:
    first = read_blocks(piece.words)[0]
    return first.level if isinstance(first, Heading) else 0


def _levels(every: Sequence[Piece]) -> list[int]:
    """List the levels of the headings of a body, after 0 for what stands before the first."""
    return [0, *(_level(one) for one in every if one.heading)]


def _under_headings(every: Sequence[Piece], goes: Goes) -> list[tuple[int, int]] | None:
    """Tell where all that stands under each heading goes; None where it goes to several places.

    What stands before the first heading stays where there is nothing.
    """
    found: list[tuple[int, set[int]]] = [(0, set())]
    for piece, to in zip(every, goes, strict=True):
        if piece.part is not Part.BODY:
            continue
        if piece.heading:
            found.append((_level(piece), set()))
        found[-1][1].update(to)
    if any(len(to) > 1 for _level, to in found):
        return None
    return [(level, min(to, default=0)) for level, to in found]


def _places(
    own: Sequence[Piece], every: Sequence[Piece], goes: Goes, sections: Sequence[int]
) -> list[Collection[int]] | None:
    """Give each piece its place: of the body by its heading, of the rest by its number."""
    named: dict[Part, list[Collection[int]] | None] = {
        part: _numbered(part, own, every, goes) for part in (Part.POINT, Part.SOURCE)
    }
    places: list[Collection[int]] = []
    at = 0
    for piece in own:
        if piece.part is Part.BODY:
            at += piece.heading
            places.append({sections[at]})
            continue
        numbered = named[piece.part]
        if numbered is None:
            return None
        places.append(numbered.pop(0))
    return places


def _numbered(
    part: Part, own: Sequence[Piece], every: Sequence[Piece], goes: Goes
) -> list[Collection[int]] | None:
    """Give the places of points or sources: as many, or all to the same place."""
    wanted = [to for piece, to in zip(every, goes, strict=True) if piece.part is part]
    count = sum(piece.part is part for piece in own)
    if len(wanted) == count:
        return wanted
    if wanted and all(set(one) == set(other) for one, other in pairwise(wanted)):
        return [wanted[0]] * count
    return None


def _title(own: Sequence[Piece], places: Goes, number: int) -> str:
    """Give the heading that a new text begins with, as a title; empty where it has none."""
    first = next(
        (
            piece
            for piece, to in zip(own, places, strict=True)
            if piece.part is Part.BODY and number in to
        ),
        None,
    )
    if first is None or not first.heading:
        return ""
    heading = read_blocks(first.words)[0]
    return visible(heading.text) if isinstance(heading, Heading) else ""
