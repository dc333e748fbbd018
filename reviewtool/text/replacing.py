"""Putting somebody's plain words in the place of a passage: the text that they propose.

Words that stay keep their look (bold, italic, links), and new ones look as those that they replace.
An empty line in the words begins a new paragraph; where the passage has several, each keeps what it
is: a paragraph, an item of a list, a heading.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from reviewtool.text.align import align
from reviewtool.text.canonical import canonical
from reviewtool.text.characters import clean, squeeze
from reviewtool.text.errors import TextError
from reviewtool.text.inline import PLAIN, Scanned, Style, escape, escape_start, settle, write
from reviewtool.text.layout import Kind, Line, layout
from reviewtool.text.tokens import Form

__all__ = ["FIXED", "FOLLOWED", "end_of", "paragraphs", "propose"]

FOLLOWED = frozenset({Kind.POINT, Kind.PARAGRAPH, Kind.BULLET, Kind.NUMBERED, Kind.SOURCE})
"""Lines after which a new one of their kind, or a new paragraph, can stand."""
_LISTED = frozenset({Kind.POINT, Kind.SOURCE, Kind.BULLET, Kind.NUMBERED})
_HEADINGS = {Kind.HEADING: "## ", Kind.SUBHEADING: "### "}
FIXED = frozenset(Kind) - FOLLOWED - _HEADINGS.keys() - {Kind.QUOTE}
"""Lines that are one of their kind: a title, the parts of a figure, the head of a box."""

Chars = list[tuple[str, Style]]


@dataclass(frozen=True, slots=True)
class _Cut:
    """A line, and which of its visible characters lie in the passage."""

    line: Line
    start: int
    end: int

    @property
    def words(self) -> str:
        return self.line.visible[self.start : self.end]

    @property
    def chars(self) -> Chars:
        return list(zip(self.line.visible, self.line.styles, strict=True))


def paragraphs(words: str) -> list[str]:
    """Return the paragraphs of plain words: an empty line begins a new one."""
    parts = re.split(r"\n\s*\n", clean(words))
    return [part for part in map(squeeze, parts) if part.strip()]


def propose(text: str, start: int, end: int, replacement_words: str) -> str:
    """Return ``text`` with ``[start:end]`` replaced by plain words, canonical.

    An empty range at the end of a paragraph or of an item takes new ones after it: one for each
    of the words' paragraphs. Raises TextError when the range lies outside the text.
    """
    if not 0 <= start <= end <= len(text):
        raise TextError("the passage lies outside the text")
    new = None
    if start == end:
        new = _added(text, start, replacement_words)
    else:
        replaced = _replaced(text, start, end, paragraphs(replacement_words))
        if replaced is not None:
            return canonical(replaced)
    return canonical(text[:start] + (new or escape(replacement_words)) + text[end:])


def end_of(base: str, end: int, proposal: str) -> int:
    """Return where words that were proposed for a passage of ``base`` end in the proposal."""
    return max(0, len(proposal) - (len(base) - end))


def _added(text: str, at: int, words: str) -> str | None:
    """Return new paragraphs or items with what parts them from the one that ends here, if any."""
    line = next((one for one in layout(text) if one.end == at and one.kind in FOLLOWED), None)
    if line is None or line.boxed:
        return None
    begins = "\n\n" if line.kind is Kind.PARAGRAPH else "\n" + _marker(line)
    return "".join(begins + escape(paragraph) for paragraph in paragraphs(words))


def _replaced(text: str, start: int, end: int, written: list[str]) -> str | None:
    """Return the text with paragraphs in the place of a passage; None where it has no words, or
    they are parts of a figure or a box that can't be fewer or more.
    """
    met = [line for line in layout(text) if line.start < end and start < line.end]
    cuts = [_cut(line, start, end) for line in met]
    shown = [cut for cut in cuts if cut.words.strip() and cut.line.kind is not Kind.ALT]
    if not shown:
        return None
    if len(shown) == 1 and (len(written) < 2 or shown[0].line.kind in FIXED):
        written = [" ".join(written)]
    if len(shown) == len(written):
        for cut, words in reversed(list(zip(shown, written, strict=True))):
            line, chars = cut.line, cut.chars
            new = [*chars[: cut.start], *_styled([cut], [words])[0], *chars[cut.end :]]
            text = text[: line.start] + _inline(new) + text[line.end :]
        return text
    if len({cut.line.boxed for cut in cuts}) > 1 or any(cut.line.kind in FIXED for cut in cuts):
        return None
    return _rebuilt(text, shown, written)


def _cut(line: Line, start: int, end: int) -> _Cut:
    """Return what lies of a line between two positions, without white space at its ends."""
    first, last = line.visible_index(start), line.visible_index(end)
    words = line.visible[first:last]
    return _Cut(
        line, first + len(words) - len(words.lstrip()), last - len(words) + len(words.rstrip())
    )


def _rebuilt(text: str, cuts: Sequence[_Cut], written: Sequence[str]) -> str:
    """Return the text with other paragraphs, more or fewer, in the place of those of the cuts."""
    first, last = cuts[0], cuts[-1]
    before, after = first.chars[: first.start], last.chars[last.end :]
    lines = _models(cuts, written, begun=bool(before))
    pieces = _styled(cuts, written) or [[]]
    pieces[0] = [*before, *pieces[0]]
    pieces[-1] = [*pieces[-1], *after]
    out = [
        _marker(line) + _inline(piece) for line, piece in zip(lines, pieces, strict=True) if piece
    ]
    for index, pair in enumerate(pairwise(lines), 1):
        out[index] = _between(*pair) + out[index]
    begin = text.rfind("\n", 0, first.line.start) + 1
    head, tail = text[:begin], text[last.line.end :]
    if lines[0].kind is not first.line.kind:
        head += "\n"
    if lines[-1].kind is not last.line.kind:
        tail = "\n" + tail
    return head + "".join(out) + tail


def _models(cuts: Sequence[_Cut], written: Sequence[str], *, begun: bool) -> list[Line]:
    """Return for each paragraph the line whose kind it has: the one that most of it comes from,
    else that of the paragraph before; what follows a heading is a paragraph.
    """
    if not written:
        return [(cuts[0] if begun else cuts[-1]).line]
    models: list[Line] = []
    old, new = [cut.words for cut in cuts], list(written)
    joined = "\n".join(new)
    kept = Counter(
        (_at(new, j + step), _at(old, i + step))
        for i, j, n in align("\n".join(old), joined, Form.PLAIN).matches
        for step in range(n)
        if joined[j + step].isalnum()
    )
    for number in range(len(new)):
        most = max(range(len(old)), key=lambda index, n=number: kept[n, index])  # type: ignore[misc]
        if number == 0 and (begun or not kept[0, most]):
            most = 0
        elif not kept[number, most]:
            line = models[-1]
            models.append(replace(line, kind=Kind.PARAGRAPH) if line.kind in _HEADINGS else line)
            continue
        models.append(cuts[most].line)
    return models


def _at(lines: Sequence[str], position: int) -> int:
    """Return the number of the line in which a position of the joined lines lies."""
    for number, line in enumerate(lines):
        if position <= len(line):
            return number
        position -= len(line) + 1
    return len(lines) - 1


def _styled(cuts: Sequence[_Cut], written: Sequence[str]) -> list[Chars]:
    """Return the written paragraphs with the look of the words that they keep or replace."""
    old: Chars = []
    for cut in cuts:
        old += [*cut.chars[cut.start : cut.end], ("\n", PLAIN)]
    old.pop()
    chars, joined = cuts[0].chars, "\n".join(written)
    around = (
        chars[cuts[0].start - 1][1] if cuts[0].start else None,
        cuts[-1].chars[cuts[-1].end][1] if cuts[-1].end < len(cuts[-1].line.visible) else None,
    )
    new: Chars = []
    at = 0
    ends = (len(old), len(joined), 0)
    for i, j, n in (*align("".join(c for c, _ in old), joined, Form.PLAIN).matches, ends):
        style = _look(old, at, i, around)
        new += [(char, style) for char in joined[len(new) : j]]
        new += [(char, old[i + step][1]) for step, char in enumerate(joined[j : j + n])]
        at = i + n
    out: list[Chars] = []
    for words in written:
        out.append(new[: len(words)])
        new = new[len(words) + 1 :]
    return out


def _look(old: Chars, start: int, end: int, around: tuple[Style | None, Style | None]) -> Style:
    """Return what replaced words share in their look, or, of none, what stands on both sides."""
    styles: Iterable[Style | None] = [style for char, style in old[start:end] if not char.isspace()]
    if not styles:
        before = old[start - 1][1] if start else around[0]
        styles = [before, old[end][1] if end < len(old) else around[1]]
    shared = set(styles)
    return (shared.pop() if len(shared) == 1 else PLAIN) or PLAIN


def _inline(chars: Chars) -> str:
    scanned = Scanned("".join(char for char, _ in chars), [], [style for _, style in chars])
    return escape_start(write(settle(scanned)))


def _marker(line: Line) -> str:
    """Return what a line of this kind begins with."""
    if line.kind in _LISTED:
        return "  " * line.depth + ("1. " if line.kind is Kind.NUMBERED else "- ")
    return "> " if line.kind is Kind.QUOTE else _HEADINGS.get(line.kind, "")


def _between(one: Line, other: Line) -> str:
    """Return what parts two lines that follow each other."""
    if one.kind in _LISTED and other.kind in _LISTED:
        return "\n"
    return "\n>\n" if one.kind is other.kind is Kind.QUOTE else "\n\n"
