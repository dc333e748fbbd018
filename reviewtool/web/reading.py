"""Texts as pages show them: the engine's safe HTML with the labels of the reader's language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from flask import request, url_for
from markupsafe import Markup

from reviewtool.domain.figures import files_in
from reviewtool.infra.i18n import gettext as _
from reviewtool.queries.pictures import picture_sizes
from reviewtool.text.compare_html import Labels, side_by_side, unified
from reviewtool.text.diff import Comparison, compare
from reviewtool.text.html import Figures, Mark, Picture, to_html
from reviewtool.web import current


def shown_text(
    text: str,
    marks: Iterable[Mark] = (),
    *,
    heading: int = 1,
    title: bool = True,
    prefix: str = "",
    fold_sources: bool = True,
    numbers: str = "",
    figures: Figures | None = None,
    after: Mapping[int, str] | None = None,
    permalink: str = "",
) -> Markup:
    """Give a canonical text as safe HTML with its passages marked, or its lines numbered.

    figures: read for several texts at once; without them those of this text are read. after: what
    stands after a heading, by its line. permalink: the address at which this very text stays; then
    each passage has its link there.
    """
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
        figures=figures or figures_of([text]),
        after=after,
        permalink=(permalink, _("Permanent link to passage")) if permalink else None,
    )
    return Markup(html)  # noqa: S704 (every character was escaped by the engine)


def figures_of(texts: Iterable[str]) -> Figures:
    """Give what showing the figures of texts needs; 1 query, none for texts without pictures."""
    sizes = picture_sizes(current.reader(), files_in(texts))
    return Figures(
        pictures={
            file_id: Picture(
                picture_url(file_id, ending=size.ending),
                size.width,
                size.height,
                picture_url(file_id, small=True, ending=size.ending),
                size.small_width,
            )
            for file_id, size in sizes.items()
        },
        date=_("As of"),
        source=_("Source:"),
        replaced=_("The picture before"),
        replacing=_("The picture now"),
    )


def picture_url(file_id: str, *, small: bool = False, ending: str = "") -> str:
    """Give the address of a picture for whom this page is shown to: by their link or without.

    ending: of its file, so that a copy of the page can keep it under a name that says its kind.
    """
    link_id = (request.view_args or {}).get("link_id")
    name = "small" if small else "large"
    name = f"{name}.{ending}" if ending else name
    if link_id is not None:
        return url_for("pictures.by_link", link_id=link_id, file_id=file_id, size=name)
    return url_for("pictures.show", file_id=file_id, size=name)


def labels(old: str = "", new: str = "") -> Labels:
    """Give the words that a screen reader hears around changes; old and new head the sides."""
    return Labels(
        inserted=_("added:"),
        deleted=_("removed:"),
        moved_from=_("moved from here"),
        moved_to=_("moved here"),
        restyled=_("only the look changed:"),
        picture_changed=_("The picture has changed."),
        old=old,
        new=new,
        points=_("Key points"),
        sources=_("Sources"),
    )


def shown_changes(
    old: str, new: str, *, heading: int = 1, prefix: str = "", figures: Figures | None = None
) -> Markup:
    """Give a text with its changes since an earlier version, inline."""
    html = unified(
        compare(old, new),
        labels(),
        heading=heading,
        prefix=prefix,
        figures=figures or figures_of([old, new]),
    )
    return Markup(html)  # noqa: S704 (every character was escaped by the engine)


def shown_sides(comparison: Comparison, old: str, new: str) -> Markup:
    """Give two versions side by side; old and new are the names of the sides."""
    html = side_by_side(comparison, labels(old, new))
    return Markup(html)  # noqa: S704 (every character was escaped by the engine)
