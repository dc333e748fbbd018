"""Texts as pages show them: the engine's safe HTML with the labels of the reader's language."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from reviewtool.infra.i18n import gettext as _
from reviewtool.text.compare_html import Labels, side_by_side, unified
from reviewtool.text.diff import Comparison, compare
from reviewtool.text.html import Mark, to_html


def shown_text(
    text: str,
    marks: Iterable[Mark] = (),
    *,
    heading: int = 1,
    title: bool = True,
    prefix: str = "",
    fold_sources: bool = True,
    numbers: str = "",
) -> Markup:
    """Give a canonical text as safe HTML with its passages marked, or its lines numbered."""
    html = to_html(
        text,
        marks,
        heading=heading,
        title=title,
        prefix=prefix,
        points_label=_("Key points"),
        sources_label=_("Sources"),
        fold_sources=fold_sources,
        numbers=numbers,
    )
    return Markup(html)  # noqa: S704 (every character was escaped by the engine)


def labels(old: str = "", new: str = "") -> Labels:
    """Give the words that a screen reader hears around changes; old and new head the sides."""
    return Labels(
        inserted=_("added:"),
        deleted=_("removed:"),
        moved_from=_("moved from here"),
        moved_to=_("moved here"),
        restyled=_("only the look changed:"),
        old=old,
        new=new,
        points=_("Key points"),
        sources=_("Sources"),
    )


def shown_changes(old: str, new: str, *, heading: int = 1, prefix: str = "") -> Markup:
    """Give a text with its changes since an earlier version, inline."""
    html = unified(compare(old, new), labels(), heading=heading, prefix=prefix)
    return Markup(html)  # noqa: S704 (every character was escaped by the engine)


def shown_sides(comparison: Comparison, old: str, new: str) -> Markup:
    """Give two versions side by side; old and new are the names of the sides."""
    html = side_by_side(comparison, labels(old, new))
    return Markup(html)  # noqa: S704 (every character was escaped by the engine)
