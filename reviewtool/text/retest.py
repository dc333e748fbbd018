"""What became of a suggestion when the working text has moved on."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from reviewtool.text.anchors import REMOVED, Placement, Status, passage_at, place
from reviewtool.text.hunks import hunks_of
from reviewtool.text.merge import Conflict, Merge, merge
from reviewtool.text.tokens import Form, has_word


class State(StrEnum):
    CLEAN = "clean"
    CONFLICT = "conflict"
    CONTAINED = "contained"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Retest:
    """State of a suggestion, the merge that taking it would give, and where its words stand."""

    state: State
    merge: Merge
    placement: Placement

    @property
    def conflicts(self) -> tuple[Conflict, ...]:
        return self.merge.conflicts


def retest(
    base: str, working: str, suggestions: Mapping[str, str], form: Form = Form.MARKUP
) -> dict[str, Retest]:
    """Return for each suggestion (id -> whole text over ``base``) how it fits ``working``.

    *contained*: the working text has its words already; *gone*: the words it is about were removed.
    """
    return {key: _retest(base, working, key, text, form) for key, text in suggestions.items()}


def _retest(base: str, working: str, key: str, text: str, form: Form) -> Retest:
    merged = merge(base, working, {key: text}, form)
    where = _where(base, working, text, form)
    if merged.text == working:
        return Retest(State.CONTAINED, merged, where)
    if merged.text is not None:
        return Retest(State.CLEAN, merged, where)
    emptied = not any(has_word(conflict.mine) for conflict in merged.conflicts)
    if where.status is Status.REMOVED and emptied:
        return Retest(State.GONE, merged, where)
    return Retest(State.CONFLICT, merged, where)


def _where(base: str, working: str, text: str, form: Form) -> Placement:
    """Return where the words stand that a suggestion changes."""
    hunks = hunks_of(base, text, ("",), form)
    if not hunks:
        return REMOVED
    start, end = hunks[0].start, hunks[-1].end
    if start == end:
        start, end = max(0, start - 1), min(len(base), end + 1)
    return place(base, working, passage_at(base, start, end, form), form)
