"""Block Markdown of our subset: reading any string into blocks, writing blocks in one spelling."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from reviewtool.text.inline import Style, canonical_inline, escape, escape_start, visible, write

MAX_DEPTH = 2


@dataclass(frozen=True, slots=True)
class Paragraph:
    text: str


@dataclass(frozen=True, slots=True)
class Heading:
    """An inner heading; ``level`` 2 or 3."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Item:
    """A list item; ``depth`` 0 to 2."""

    ordered: bool
    depth: int
    text: str


@dataclass(frozen=True, slots=True)
class Quote:
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure: the id of its file, and inline Markdown (alternative text and date: plain)."""

    file: str
    caption: str = ""
    alt: str = ""
    date: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Numbers:
    """A number graphic: rows of (value, label), drawn in large figures or as bars.

    Values, labels and date are plain; caption and source inline Markdown.
    """

    form: str
    rows: tuple[tuple[str, str], ...]
    caption: str = ""
    date: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Box:
    title: str
    blocks: tuple["Inner", ...]


Inner = Paragraph | Item | Quote
Block = Paragraph | Heading | Item | Quote | Figure | Numbers | Box

FIGURE_FIELDS = ("caption", "alt", "date", "source")
NUMBERS_FIELDS = ("caption", "date", "source")
ROW_FIELDS = ("value", "label")
LARGE, BARS = "large", "bars"
NUMBER_FORMS = (LARGE, BARS)
_PLAIN_FIELDS = ("alt", "date", *ROW_FIELDS)
_HEADING = re.compile(r" {0,3}(#{1,6})(?: +(.*))?$")
_ITEM = re.compile(r"( *)(?:[-+*]|(\d{1,9})[.)])(?: +(.*))?$")
_QUOTE = re.compile(r" {0,3}> ?(.*)$")
_MARKER = re.compile(r"::([a-z]+)(?: +(.*))?$")
_FILE = re.compile(r"[A-Za-z0-9_-]{1,64}\Z")


class _Reader:
    """Collects lines into blocks; one paragraph, item or quote is open at a time."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.box: list[Block] | None = None
        self.box_title = ""
        self.figure: dict[str, str] | None = None
        self.rows: list[dict[str, str]] | None = None
        self.words: list[str] = []
        self.item: tuple[bool, int] | None = None
        self.quote: list[str] | None = None

    def add(self, block: Block) -> None:
        (self.blocks if self.box is None else self.box).append(block)

    def flush(self) -> None:
        """Close the open paragraph, item or quote paragraph."""
        text = canonical_inline(" ".join(self.words))
        self.words = []
        if self.item is not None:
            if text:
                self.add(Item(self.item[0], self.item[1], text))
            self.item = None
        elif self.quote is not None:
            if text:
                self.quote.append(text)
        elif text:
            self.add(Paragraph(text))

    def close_quote(self) -> None:
        self.flush()
        if self.quote:
            self.add(Quote(tuple(self.quote)))
        self.quote = None

    def close_figure(self) -> None:
        """Close the open figure or number graphic."""
        if self.figure is None:
            return
        if self.rows is None:
            self.add(Figure(**self.figure))
        else:
            rows = tuple((r.get("value", ""), r.get("label", "")) for r in self.rows)
            made = Numbers(rows=rows, **self.figure)
            if rows or any(getattr(made, name) for name in NUMBERS_FIELDS):
                self.add(made)
        self.figure = self.rows = None

    def in_figure(self, name: str, rest: str) -> bool:
        """Take a field of the open figure or number graphic; False when it has no such field."""
        if self.figure is None:
            return False
        if name == "end":
            self.close_figure()
            return True
        if name not in (FIGURE_FIELDS if self.rows is None else (*ROW_FIELDS, *NUMBERS_FIELDS)):
            return False
        words = canonical_inline(rest)
        if name in _PLAIN_FIELDS:
            words = canonical_inline(escape(visible(words)))
        if not words:
            return True
        fields = self.figure
        if name in ROW_FIELDS and self.rows is not None:
            if not self.rows or name in self.rows[-1] or name == "value":
                self.rows.append({})
            fields = self.rows[-1]
        fields[name] = f"{fields.get(name, '')} {words}".strip()
        return True

    def close_box(self) -> None:
        if self.box is not None:
            blocks = boxed(self.box)
            self.box = None
            if blocks or self.box_title:
                self.add(Box(self.box_title, blocks))

    def marker(self, name: str, rest: str) -> bool:
        """Take a marker line; False when it means nothing here and is words."""
        if self.in_figure(name, rest):
            return True
        if name == "box" and self.box is None:
            self.start()
            self.box, self.box_title = [], canonical_inline(rest)
            return True
        if name == "end" and self.box is not None:
            self.start()
            self.close_box()
            return True
        if name == "figure" and self.box is None and _FILE.match(rest):
            self.start()
            self.figure = {"file": rest}
            return True
        if name == "numbers" and self.box is None and rest in NUMBER_FORMS:
            self.start()
            self.figure, self.rows = {"form": rest}, []
            return True
        return False

    def start(self) -> None:
        """Close whatever is open, so that a new block can start."""
        self.close_quote()
        self.close_figure()

    def line(self, line: str) -> None:
        match = _MARKER.match(line.rstrip())
        if match and self.marker(match[1], (match[2] or "").strip()):
            return
        if self.figure is not None and line.strip():
            self.close_figure()
        if not line.strip():
            self.close_quote()
        elif match := _HEADING.match(line):
            self.start()
            text = canonical_inline(match[2] or "")
            if text:
                self.add(Heading(2 if len(match[1]) < 3 else 3, text))
        elif match := _QUOTE.match(line):
            self.quoted(match[1])
        elif match := _ITEM.match(line):
            self.start()
            self.item = (match[2] is not None, len(match[1]) // 2)
            self.words = [match[3] or ""]
        elif self.quote is not None:
            self.close_quote()
            self.words.append(line)
        else:
            self.words.append(line)

    def quoted(self, rest: str) -> None:
        if self.quote is None:
            self.start()
            self.quote = []
        if rest.strip():
            self.words.append(rest)
        else:
            self.flush()


def boxed(blocks: Iterable[Block]) -> tuple[Inner, ...]:
    """Return blocks as a box holds them: headings as bold paragraphs, no box or figure."""
    out: list[Inner] = []
    for block in blocks:
        if isinstance(block, Heading):
            out.append(Paragraph(write([(visible(block.text), Style(bold=True))])))
        elif isinstance(block, Inner):
            out.append(block)
    return tuple(out)


def read_blocks(text: str) -> tuple[Block, ...]:
    """Read any cleaned string as blocks; what doesn't fit the grammar becomes words."""
    reader = _Reader()
    for line in text.expandtabs(4).split("\n"):
        reader.line(line)
    reader.start()
    reader.close_box()
    return tuple(_nested(reader.blocks))


def _nested(blocks: Iterable[Block]) -> list[Block]:
    """Give list items depths that a reader can follow: at most one more than the item before."""
    out: list[Block] = []
    depth = -1
    for block in blocks:
        if isinstance(block, Item):
            depth = min(block.depth, depth + 1, MAX_DEPTH)
            out.append(Item(block.ordered, depth, block.text))
            continue
        depth = -1
        if isinstance(block, Box):
            inner = tuple(
                b for b in _nested(block.blocks) if isinstance(b, Paragraph | Item | Quote)
            )
            block = Box(block.title, inner)
        out.append(block)
    return out


def write_blocks(blocks: Sequence[Block]) -> str:
    """Return the only spelling of ``blocks``, without a line end at the end."""
    out: list[str] = []
    listed: bool | None = None
    for block in blocks:
        if isinstance(block, Item):
            same = listed is not None and (block.depth > 0 or block.ordered == listed)
            if out:
                out.append("\n" if same else "\n\n")
            if block.depth == 0 or listed is None:
                listed = block.ordered
            out.append(f"{'  ' * block.depth}{'1.' if block.ordered else '-'} {block.text}")
            continue
        listed = None
        if out:
            out.append("\n\n")
        out.append(_written(block))
    return "".join(out)


def _written(block: Paragraph | Heading | Quote | Figure | Numbers | Box) -> str:
    if isinstance(block, Paragraph):
        return escape_start(block.text)
    if isinstance(block, Heading):
        return f"{'#' * block.level} {block.text}"
    if isinstance(block, Quote):
        return "\n>\n".join(f"> {text}" for text in block.paragraphs)
    if isinstance(block, Figure):
        return _fields(f"::figure {block.file}", block, FIGURE_FIELDS)
    if isinstance(block, Numbers):
        rows = [pair for row in block.rows for pair in zip(ROW_FIELDS, row, strict=True)]
        head = "".join(f"\n::{name} {words}" for name, words in rows if words)
        return _fields(f"::numbers {block.form}{head}", block, NUMBERS_FIELDS)
    head = f"::box {block.title}".rstrip()
    inner = write_blocks(block.blocks)
    return f"{head}\n\n{inner}\n\n::end" if inner else f"{head}\n\n::end"


def _fields(head: str, block: Figure | Numbers, names: Sequence[str]) -> str:
    fields = ((name, getattr(block, name)) for name in names)
    return "\n".join([head, *(f"::{name} {words}" for name, words in fields if words), "::end"])
