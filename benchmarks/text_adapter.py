"""Plugs the text engine into a benchmark of real texts that calls these three functions.

The texts of that benchmark are plain prose, so that the engine runs in its plain form: the same
code, without the zero-width marks of our Markdown subset. Caches are emptied before each case.
"""

from collections.abc import Sequence

from reviewtool.text import align
from reviewtool.text import diff as diffing
from reviewtool.text.anchors import Status, passage_at, place_many
from reviewtool.text.diff import Op
from reviewtool.text.merge import merge as merge_all
from reviewtool.text.tokens import Form

NAME = "reviewtool"
PLAIN = Form.PLAIN


def _forget() -> None:
    """Empty the engine's caches, so that each case is measured as the first one."""
    align.align.cache_clear()
    diffing._compared.cache_clear()


def diff(old: str, new: str) -> list[tuple[str, str, int | None]]:
    """Give the diff as (sign, words, number of the move) from old to new."""
    _forget()
    spans = diffing.compare(old, new, PLAIN).spans()
    return [
        (
            span.op.value,
            new[span.new_start : span.new_end]
            if span.op is Op.INSERT
            else old[span.old_start : span.old_end],
            span.move,
        )
        for span in spans
    ]


def anchor_many(
    old: str, new: str, spans: Sequence[tuple[int, int]]
) -> list[tuple[int, int, str] | None]:
    """Place passages of the old text in the new one; None for a removed one."""
    _forget()
    passages = [passage_at(old, start, end, PLAIN) for start, end in spans]
    placed = place_many(old, new, passages, PLAIN)
    return [
        None if one.status is Status.REMOVED else (one.start, one.end, one.status.value)
        for one in placed
    ]


def merge(base: str, suggestions: Sequence[str]) -> tuple[str | None, list[tuple[int, int]]]:
    """Merge suggestions made on a base; gives the text and the conflicts' ranges in the base."""
    parties = {str(number): text for number, text in enumerate(suggestions)}
    result = merge_all(base, base, parties, PLAIN)
    return result.text, [(conflict.start, conflict.end) for conflict in result.conflicts]
