"""A comparison as a list of sentences: for screen readers, plain-text mail and summaries."""

from __future__ import annotations

from reviewtool.infra.i18n import LazyText, gettext, lazy, ngettext
from reviewtool.text.changes import Item, Place, items
from reviewtool.text.diff import Comparison, Kind
from reviewtool.text.layout import Kind as LineKind
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
    LineKind.NUMBERS: lazy("Number graphic %(n)d"),
    LineKind.VALUE: lazy("Number %(n)d"),
    LineKind.LABEL: lazy("Words of number %(n)d"),
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
    Kind.CASE: lazy("%(place)s: “%(old)s” became “%(new)s” (capital letters only)."),
    Kind.PUNCTUATION: lazy("%(place)s: “%(old)s” became “%(new)s” (punctuation only)."),
    Kind.FORMATTING: lazy("%(place)s: only the look changed."),
    Kind.SPLIT: lazy("%(place)s was split in two."),
    Kind.JOINED: lazy("%(place)s was joined with the one after it."),
}


def change_list(comparison: Comparison) -> list[str]:
    """Say each change of a comparison in reading order; white space alone is no change."""
    return list(dict.fromkeys(_said(item) for item in items(comparison)))


def picture_list(comparison: Comparison) -> list[str]:
    """Say which figures came, went or got another picture."""
    return [_picture(item) for item in items(comparison) if item.kind is Kind.PICTURE]


def figures_in_words(figures: Statistics) -> str:
    """Say how much changed."""
    parts = [
        (figures.added, ngettext("%(num)d word added", "%(num)d words added", figures.added)),
        (
            figures.removed,
            ngettext("%(num)d word removed", "%(num)d words removed", figures.removed),
        ),
        (figures.moved, ngettext("%(num)d word moved", "%(num)d words moved", figures.moved)),
    ]
    said = [words for number, words in parts if number]
    return ", ".join(said) if said else gettext("No word changed.")


def _place(place: Place) -> str:
    return str(PLACES[place.kind]) % {"n": place.ordinal}


def _cut(words: str) -> str:
    return words if len(words) <= LONGEST else words[: LONGEST - 1].rstrip() + "…"


def _said(item: Item) -> str:
    if item.kind is Kind.MOVED:
        return _moved(item)
    if item.kind is Kind.PICTURE:
        return _picture(item)
    kind = item.kind
    if kind in (Kind.REPLACED, Kind.CASE, Kind.PUNCTUATION) and not (item.old and item.new):
        kind = Kind.INSERTED if item.new else Kind.DELETED
    return str(SAID[kind]) % {
        "place": _place(item.place),
        "old": _cut(item.old),
        "new": _cut(item.new),
    }


def _picture(item: Item) -> str:
    place = _place(item.place)
    if not item.old:
        return gettext("%(place)s was added.", place=place)
    if not item.new:
        return gettext("%(place)s was removed.", place=place)
    return gettext("%(place)s: the picture has changed.", place=place)


def _moved(item: Item) -> str:
    place = _place(item.source or item.place)
    if item.before is None or item.before.part != item.place.part:
        return gettext("%(place)s moved to the end: “%(new)s”.", place=place, new=_cut(item.new))
    return gettext(
        "%(place)s moved before this: %(before)s. It says “%(new)s”.",
        place=place,
        before=_place(item.before).lower(),
        new=_cut(item.new),
    )
