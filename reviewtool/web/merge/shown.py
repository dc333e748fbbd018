"""The merge page's text with its passages marked, and what the states of suggestions say."""

from __future__ import annotations

from markupsafe import Markup

from reviewtool.domain.merging import Clash
from reviewtool.infra.i18n import lazy
from reviewtool.queries.merge import Bench, BenchItem
from reviewtool.text.anchors import Status
from reviewtool.text.html import Mark
from reviewtool.text.retest import State
from reviewtool.text.tokens import visible_part
from reviewtool.web.participant.shown import words_changed
from reviewtool.web.reading import shown_text

AROUND = 100
"""How many signs of a line are shown before and after the words of a clash."""

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


def any_can_be_taken(bench: Bench) -> bool:
    """Tell whether a suggestion that waits for an answer can be taken."""
    return any(can_be_taken(item) for item in bench.items if item.entry.is_open)


def around(clash: Clash, words: str) -> str:
    """Give a wording of a clash in its line, as visible words; long lines are cut at spaces."""
    whole = visible_part(clash.before + words + clash.after)
    first = len(visible_part(clash.before)) - AROUND
    last = len(whole) - len(visible_part(clash.after)) + AROUND
    head = tail = ""
    if first > 0 and (cut := whole.find(" ", first)) >= 0:
        head, whole, last = "… ", whole[cut + 1 :], last - cut - 1
    if last < len(whole) and (cut := whole.rfind(" ", 0, last)) > 0:
        tail, whole = " …", whole[:cut]
    return f"{head}{whole.strip()}{tail}"


def changed(clash: Clash, words: str) -> Markup:
    """Give what a wording changes in the words that were commented on."""
    return words_changed(around(clash, clash.base), around(clash, words))
