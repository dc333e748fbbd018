"""This engine behind the interface of a text-engine benchmark: diff, anchor_many, merge.

The benchmark's texts are any Markdown and not our canonical form, so the engine reads them in its
PLAIN form; the alignment, the clean-up, the anchors and the merge are the ones of the product.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from reviewtool.text.anchors import Status, passage_at, place_many
from reviewtool.text.diff import Op, compare_uncached
from reviewtool.text.merge import merge as merge_texts
from reviewtool.text.tokens import Form

NAME = "reviewtool"


def diff(old: str, new: str) -> list[tuple[str, str, int | None]]:
    """Return (op, text, move id or None) in reading order; op is "=", "-" or "+"."""
    comparison = compare_uncached(old, new, Form.PLAIN)
    return [
        (
            span.op.value,
            new[span.new_start : span.new_end]
            if span.op is Op.INSERT
            else old[span.old_start : span.old_end],
            span.move,
        )
        for span in comparison.spans()
    ]


def anchor_many(
    old: str, new: str, spans: list[tuple[int, int]]
) -> list[tuple[int, int, str] | None]:
    """Return (start, end, status) for each span of ``old``, None for one that is gone."""
    passages = [passage_at(old, start, end, Form.PLAIN) for start, end in spans]
    return [
        None if p.status is Status.REMOVED else (p.start, p.end, p.status.value)
        for p in place_many(old, new, passages, Form.PLAIN)
    ]


def merge(base: str, suggestions: list[str]) -> tuple[str | None, list[tuple[int, int]]]:
    """Return the merged text, or None and the ranges of the base that are in conflict."""
    merged = merge_texts(base, base, {str(n): s for n, s in enumerate(suggestions)}, Form.PLAIN)
    return merged.text, [(conflict.start, conflict.end) for conflict in merged.conflicts]
