"""What changed between two texts: changes, moves, and the spans that show them."""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import chain

from reviewtool.text.align import Alignment, align, align_uncached
from reviewtool.text.cleanup import readable_matches
from reviewtool.text.moves import Move
from reviewtool.text.patience import Match
from reviewtool.text.tokens import Form, shown


class Kind(StrEnum):
    """What a change is to a reader."""

    INSERTED = "inserted"
    DELETED = "deleted"
    REPLACED = "replaced"
    MOVED = "moved"
    CASE = "case"
    PUNCTUATION = "punctuation"
    SPACE = "space"
    FORMATTING = "formatting"
    SPLIT = "split"
    JOINED = "joined"
    PICTURE = "picture"


# Signs that carry no meaning of their own; "%", "€", "§" and pictures do.
_SIGNS = re.compile(r"[\s.,;:!?…'’‘\"”“„«»()\[\]/·–—-]+")
# Kinds that change no word.
LIGHT = frozenset({Kind.CASE, Kind.PUNCTUATION, Kind.SPACE, Kind.FORMATTING})


class Op(StrEnum):
    EQUAL = "="
    DELETE = "-"
    INSERT = "+"


@dataclass(frozen=True, slots=True)
class Change:
    """One hunk: ``old[old_start:old_end]`` became ``new[new_start:new_end]``."""

    kind: Kind
    old_start: int
    old_end: int
    new_start: int
    new_end: int


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of one of the texts, or of both where equal; ``move``: index in ``moves``."""

    op: Op
    old_start: int
    old_end: int
    new_start: int
    new_end: int
    move: int | None = None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two texts and what changed; all positions are code points of them."""

    old: str
    new: str
    form: Form
    matches: tuple[Match, ...]
    changes: tuple[Change, ...]
    moves: tuple[Move, ...]

    @property
    def same(self) -> bool:
        """Say whether nothing at all changed."""
        return self.old == self.new

    def spans(self) -> list[Span]:
        """Return the stretches in reading order: equal + deleted are the old text, and so on."""
        out: list[Span] = []
        i = j = 0
        for i0, j0, n in (*self.matches, (len(self.old), len(self.new), 0)):
            out += self._cut(Op.DELETE, i, i0, j)
            out += self._cut(Op.INSERT, j, j0, i0)
            if n:
                out.append(Span(Op.EQUAL, i0, i0 + n, j0, j0 + n))
            i, j = i0 + n, j0 + n
        return out

    def _cut(self, op: Op, start: int, end: int, other: int) -> list[Span]:
        """Cut a deleted or inserted stretch where moved passages begin and end."""

        def span(lo: int, hi: int, move: int | None) -> Span:
            if op is Op.DELETE:
                return Span(op, lo, hi, other, other, move)
            return Span(op, other, other, lo, hi, move)

        out: list[Span] = []
        at = start
        for lo, hi, index in self._moved(op):
            if hi <= start or lo >= end:
                continue
            if lo > at:
                out.append(span(at, lo, None))
            out.append(span(max(lo, at), min(hi, end), index))
            at = min(hi, end)
        if at < end:
            out.append(span(at, end, None))
        return out

    def _moved(self, op: Op) -> list[tuple[int, int, int]]:
        if op is Op.DELETE:
            return sorted((m.old_start, m.old_end, i) for i, m in enumerate(self.moves))
        return sorted((m.new_start, m.new_end, i) for i, m in enumerate(self.moves))


def compare(old: str, new: str, form: Form = Form.MARKUP) -> Comparison:
    """Return what changed between two texts.

    Exact: equal and deleted spans rebuild ``old``, equal and inserted ones ``new``; comparing
    (new, old) gives the same changes with the signs swapped.
    """
    return _compared(old, new, form)


@lru_cache(maxsize=256)
def _compared(old: str, new: str, form: Form) -> Comparison:
    return _made(old, new, form, align(old, new, form))


def compare_uncached(old: str, new: str, form: Form = Form.MARKUP) -> Comparison:
    """Return what ``compare`` does, without its cache: for benchmarks/text_adapter.py."""
    return _made(old, new, form, align_uncached(old, new, form))


def _made(old: str, new: str, form: Form, alignment: Alignment) -> Comparison:
    matches = readable_matches(old, new, alignment, form)
    changes = []
    i = j = 0
    for i0, j0, n in chain(matches, [(len(old), len(new), 0)]):
        if i0 > i or j0 > j:
            kind = classify(shown(old, i, i0, form), shown(new, j, j0, form))
            changes.append(Change(kind, i, i0, j, j0))
        i, j = i0 + n, j0 + n
    return Comparison(old, new, form, tuple(matches), tuple(changes), alignment.moves)


def classify(before: str, after: str) -> Kind:
    """Say what kind of change it is when the visible words ``before`` become ``after``."""
    if before == after:
        return Kind.FORMATTING
    if _squeezed(before) == _squeezed(after):
        lines = before.count("\n") - after.count("\n")
        if lines:
            return Kind.JOINED if lines > 0 else Kind.SPLIT
        return Kind.SPACE
    if not _letters(before) and not _letters(after):
        return Kind.PUNCTUATION
    if not before.strip():
        return Kind.INSERTED
    if not after.strip():
        return Kind.DELETED
    if _squeezed(before).casefold() == _squeezed(after).casefold():
        return Kind.CASE
    figures = any(map(str.isdigit, before + after))
    if not figures and _letters(before).casefold() == _letters(after).casefold():
        return Kind.PUNCTUATION
    return Kind.REPLACED


def _squeezed(words: str) -> str:
    return "".join(words.split())


def _letters(words: str) -> str:
    return _SIGNS.sub("", words)
