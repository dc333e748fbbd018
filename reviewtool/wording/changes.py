"""A comparison as a list of sentences: for screen readers, plain-text mail and summaries."""

from __future__ import annotations

from reviewtool.infra.i18n import LazyText, gettext, lazy, ngettext
from reviewtool.text.diff import Change, Comparison, Kind
from reviewtool.text.layout import Kind as LineKind
from reviewtool.text.layout import line_at, visible_words
from reviewtool.text.statistics import Statistics

LONGEST = 160

PLACES: dict[LineKind, LazyText] = {
    LineKind.TITLE: lazy("Title"),
    LineKind.POINT: lazy("Key point %(n)d"),
    LineKind.PARAGRAPH: lazy("Paragraph %(n)d"),
    LineKind.HEADING: lazy("Heading %(n)d"),
    LineKind.SUBHEADING: lazy("Subheading %(n)d"),
    LineKind.BULLET: lazy("List item %(n)d"),
    LineKind.NUMBERED: lazy("Numbered item %(n)d"),
    LineKind.QUOTE: lazy("Quotation %(n)d"),
    LineKind.BOX: lazy("Box %(n)d"),
    LineKind.FIGURE: lazy("Figure %(n)d"),
    LineKind.CAPTION: lazy("Caption %(n)d"),
    LineKind.ALT: lazy("Description of figure %(n)d"),
    LineKind.DATE: lazy("Date of figure %(n)d"),
    LineKind.CREDIT: lazy("Source of figure %(n)d"),
    LineKind.SOURCE: lazy("Source %(n)d"),
}

SAID: dict[Kind, LazyText] = {
    Kind.INSERTED: lazy("%(place)s: added “%(new)s”."),
    Kind.DELETED: lazy("%(place)s: removed “%(old)s”."),
    Kind.REPLACED: lazy("%(place)s: “%(old)s” became “%(new)s”."),
    Kind.MOVED: lazy("%(place)s: “%(new)s” was moved here."),
    Kind.CASE: lazy("%(place)s: “%(old)s” became “%(new)s” (capital letters only)."),
    Kind.PUNCTUATION: lazy("%(place)s: “%(old)s” became “%(new)s” (punctuation only)."),
    Kind.FORMATTING: lazy("%(place)s: only the look changed."),
    Kind.SPLIT: lazy("%(place)s was split in two."),
    Kind.JOINED: lazy("%(place)s was joined with the one after it."),
}


def change_list(comparison: Comparison) -> list[str]:
    """Say each change of a comparison, moves first; changes of white space only are left out."""
    said = [
        _moved(comparison, move.old_start, move.old_end, move.new_start)
        for move in comparison.moves
    ]
    for change in comparison.changes:
        if change.kind is Kind.SPACE or _within_move(comparison, change):
            continue
        words = _changed(comparison, change)
        if words:
            said.append(words)
    return list(dict.fromkeys(said))


def figures_in_words(figures: Statistics) -> str:
    """Say how much changed."""
    added = ngettext("%(num)d word added", "%(num)d words added", figures.added)
    removed = ngettext("%(num)d word removed", "%(num)d words removed", figures.removed)
    moved = ngettext("%(num)d word moved", "%(num)d words moved", figures.moved)
    parts = [added, removed, *([moved] if figures.moved else [])]
    return ", ".join(parts)


def _place(text: str, position: int) -> str:
    line = line_at(text, position)
    if line is None:
        return gettext("Title")
    return str(PLACES[line.kind]) % {"n": line.ordinal}


def _cut(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= LONGEST else words[: LONGEST - 1].rstrip() + "…"


def _changed(comparison: Comparison, change: Change) -> str:
    old = _cut(visible_words(comparison.old, change.old_start, change.old_end))
    new = _cut(visible_words(comparison.new, change.new_start, change.new_end))
    kind = change.kind
    if kind in (Kind.REPLACED, Kind.CASE, Kind.PUNCTUATION) and not (old and new):
        kind = Kind.INSERTED if new else Kind.DELETED
    if not old and not new and kind not in (Kind.SPLIT, Kind.JOINED, Kind.FORMATTING):
        return ""
    where = (
        _place(comparison.old, change.old_start)
        if change.new_start == change.new_end
        else _place(comparison.new, change.new_start)
    )
    return str(SAID[kind]) % {"place": where, "old": old, "new": new or old}


def _moved(comparison: Comparison, start: int, end: int, new_start: int) -> str:
    words = _cut(visible_words(comparison.old, start, end))
    return str(SAID[Kind.MOVED]) % {"place": _place(comparison.new, new_start), "new": words}


def _within_move(comparison: Comparison, change: Change) -> bool:
    return any(
        (
            (move.old_start <= change.old_start and change.old_end <= move.old_end)
            and (change.new_start == change.new_end)
        )
        or (
            (move.new_start <= change.new_start and change.new_end <= move.new_end)
            and (change.old_start == change.old_end)
        )
        for move in comparison.moves
    )
