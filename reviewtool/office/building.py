"""Collecting blocks into the parts of one section."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from reviewtool.office.errors import Place
from reviewtool.office.lines import HARD, Line, drop_start, markdown, plain, split, unstyled
from reviewtool.office.names import sources_label_length
from reviewtool.office.outline import SectionKind, SectionOutline
from reviewtool.office.stream import Block, Frame, Heading, Item, Paragraph, Picture
from reviewtool.office.tidying import INNER, frame_parts
from reviewtool.text import blocks as text
from reviewtool.text.document import compose, parse
from reviewtool.text.inline import escape

_HIGHEST_INNER, _LOWEST_INNER = 2, 3


@dataclass
class Builder:
    """A section that is being read.

    `depth`: of its heading; `mode`: which part the next block belongs to. Key points are taken
    right after the heading of an activity, and under a heading that says so.
    """

    kind: SectionKind
    title: str
    depth: int
    parent: int | None
    place: Place
    mode: str = "start"
    points: list[str] = field(default_factory=list)
    body: list[Block] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)
    points_heading: str = ""
    sources_heading: str = ""
    sources_depth: int = 0

    def begin_sources(self, words: str, depth: int) -> None:
        """The next blocks are sources; a second such heading adds to the first."""
        self.mode, self.sources_depth = "sources", depth
        self.sources_heading = " / ".join(part for part in (self.sources_heading, words) if part)

    def begin_points(self, words: str) -> bool:
        """The next list is key points; False when there are some already."""
        if self.points or self.kind != "activity":
            return False
        self.mode, self.points_heading = "points", words
        return True

    def add(self, block: Block) -> None:
        """Put a block where it belongs."""
        if self.mode == "sources" and self._add_source(block):
            return
        if self.mode in ("start", "points") and self.kind == "activity":
            if isinstance(block, Item):
                self.points.append(markdown(block.line))
                self.mode = "points"
                return
            if isinstance(block, Frame | Picture) and not self.points:
                self.body.append(block)
                return
        if self.mode != "sources":
            self.mode = "body"
        self.body.append(block)

    def _add_source(self, block: Block) -> bool:
        if isinstance(block, Heading):
            if block.depth > self.sources_depth:
                self.sources.append(markdown(unstyled(block.line)))
                return True
            self.mode = "body"
            return False
        if isinstance(block, Paragraph):
            self.sources.extend(_entries(block.line))
            return True
        if isinstance(block, Item):
            self.sources.append(markdown(block.line))
            return True
        if isinstance(block, Frame) and frame_parts(block) is None:
            for inner in block.blocks:
                self._add_source(inner)
            return True
        return False

    def finish(self) -> SectionOutline:
        """The section as understood. Raises TextError when its text is too long."""
        self._take_labelled_sources()
        body = text.write_blocks(list(_written(self.body)))
        canonical = compose(self.title, self.points, body, self.sources)
        parts = parse(canonical)
        return SectionOutline(
            kind=self.kind,
            title=parts.title,
            points=parts.points,
            body=parts.body,
            sources=parts.sources,
            parent=self.parent,
            text=canonical,
            place=self.place,
            sources_heading=self.sources_heading,
            points_heading=self.points_heading,
        )

    def _take_labelled_sources(self) -> None:
        """A last paragraph "Sources: ..." is the sources of a section that has no others."""
        last = self.body[-1] if self.body else None
        if self.sources_heading or not isinstance(last, Paragraph):
            return
        words = "".join(run for run, _ in last.line)
        length = sources_label_length(words)
        if length:
            self.body.pop()
            self.sources_heading = words[:length].strip()
            self.sources = list(_entries(drop_start(last.line, length)))


def _entries(line: Line) -> Iterator[str]:
    """A paragraph's sources: a line broken by hand begins another."""
    return (markdown(part) for part in split(line, HARD) if plain(part))


def _written(blocks: Iterable[Block]) -> Iterator[text.Block]:
    """Blocks of a file as blocks of a text; inner headings get the two levels that a text has."""
    blocks = list(blocks)
    depths = sorted({block.depth for block in blocks if isinstance(block, Heading)})
    for block in blocks:
        if isinstance(block, Heading):
            level = min(_HIGHEST_INNER + depths.index(block.depth), _LOWEST_INNER)
            level = _LOWEST_INNER if block.depth == INNER and len(depths) > 1 else level
            yield text.Heading(level, markdown(unstyled(block.line, bold_only=True)))
        elif isinstance(block, Frame):
            yield from _framed(block)
        elif isinstance(block, Item):
            yield text.Item(block.ordered, min(block.depth, text.MAX_DEPTH), markdown(block.line))
        elif isinstance(block, Paragraph):
            yield text.Paragraph(markdown(block.line))
        elif isinstance(block, Picture):
            yield text.Figure(block.key, caption=markdown(block.caption), alt=escape(block.alt))


def _framed(frame: Frame) -> Iterator[text.Block]:
    parts = frame_parts(frame)
    if parts is None:
        yield text.Quote(tuple(_quoted(frame.blocks)))
        return
    title, blocks = parts
    yield text.Box(markdown(unstyled(title)), tuple(_inside_box(blocks)))


def _inside_box(blocks: Iterable[Block]) -> Iterator[text.Paragraph | text.Item | text.Quote]:
    """A box holds no headings and no boxes: these become bold paragraphs."""
    for block in blocks:
        if isinstance(block, Heading):
            yield text.Paragraph(_bold(block.line))
        elif isinstance(block, Frame):
            parts = frame_parts(block)
            if parts is None:
                yield text.Quote(tuple(_quoted(block.blocks)))
                continue
            if plain(parts[0]):
                yield text.Paragraph(_bold(parts[0]))
            yield from _inside_box(parts[1])
        elif isinstance(block, Item):
            yield text.Item(block.ordered, min(block.depth, text.MAX_DEPTH), markdown(block.line))
        elif isinstance(block, Paragraph):
            yield text.Paragraph(markdown(block.line))


def _bold(line: Line) -> str:
    return markdown((words, style._replace(bold=True)) for words, style in line)


def _quoted(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Frame):
            yield from _quoted(block.blocks)
        elif isinstance(block, Heading | Item | Paragraph):
            yield markdown(block.line)
