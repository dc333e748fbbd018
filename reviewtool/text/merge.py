"""Putting many people's changes into one text.

All changes are hunks against the common base, never a chain of patches. Changes to different words
all go in; changes to the same words, or insertions at the same place, that differ are a conflict
that names all parties. Where one party moves lines and others edit them, the edits go along.
Nothing is settled silently.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from reviewtool.text.align import align
from reviewtool.text.canonical import canonical
from reviewtool.text.hunks import Cause, Hunk, agreed, apply_hunks, groups, hunks_of, place, united
from reviewtool.text.moves import Move
from reviewtool.text.tokens import Form

__all__ = ["MINE", "Cause", "Conflict", "Merge", "merge"]

MINE = ""


@dataclass(frozen=True, slots=True)
class Conflict:
    """One stretch of the base that parties want to change in different ways.

    ``mine``: what my text has there (the base where I changed nothing); ``theirs``: party -> text.
    """

    start: int
    end: int
    base: str
    mine: str
    theirs: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Merge:
    """The merged text, or None with the conflicts that prevent it.

    ``causes``: what each party brought into the text, mine as party "".
    """

    text: str | None
    conflicts: tuple[Conflict, ...]
    causes: tuple[Cause, ...]


def merge(base: str, mine: str, theirs: Mapping[str, str], form: Form = Form.MARKUP) -> Merge:
    """Merge ``mine`` (party "") and each of ``theirs`` (party id -> whole text) over ``base``.

    The result doesn't depend on the order of ``theirs``. In the MARKUP form it is canonical, or it
    is a conflict.
    """
    merged = _merged(base, mine, theirs, form)
    if merged.text is None or form is Form.PLAIN or canonical(merged.text) == merged.text:
        return merged
    changed = {party: text for party, text in theirs.items() if text != base}
    return Merge(None, (Conflict(0, len(base), base, mine, changed),), ())


def _merged(base: str, mine: str, theirs: Mapping[str, str], form: Form) -> Merge:
    """Merge any strings; the result may be ill formed."""
    versions: dict[str, tuple[str, ...]] = {}
    for party, text in [(MINE, mine), *sorted(theirs.items())]:
        if text != base:
            versions[text] = (*versions.get(text, ()), party)
    hunks = {parties: hunks_of(base, text, parties, form) for text, parties in versions.items()}
    conflicts = _follow_moves(base, versions, hunks, form)
    everything = united(h for own in hunks.values() for h in own)
    settled, touching = _settled(base, everything)
    conflicts += [_conflict(base, group) for group in touching]
    if conflicts:
        return Merge(None, tuple(sorted(conflicts, key=lambda c: (c.start, c.end))), ())
    text, causes = apply_hunks(base, settled)
    return Merge(text, (), tuple(causes))


def _settled(base: str, hunks: Sequence[Hunk]) -> tuple[list[Hunk], list[list[Hunk]]]:
    """Return the hunks that can be applied, and the groups that can't."""
    gathered = groups(base, hunks)
    same = {one for g in gathered if len(g) > 1 and (one := agreed(base, g, hunks)) is not None}
    wide = sorted(same, key=place)
    overlapping = any(wide[i].end > wide[i + 1].start for i in range(len(wide) - 1))
    if overlapping:
        wide = []
    rest = [g for g in gathered if not any(_covers(one, h) for one in wide for h in g)]
    alone = [group[0] for group in rest if len(group) == 1]
    return sorted([*wide, *alone], key=place), [group for group in rest if len(group) > 1]


def _covers(wide: Hunk, hunk: Hunk) -> bool:
    return wide.start <= hunk.start and hunk.end <= wide.end


def _conflict(base: str, group: Sequence[Hunk]) -> Conflict:
    start, end = min(h.start for h in group), max(h.end for h in group)
    texts: dict[str, str] = {}
    for party in sorted({p for h in group for p in h.parties}):
        own = [h for h in group if party in h.parties]
        texts[party] = apply_hunks(base, own, start, end)[0]
    mine = texts.pop(MINE, base[start:end])
    return Conflict(start, end, base[start:end], mine, texts)


