"""The words of one line as HTML: styles, and marks split over them."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from html import escape
from typing import NamedTuple

from reviewtool.text.inline import PLAIN, Style
from reviewtool.text.layout import Line


class Mark(NamedTuple):
    """A passage to mark: code points of the canonical text, and what it is called.

    ``label`` with ``href`` becomes a link after the marked words, without ``href`` a hidden note;
    both carry ``data-aside``: they are no words of the text. ``spoken`` is heard before the label,
    in ``language``, which may be another than the text's.
    """

    start: int
    end: int
    id: str
    classes: str = ""
    label: str = ""
    href: str = ""
    spoken: str = ""
    language: str = ""


def styled(html: str, style: Style) -> str:
    """Wrap ready HTML in the elements of one style."""
    if style.italic:
        html = f"<em>{html}</em>"
    if style.bold:
        html = f"<strong>{html}</strong>"
    if style.href:
        html = f'<a href="{escape(style.href)}" rel="noopener nofollow">{html}</a>'
    return html


def tagged(runs: Iterable[tuple[str, Style]]) -> str:
    """Return runs of (ready HTML, style), each style opened and closed as seldom as it can be."""
    out: list[str] = []
    current = PLAIN
    for html, style in runs:
        if style != current:
            _switch(out, current, style)
            current = style
        out.append(html)
    _switch(out, current, PLAIN)
    return "".join(out)


def _switch(out: list[str], old: Style, new: Style) -> None:
    link = old.href != new.href
    bold = link or old.bold != new.bold
    if old.italic and (bold or not new.italic):
        out.append("</em>")
    if old.bold and bold:
        out.append("</strong>")
    if old.href and link:
        out.append("</a>")
    if new.href and link:
        out.append(f'<a href="{escape(new.href)}" rel="noopener nofollow">')
    if new.bold and bold:
        out.append("<strong>")
    if new.italic and (bold or not old.italic):
        out.append("<em>")


def style_edges(line: Line) -> set[int]:
    """Visible indexes at which the style changes."""
    styles = line.styles
    if not styles or styles.count(styles[0]) == len(styles):
        return set()
    return {i for i in range(1, len(styles)) if styles[i] != styles[i - 1]}


def marked_line(line: Line, marks: Sequence[Mark], prefix: str) -> str:
    """Return the words of ``line`` with ``marks``; several marks on a piece share one element."""
    count = len(line.visible)
    spans = [
        (line.visible_index(mark.start), line.visible_index(mark.end), mark)
        for mark in marks
        if mark.start <= line.end and mark.end >= line.start
    ]
    if not spans and not style_edges(line):
        return styled(escape(line.visible), line.styles[0] if line.styles else PLAIN)
    edges = sorted({0, count} | style_edges(line) | {e for s in spans for e in s[:2]})
    runs: list[tuple[str, Style]] = []
    for index, start in enumerate(edges):
        here = [mark for first, last, mark in spans if first <= start < last]
        style = line.styles[start] if start < count else PLAIN
        opening = "".join(
            _target(mark, prefix)
            for first, last, mark in spans
            if first == start
            and line.start <= mark.start <= line.end
            and (last > first or mark.start == mark.end)
        )
        closing = "".join(
            _aside(mark) for _, last, mark in spans if last == start and mark.end <= line.end
        )
        if closing or opening:
            runs.append((closing + opening, PLAIN))
        if start < count:
            words = escape(line.visible[start : edges[index + 1]])
            runs.append((_marked(words, here) if here else words, style))
    return tagged(runs)


def _target(mark: Mark, prefix: str) -> str:
    return f'<span id="{escape(prefix)}m-{escape(mark.id)}"></span>'


def _marked(words: str, marks: Sequence[Mark]) -> str:
    ids = " ".join(escape(mark.id) for mark in marks)
    classes = " ".join(dict.fromkeys(c for mark in marks for c in mark.classes.split()))
    several = f' data-count="{len(marks)}"' if len(marks) > 1 else ""
    named = f' class="{escape(classes)}"' if classes else ""
    return f'<mark{named} data-marks="{ids}"{several}>{words}</mark>'


def _aside(mark: Mark) -> str:
    if not mark.label:
        return ""
    label = escape(mark.label)
    if not mark.href:
        return f'<span class="visually-hidden" data-aside>{label}</span>'
    spoken = ""
    if mark.spoken:
        language = f' lang="{escape(mark.language)}"' if mark.language else ""
        spoken = f' aria-label="{escape(mark.spoken)} {label}"{language}'
    return (
        f'<a class="mark-link" data-aside data-mark="{escape(mark.id)}" '
        f'href="{escape(mark.href)}"{spoken}>{label}</a>'
    )


def marks_on(marks: Sequence[Mark], starts: Sequence[int], line: Line) -> list[Mark]:
    """Return the marks (sorted by start, ``starts`` theirs) that may touch ``line``."""
    return [mark for mark in marks[: bisect_left(starts, line.end + 1)] if mark.end >= line.start]
