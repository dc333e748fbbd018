"""What people make by hand where a program has a form for it: headings in bold, typed bullets."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from reviewtool.office.lines import (
    HARD,
    SOFT,
    Line,
    bullet_length,
    drop_start,
    is_bold,
    plain,
    split,
)
from reviewtool.office.names import Named, named
from reviewtool.office.stream import Block, Frame, Heading, Item, Paragraph, Picture, Unplaced

_LONGEST_HEADING = 120
_SENTENCE_ENDS = (".", ";", ",")
# One deeper than any heading of a file, so that it always stands inside what came before.
INNER = 10


def tidied(blocks: Iterable[Block]) -> list[Block]:
    """Blocks without empty ones, with hand-made lists and headings in bold as what they mean."""
    split_up = [part for block in blocks for part in _split_paragraph(block)]
    shown = [block for block in split_up if _has_words(block)]
    return list(_with_headings(list(_opened_frames(_with_dashes(shown)))))


def frame_parts(frame: Frame) -> tuple[Line, tuple[Block, ...]] | None:
    """(title, blocks) of a quote or table that is a box; None for a plain quote.

    A title is a bold first paragraph, a heading, or a bold first line of the first paragraph.
    """
    first, rest = frame.blocks[0], frame.blocks[1:]
    if isinstance(first, Heading) or (
        isinstance(first, Paragraph) and is_bold(first.line) and len(plain(first.line)) <= 200
    ):
        return first.line, rest
    if isinstance(first, Paragraph):
        lines = split(first.line, HARD + SOFT, 1)
        if len(lines) == 2 and is_bold(lines[0]):
            return lines[0], (replace(first, line=lines[1]), *rest)
    return ((), frame.blocks) if frame.boxed else None


def _has_words(block: Block) -> bool:
    if isinstance(block, Unplaced | Picture):
        return True
    if isinstance(block, Frame):
        return any(_has_words(inner) for inner in block.blocks)
    return bool(plain(block.line))


def _split_paragraph(block: Block) -> Iterator[Block]:
    """A paragraph of typed bullets as list items; one with an empty line in it as two."""
    if isinstance(block, Frame):
        inside = [part for inner in block.blocks for part in _split_paragraph(inner)]
        yield replace(block, blocks=tuple(part for part in inside if _has_words(part)))
        return
    if not isinstance(block, Paragraph):
        yield block
        return
    lines = split(block.line, HARD + SOFT)
    shown = [line for line in lines if plain(line)]
    if shown and all(bullet_length(line, dashes=False) for line in shown):
        for line in shown:
            item = drop_start(line, bullet_length(line, dashes=False))
            yield Item(False, 0, item, block.place)
        return
    yield from (replace(block, line=part) for part in _at_empty_lines(block.line))


def _at_empty_lines(line: Line) -> Iterator[Line]:
    parts: list[Line] = [()]
    for one in split(line, HARD):
        if plain(one):
            parts[-1] = (*parts[-1], (HARD, one[0][1]), *one) if parts[-1] else one
        elif parts[-1]:
            parts.append(())
    return (part for part in parts if part)


def _with_dashes(blocks: Sequence[Block]) -> list[Block]:
    """Two or more paragraphs with dashes right after a heading are a list typed by hand.

    Elsewhere such paragraphs are somebody's words in a dialogue.
    """
    out: list[Block] = []
    index = 0
    while index < len(blocks):
        out.append(blocks[index])
        index += 1
        if not isinstance(out[-1], Heading):
            continue
        dashed = []
        for block in blocks[index:]:
            length = bullet_length(block.line, dashes=True) if isinstance(block, Paragraph) else 0
            if not isinstance(block, Paragraph) or not length:
                break
            dashed.append(Item(False, 0, drop_start(block.line, length), block.place))
        if len(dashed) > 1:
            out.extend(dashed)
            index += len(dashed)
    return out


def _opened_frames(blocks: Iterable[Block]) -> Iterator[Block]:
    """A story, key points or sources that were set in a box stand as what they are."""
    last: Block | None = None
    for block in blocks:
        parts = frame_parts(block) if isinstance(block, Frame) else None
        if parts and named(plain(parts[0])) in (Named.STORY, Named.POINTS, Named.SOURCES):
            yield Heading(INNER, parts[0], block.place)
            yield from parts[1]
        elif parts and not plain(parts[0]) and isinstance(last, Heading) and _is_list(parts[1]):
            yield from parts[1]
        else:
            yield block
        last = block


def _is_list(blocks: Sequence[Block]) -> bool:
    return all(isinstance(block, Item) for block in blocks)


def _with_headings(blocks: Sequence[Block]) -> Iterator[Block]:
    """Short bold paragraphs with text under them are headings; the top ones where no others are."""
    depth = INNER if any(isinstance(block, Heading) for block in blocks) else 1
    for index, block in enumerate(blocks):
        following = blocks[index + 1] if index + 1 < len(blocks) else None
        if isinstance(block, Paragraph) and _stands_as_heading(block, following):
            label = named(plain(block.line)) in (Named.SOURCES, Named.POINTS)
            yield Heading(INNER if label else depth, block.line, block.place)
        else:
            yield block


def _stands_as_heading(paragraph: Paragraph, following: Block | None) -> bool:
    words = plain(paragraph.line)
    name = named(words)
    if name in (Named.SOURCES, Named.POINTS):
        return True
    if not is_bold(paragraph.line) or len(words) > _LONGEST_HEADING:
        return False
    if name is Named.STORY:
        return True
    goes_on = isinstance(following, Item | Frame) or (
        isinstance(following, Paragraph) and not is_bold(following.line)
    )
    return goes_on and not words.endswith(_SENTENCE_ENDS)
