"""Putting many people's changes into one text.

All changes are hunks against the common base, never a chain of patches. Changes to different words
all go in; changes to the same words, or insertions at the same place, that differ are a conflict
that names all parties. Nothing is settled silently.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from reviewtool.text.align import align
from reviewtool.text.canonical import canonical
from reviewtool.text.errors import TextError
from reviewtool.text.inline import escape
from reviewtool.text.tokens import Form

MINE = ""


@dataclass(frozen=True, slots=True)
class Hunk:
    """``base[start:end]`` becomes ``text``; ``parties``: who wants it ("" is mine)."""

    start: int
    end: int
    text: str
    parties: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Conflict:
    """One stretch of the base that parties want to change in different ways."""

    start: int
    end: int
    base: str
    mine: str
    theirs: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Cause:
    """``text[start:end]`` of the result (empty where words went) comes from ``parties``."""

    start: int
    end: int
    parties: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Merge:
    """The merged text, or None with the conflicts that prevent it."""

    text: str | None
    conflicts: tuple[Conflict, ...]
    causes: tuple[Cause, ...]


def propose(text: str, start: int, end: int, replacement_words: str) -> str:
    """Return ``text`` with ``[start:end]`` replaced by plain words (escaped), canonical.

    Raises TextError when the range lies outside the text.
    """
    if not 0 <= start <= end <= len(text):
        raise TextError("the passage lies outside the text")
    return canonical(text[:start] + escape(replacement_words) + text[end:])


def hunks_of(base: str, text: str, party: str, form: Form) -> list[Hunk]:
    """Return what ``text`` changes in ``base``."""
    out: list[Hunk] = []
    i = j = 0
    for i0, j0, n in (*align(base, text, form).matches, (len(base), len(text), 0)):
        if i0 > i or j0 > j:
            out.append(Hunk(i, i0, text[j:j0], (party,)))
        i, j = i0 + n, j0 + n
    return out


def merge(base: str, mine: str, theirs: Mapping[str, str], form: Form = Form.MARKUP) -> Merge:
    """Merge ``mine`` (party "") and each of ``theirs`` (party id -> whole text) over ``base``.

    The result doesn't depend on the order of ``theirs``. In the MARKUP form it is canonical, or it
    is a conflict.
    """
    hunks = [h for party, text in _parties(mine, theirs) for h in hunks_of(base, text, party, form)]
    groups = _groups(_united(hunks))
    conflicts = [_conflict(base, group) for group in groups if len(group) > 1]
    if conflicts:
        return Merge(None, tuple(conflicts), ())
    text, causes = apply_hunks(base, [group[0] for group in groups])
    if form is Form.MARKUP and canonical(text) != text:
        whole = Conflict(0, len(base), base, mine, {p: t for p, t in theirs.items() if t != base})
        return Merge(None, (whole,), ())
    return Merge(text, (), tuple(causes))


def _parties(mine: str, theirs: Mapping[str, str]) -> list[tuple[str, str]]:
    return [(MINE, mine), *sorted(theirs.items())]


def _united(hunks: Iterable[Hunk]) -> list[Hunk]:
    """Make identical changes of several parties one."""
    same: dict[tuple[int, int, str], tuple[str, ...]] = {}
    for hunk in hunks:
        key = (hunk.start, hunk.end, hunk.text)
        same[key] = (*same.get(key, ()), *hunk.parties)
    return [Hunk(s, e, t, p) for (s, e, t), p in sorted(same.items())]


def _groups(hunks: Sequence[Hunk]) -> list[list[Hunk]]:
    """Gather hunks that touch one another."""
    groups: list[list[Hunk]] = []
    end = -1
    for hunk in hunks:
        if groups and hunk.start <= end:
            groups[-1].append(hunk)
        else:
            groups.append([hunk])
            end = -1
        end = max(end, hunk.end)
    return groups


def _conflict(base: str, group: Sequence[Hunk]) -> Conflict:
    start, end = min(h.start for h in group), max(h.end for h in group)
    texts: dict[str, str] = {}
    for party in sorted({p for h in group for p in h.parties}):
        own = [h for h in group if party in h.parties]
        texts[party] = apply_hunks(base, own, start, end)[0]
    mine = texts.pop(MINE, base[start:end])
    return Conflict(start, end, base[start:end], mine, texts)


def apply_hunks(
    base: str, hunks: Sequence[Hunk], start: int = 0, end: int | None = None
) -> tuple[str, list[Cause]]:
    """Return ``base[start:end]`` with disjoint hunks applied, and what each caused."""
    out: list[str] = []
    causes: list[Cause] = []
    at, length = start, 0
    for hunk in sorted(hunks, key=lambda h: (h.start, h.end)):
        out += [base[at : hunk.start], hunk.text]
        length += hunk.start - at
        causes.append(Cause(length, length + len(hunk.text), hunk.parties))
        length += len(hunk.text)
        at = hunk.end
    out.append(base[at : len(base) if end is None else end])
    return "".join(out), causes
