"""The merge page's text with its passages marked, and what the states of suggestions say."""

from __future__ import annotations

from markupsafe import Markup

from reviewtool.infra.i18n import lazy
from reviewtool.queries.merge import Bench, BenchItem
from reviewtool.text.anchors import Status
from reviewtool.text.html import Mark
from reviewtool.text.retest import State
from reviewtool.text.tokens import visible_part
from reviewtool.web.reading import shown_text

FITS = {
    State.CLEAN: ("good", "check", lazy("Fits into the text")),
    State.CONFLICT: ("warn", "warning", lazy("The same words have been changed")),
    State.CONTAINED: ("quiet", "eye", lazy("The text says this already")),
    State.GONE: ("warn", "cross-circle", lazy("The words are no longer in the text")),
}
"""Tone, symbol and words for what taking a suggestion would meet."""


def marked_text(bench: Bench, opened: str = "") -> Markup:
    """Give the working text with the passages of the listed contributions."""
    marks = [
        Mark(
            item.place.start,
            item.place.end,
            item.entry.id,
            "lit" if item.entry.id == opened else "",
            str(item.entry.number),
            f"#c-{item.entry.id}",
        )
        for item in bench.items
        if item.place is not None and item.place.status is not Status.REMOVED
    ]
    return shown_text(bench.text.text, marks, heading=2)


def can_be_taken(item: BenchItem) -> bool:
    """Tell whether pressing "take" can do anything."""
    return item.fit in (State.CLEAN, State.CONFLICT)


def plain(fragment: str) -> str:
    """Give a piece of canonical text as its visible words."""
    return visible_part(fragment)
