"""Who caused each stretch of a text, after any sequence of merges and later edits."""

from collections.abc import Sequence
from dataclasses import dataclass

from reviewtool.text.align import align
from reviewtool.text.hunks import Cause
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
    pieces = [(i, j, n) for i, j, n in align(text, step.text, form).matches]
    for move in align(text, step.text, form).moves:
        pieces += move.pieces
    out: list[Cause] = []
    for i, j, n in pieces:
        for cause in blamed:
            lo, hi = max(cause.start, i), min(cause.end, i + n)
            if lo < hi or (cause.start == cause.end and i < cause.start < i + n):
                out.append(Cause(lo + j - i, max(lo, hi) + j - i, cause.parties))
    for change in compare_raw(text, step.text, form):
        out += _caused(change, step)
    return sorted(out, key=lambda cause: (cause.start, cause.end, cause.parties))


def compare_raw(old: str, new: str, form: Form) -> list[tuple[int, int, bool]]:
    """Return the ranges of ``new`` that are new or moved; (at, at, True) where words only went."""
    out: list[tuple[int, int, bool]] = []
    i = j = 0
    for i0, j0, n in (*align(old, new, form).matches, (len(old), len(new), 0)):
        if i0 > i or j0 > j:
            out.append((j, j0, j == j0))
        i, j = i0 + n, j0 + n
    return out


def _caused(change: tuple[int, int, bool], step: Step) -> list[Cause]:
    """Cut one changed range of a step by its known causes; the rest is the step's own."""
    start, end, gone = change
    if gone:
        parties = next((c.parties for c in step.causes if c.start <= start <= c.end), None)
        return [Cause(start, start, parties if parties is not None else step.otherwise)]
    out: list[Cause] = []
    at = start
    for cause in sorted(step.causes, key=lambda c: c.start):
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