def _follow_moves(
    base: str,
    versions: Mapping[str, tuple[str, ...]],
    hunks: dict[tuple[str, ...], list[Hunk]],
    form: Form,
) -> list[Conflict]:
    """Carry edits of lines that another party moved to where they went; changes ``hunks``.

    Only where one version moves the lines and the others' changes lie inside them; all else stays
    as it is and, where it clashes, a conflict.
    """
    conflicts: list[Conflict] = []
    moves = [
        (parties, text, m) for text, parties in versions.items() for m in _moves(base, text, form)
    ]
    for parties, text, move in moves:
        others = {q: _inside(own, move) for q, own in hunks.items() if q != parties}
        edits = {q: inside for q, inside in others.items() if inside}
        clash = any(q != parties and _meet(move, other) for q, _, other in moves)
        if not edits or clash or any(_across(hunks[q], move) for q in others):
            continue
        start, end = move.old_start, move.old_end
        named = {MINE: parties} | {str(n): q for n, q in enumerate(sorted(edits), 1)}
        edited = {n: apply_hunks(base, edits[q], start, end)[0] for n, q in named.items() if n}
        moved = text[move.new_start : move.new_end]
        inner = _merged(base[start:end], moved, edited, form)
        if inner.text is None:
            conflicts += [_shifted(c, start, named) for c in inner.conflicts]
        own = _with_edits(base, text, hunks[parties], move, inner, named, form)
        if own is None:
            continue
        hunks[parties] = own
        for q, inside in edits.items():
            hunks[q] = [h for h in hunks[q] if h not in inside]
    return conflicts


def _moves(base: str, text: str, form: Form) -> tuple[Move, ...]:
    return align(base, text, form).moves


def _inside(hunks: Sequence[Hunk], move: Move) -> list[Hunk]:
    """Return the hunks that change words of the moved lines only."""
    return [
        h
        for h in hunks
        if move.old_start <= h.start
        and h.end <= move.old_end
        and not (h.start == move.old_start and h.end == move.old_end)
        and not (h.start == h.end and h.start in (move.old_start, move.old_end) and "\n" in h.text)
    ]


def _across(hunks: Sequence[Hunk], move: Move) -> bool:
    inside = _inside(hunks, move)
    return any(h.start < move.old_end and h.end > move.old_start for h in hunks if h not in inside)


def _meet(one: Move, other: Move) -> bool:
    return one.old_start < other.old_end and other.old_start < one.old_end


def _shifted(conflict: Conflict, by: int, named: Mapping[str, tuple[str, ...]]) -> Conflict:
    """Put a conflict inside moved lines into the terms of the whole merge."""
    theirs = {p: words for q, words in conflict.theirs.items() for p in named[q]}
    theirs |= dict.fromkeys(named[MINE], conflict.mine)
    mine = theirs.pop(MINE, conflict.base)
    return Conflict(conflict.start + by, conflict.end + by, conflict.base, mine, theirs)


def _with_edits(
    base: str,
    text: str,
    own: Sequence[Hunk],
    move: Move,
    inner: Merge,
    named: Mapping[str, tuple[str, ...]],
    form: Form,
) -> list[Hunk] | None:
    """Return the mover's hunks with the edited lines in the one that puts them down again."""
    at = 0
    for index, hunk in enumerate(own):
        place = _place_in(base, text, own, index, form)
        if place <= move.new_start and move.new_end <= place + len(hunk.text) and not hunk.inner:
            if inner.text is None:
                return list(own)
            at = move.new_start - place
            words = hunk.text[:at] + inner.text + hunk.text[at + move.new_end - move.new_start :]
            causes = tuple(
                Cause(c.start + at, c.end + at, _named(c.parties, named))
                for c in inner.causes
                if c.parties != (MINE,)
            )
            return [*own[:index], replace(hunk, text=words, inner=causes), *own[index + 1 :]]
    return None


def _named(inner: tuple[str, ...], named: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(sorted({party for name in inner for party in named[name]}))


def _place_in(base: str, text: str, own: Sequence[Hunk], index: int, form: Form) -> int:
    """Return where the words of a hunk begin in its party's text."""
    original = hunks_of(base, text, own[index].parties, form)
    shift = sum(len(h.text) - (h.end - h.start) for h in original[:index])
    return original[index].start + shift
