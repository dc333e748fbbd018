"""Figures and number graphics as HTML: pictures, bars, and the words around them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape

from reviewtool.text.blocks import BARS
from reviewtool.text.layout import Kind, Line
from reviewtool.text.measures import measures

Element = Callable[[str, Line, str], str]
"""(tag, line, further attributes) -> the line's words in that element."""

_FIELDS = (Kind.CAPTION, Kind.ALT, Kind.DATE, Kind.CREDIT)
BAR_WIDTH, BAR_HEIGHT = 100, 4


@dataclass(frozen=True, slots=True)
class Picture:
    """Where a picture is found, and its size in pixels; ``small``: a narrower one for phones."""

    address: str
    width: int
    height: int
    small: str = ""
    small_width: int = 0


@dataclass(frozen=True, slots=True)
class Figures:
    """What a page needs to show figures: their pictures by file id, and words for its language.

    ``date`` and ``source`` stand before the figure's date and source; ``replaced`` before a
    picture that another has taken the place of. A picture that isn't known is told by its
    alternative text.
    """

    pictures: Mapping[str, Picture] = field(default_factory=dict)
    date: str = ""
    source: str = ""
    replaced: str = ""
    replacing: str = ""


NO_FIGURES = Figures()


def figure_html(
    lines: Sequence[Line], element: Element, attrs: str, figures: Figures, old_file: str = ""
) -> str:
    """Return a figure: its picture, and what is said about it.

    ``old_file``: the picture that this one has taken the place of; both are shown then.
    """
    head = lines[0]
    alt = next((line.visible for line in lines if line.kind is Kind.ALT), "")
    picture = _image(figures, head.file, alt)
    if old_file:
        old = _image(figures, old_file, "")
        picture = (
            f'<div class="picture-changed" data-aside><div><p>{escape(figures.replaced)}</p>{old}'
            f"</div><div><p>{escape(figures.replacing)}</p>{picture}</div></div>"
        )
    words = _about(lines, element, figures, told=not picture)
    return (
        f'<figure data-figure="{escape(head.file)}" data-alt="{escape(alt)}"{attrs}>'
        f"{picture}{words}</figure>"
    )


def _image(figures: Figures, file: str, alt: str) -> str:
    known = figures.pictures.get(file)
    if known is None:
        return ""
    sources = ""
    if known.small and known.small_width < known.width:
        sources = (
            f' srcset="{escape(known.small)} {known.small_width}w, {escape(known.address)} '
            f'{known.width}w" sizes="(max-width: 40rem) 100vw, 40rem"'
        )
    return (
        f'<img src="{escape(known.address)}"{sources} width="{known.width}" '
        f'height="{known.height}" alt="{escape(alt)}" loading="lazy" decoding="async">'
    )


def _about(lines: Sequence[Line], element: Element, figures: Figures, told: bool) -> str:
    """Return caption, date and source; the alternative text where no picture carries it."""
    before = {Kind.DATE: figures.date, Kind.CREDIT: figures.source}
    shown = []
    for line in lines:
        if line.kind not in _FIELDS or (line.kind is Kind.ALT and not told):
            continue
        words = before.get(line.kind, "")
        label = f"<span data-aside>{escape(words)} </span>" if words else ""
        shown.append(label + element("span", line, f' class="figure-{line.kind.value}"'))
    return f"<figcaption>{' '.join(shown)}</figcaption>" if shown else ""


def numbers_html(lines: Sequence[Line], element: Element, attrs: str, figures: Figures) -> str:
    """Return a number graphic: large figures as a list, or bars in a table of the same numbers."""
    head = lines[0]
    rows = _rows(lines)
    drawn = measures([value.visible if value else "" for value, _ in rows])
    if head.file == BARS and drawn:
        inside = _bars(rows, drawn, element)
    else:
        items = "".join(
            f"<li>{' '.join(element('span', line, _row_class(line)) for line in row if line)}</li>"
            for row in rows
        )
        inside = f'<ul class="number-list">{items}</ul>' if items else ""
    words = _about(lines, element, figures, told=False)
    form = escape(head.file)
    return f'<figure class="numbers" data-numbers="{form}"{attrs}>{inside}{words}</figure>'


def _row_class(line: Line) -> str:
    return f' class="figure-{line.kind.value}"'


def _rows(lines: Sequence[Line]) -> list[tuple[Line | None, Line | None]]:
    rows: list[tuple[Line | None, Line | None]] = []
    for line in lines:
        if line.kind is Kind.VALUE:
            rows.append((line, None))
        elif line.kind is Kind.LABEL:
            if rows and rows[-1][1] is None:
                rows[-1] = (rows[-1][0], line)
            else:
                rows.append((None, line))
    return rows


def _bars(
    rows: Sequence[tuple[Line | None, Line | None]], drawn: Sequence[float], element: Element
) -> str:
    top = max(drawn) or 1
    out = []
    for (value, label), size in zip(rows, drawn, strict=True):
        name = element("span", label, _row_class(label)) if label else ""
        number = element("span", value, _row_class(value)) if value else ""
        out.append(
            f'<tr><th scope="row">{name}</th><td>{number}<svg viewBox="0 0 {BAR_WIDTH} '
            f'{BAR_HEIGHT}" preserveAspectRatio="none" aria-hidden="true"><rect '
            f'width="{BAR_WIDTH * size / top:.2f}" height="{BAR_HEIGHT}"></rect></svg></td></tr>'
        )
    return f'<table class="number-bars"><tbody>{"".join(out)}</tbody></table>'
