"""Who caused each stretch of a text, after any sequence of merges and later edits."""

from collections.abc import Sequence
from dataclasses import dataclass

from reviewtool.text.align import align
from reviewtool.text.hunks import Cause
from reviewtool.text.patience import Match
from reviewtool.text.tokens import Form


@dataclass(frozen=True, slots=True)
class Step:
    """One revision: its text, what is known to have caused parts of it, and who caused the rest.

    ``causes``: ranges of this text (an empty range: words went there) with their parties;
    ``otherwise``: parties of every other change of this step, such as the editor.
    """

    text: str
    causes: tuple[Cause, ...] = ()
    otherwise: tuple[str, ...] = ()


def blame(history: Sequence[Step], form: Form = Form.MARKUP) -> tuple[Cause, ...]:
    """Return what caused each stretch of the last text that the first one didn't have.

    Every character that came after the first revision lies in exactly one non-empty range; empty
    ranges say where words went. A stretch keeps its causes while it survives, also when it moves.
    """
    if not history:
        return ()
    text = history[0].text
    blamed: list[Cause] = []
    for step in history[1:]:
        blamed = _carried(text, step, blamed, form)
        text = step.text
    return tuple(blamed)


def _carried(text: str, step: Step, blamed: Sequence[Cause], form: Form) -> list[Cause]:
    """Return the causes after one more step: those that survive, and what the step brought."""
    alignment = align(text, step.text, form)
    pieces = [*alignment.matches, *(p for move in alignment.moves for p in move.pieces)]
    kept: list[Cause] = []
    for i, j, n in pieces:
        for cause in blamed:
            lo, hi = max(cause.start, i), min(cause.end, i + n)
            if lo < hi or (cause.start == cause.end and i < cause.start < i + n):
                kept.append(Cause(lo + j - i, max(lo, hi) + j - i, cause.parties))
    kept.sort(key=_order)
    fresh = [
        cause
        for start, end in _changed(alignment.matches, len(text), len(step.text))
        for lo, hi in _without(start, end, kept)
        for cause in _caused(lo, hi, step)
    ]
    return sorted([*kept, *fresh], key=_order)


def _order(cause: Cause) -> tuple[int, int, tuple[str, ...]]:
    return cause.start, cause.end, cause.parties


def _changed(matches: Sequence[Match], old: int, new: int) -> list[tuple[int, int]]:
    """Return the ranges of the new text that the order doesn't keep; empty where words went."""
    out: list[tuple[int, int]] = []
    i = j = 0
    for i0, j0, n in (*matches, (old, new, 0)):
        if i0 > i or j0 > j:
            out.append((j, j0))
        i, j = i0 + n, j0 + n
    return out


def _without(start: int, end: int, kept: Sequence[Cause]) -> list[tuple[int, int]]:
    """Cut out of a range what moved there with its own cause."""
    if start == end:
        return [(start, end)]
    out: list[tuple[int, int]] = []
    at = start
    for cause in kept:
        if cause.start >= end or cause.end <= at:
            continue
        if cause.start > at:
            out.append((at, cause.start))
        at = max(at, cause.end)
    if at < end:
        out.append((at, end))
    return out


def _caused(start: int, end: int, step: Step) -> list[Cause]:
    """Cut one changed range of a step by its known causes; the rest is the step's own."""
    if start == end:
        parties = next((c.parties for c in step.causes if c.start <= start <= c.end), None)
        return [Cause(start, start, parties if parties is not None else step.otherwise)]
    out: list[Cause] = []
    at = start
    for cause in sorted(step.causes, key=_order):
        lo, hi = max(at, cause.start), min(end, cause.end)
        if lo >= hi:
            continue
        if lo > at:
            out.append(Cause(at, lo, step.otherwise))
        out.append(Cause(lo, hi, cause.parties))
        at = hi
    if at < end:
        out.append(Cause(at, end, step.otherwise))
    return out
