"""Texts taken apart and put together: pieces of a section go to new ones, several become one."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum

from reviewtool.text.blocks import Block, Heading, Item, read_blocks, write_blocks
from reviewtool.text.document import compose, escape_title, parse

MOST_NEW = 3
"""How many new sections one split makes at most."""


class Part(StrEnum):
    """Where in a text a piece stands."""

    POINT = "point"
    BODY = "body"
    SOURCE = "source"


@dataclass(frozen=True)
class Piece:
    """A piece that goes as a whole: a key point, a paragraph, a whole list, a source.

    words: inline Markdown of a point or source, block Markdown of the body.
    """

    part: Part
    words: str
    heading: bool = False


def pieces(text: str) -> list[Piece]:
    """Take a canonical text apart, in its reading order."""
    document = parse(text)
    return [
        *(Piece(Part.POINT, point) for point in document.points),
        *_blocks(document.body),
        *(Piece(Part.SOURCE, source) for source in document.sources),
    ]


def _blocks(body: str) -> list[Piece]:
    runs: list[list[Block]] = []
    for block in read_blocks(body):
        if runs and isinstance(block, Item) and isinstance(runs[-1][-1], Item):
            runs[-1].append(block)
        else:
            runs.append([block])
    return [Piece(Part.BODY, write_blocks(run), isinstance(run[0], Heading)) for run in runs]


def divide(text: str, titles: Sequence[str], goes: Sequence[Collection[int]]) -> list[str]:
    """Compose the texts of a split: what stays first, then each new section.

    titles: of the new sections. goes: for each piece where it goes, 0 stays; a source may go to
    several. Raises ValueError where it doesn't fit the text.
    """
    title = parse(text).title
    every = pieces(text)
    if len(goes) != len(every):
        raise ValueError("each piece needs its place")
    return [
        _composed(name, [piece for piece, to in zip(every, goes, strict=True) if number in to])
        for number, name in enumerate((title, *titles))
    ]


def _composed(title: str, own: Sequence[Piece]) -> str:
    def of(part: Part) -> list[str]:
        return [piece.words for piece in own if piece.part is part]

    return compose(title, of(Part.POINT), "\n\n".join(of(Part.BODY)), of(Part.SOURCE))


def has_words(text: str) -> bool:
    """Tell whether a text says anything beyond its title and its sources."""
    document = parse(text)
    return bool(document.points or document.body.strip())


def combine(texts: Sequence[str], title: str, *, headings: bool = False) -> str:
    """Compose one text of several, in their order; what stands twice stands once.

    headings: each text's title becomes a heading, its own headings go one level down.
    """
    documents = [parse(text) for text in texts]
    bodies: list[str] = []
    for document in documents:
        if headings and document.body.strip():
            blocks = [_lower(block) for block in read_blocks(document.body)]
            bodies.append(write_blocks([Heading(2, escape_title(document.title)), *blocks]))
        else:
            bodies.append(document.body)
    points = dict.fromkeys(point for document in documents for point in document.points)
    sources = dict.fromkeys(source for document in documents for source in document.sources)
    return compose(title, tuple(points), "\n\n".join(bodies), tuple(sources))


def _lower(block: Block) -> Block:
    return Heading(3, block.text) if isinstance(block, Heading) else block
