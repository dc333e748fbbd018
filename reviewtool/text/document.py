"""A section's text in its parts: title, key points, body, sources."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from reviewtool.text.blocks import Box, Figure, Item, Numbers, Quote, read_blocks, write_blocks
from reviewtool.text.characters import clean
from reviewtool.text.inline import canonical_inline, escape, visible

POINTS, BODY, SOURCES = "points", "body", "sources"
PARTS = (POINTS, BODY, SOURCES)
PART_LINE = re.compile(r"::(points|body|sources)\s*\Z")
_TITLE = re.compile(r"#(?: +(.*))?\Z")
_ROUNDS = 8


@dataclass(frozen=True, slots=True)
class Document:
    """The parts of a text.

    ``title``: plain visible words; ``points`` and ``sources``: inline Markdown, one string each;
    ``body``: block Markdown.
    """

    title: str
    points: tuple[str, ...]
    body: str
    sources: tuple[str, ...]


def items(markdown: str) -> tuple[str, ...]:
    """Return the lines of a list, or whatever else stands in ``markdown``, as inline strings."""
    out: list[str] = []
    for block in read_blocks(clean(markdown)):
        if isinstance(block, Quote):
            out.extend(block.paragraphs)
        elif isinstance(block, Box):
            out.extend([block.title, *items(write_blocks(block.blocks))])
        elif isinstance(block, Figure):
            out.extend([block.caption, block.alt, block.date, block.source])
        elif isinstance(block, Numbers):
            out.extend(" ".join(row).strip() for row in block.rows)
            out.extend([block.caption, block.date, block.source])
        else:
            out.append(block.text)
    return tuple(text for text in out if text)


def _write(title: str, points: Sequence[str], body: str, sources: Sequence[str]) -> str:
    """Spell the document once; ``title`` is inline Markdown already."""

    def listed(lines: Sequence[str]) -> str:
        kept = [inline for line in lines if (inline := canonical_inline(line))]
        return write_blocks([Item(False, 0, inline) for inline in kept])

    parts = (listed(points), write_blocks(read_blocks(body)), listed(sources))
    out = [f"# {title}".rstrip()]
    for name, content in zip(PARTS, parts, strict=True):
        out.append(f"::{name}")
        if content:
            out.append(content)
    return "\n\n".join(out) + "\n"


def compose(title: str, points: Sequence[str], body: str, sources: Sequence[str]) -> str:
    """Return the canonical text of the parts (see Document). Raises TextError when too long."""
    lines = [clean(point) for point in points], [clean(source) for source in sources]
    return _settled(_write(escape_title(title), lines[0], clean(body), lines[1]))


def escape_title(title: str) -> str:
    """Return plain words as the inline string of a title line."""
    return canonical_inline(escape(title))


def parse(text: str) -> Document:
    """Return the parts of any text; words before the first part marker belong to the body."""
    lines = clean(text).split("\n")
    while lines and not lines[0].strip():
        lines.pop(0)
    title = _TITLE.match(lines[0]) if lines else None
    if title is not None:
        lines.pop(0)
    parts: dict[str, list[str]] = {name: [] for name in PARTS}
    part = BODY
    for line in lines:
        marker = PART_LINE.match(line)
        if marker:
            part = marker[1]
            parts[part].append("")
        else:
            parts[part].append(line)
    return Document(
        title=visible(canonical_inline(title[1] or "")) if title else "",
        points=items("\n".join(parts[POINTS])),
        body=write_blocks(read_blocks("\n".join(parts[BODY]))),
        sources=items("\n".join(parts[SOURCES])),
    )


def respell(text: str) -> str:
    """Return the canonical spelling of any string. Raises TextError when too long."""
    return _settled(clean(text))


def _settled(text: str) -> str:
    """Spell until nothing changes: taking marks away can bring an accent to its letter."""
    for _ in range(_ROUNDS):
        document = parse(text)
        spelt = _write(
            escape_title(document.title), document.points, document.body, document.sources
        )
        if spelt == text:
            break
        text = spelt
    return text
