"""A canonical text as HTML that is safe by construction: every character of it is escaped.

Each line of the text is an element with an id, its number, and its range in code points of the
canonical text, so that a selection in a browser can be carried back (reviewtool.text.selection).
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from html import escape
from itertools import groupby

from reviewtool.text.document import compose
from reviewtool.text.html.figures import NO_FIGURES, Figures, figure_html, numbers_html
from reviewtool.text.html.pieces import Mark, marked_line, marks_on
from reviewtool.text.layout import Kind, Line, layout

Words = Callable[[Line], str]
Attributes = Callable[[Line], str]

_LISTS = (Kind.BULLET, Kind.NUMBERED)
_PASSAGES = (Kind.HEADING, Kind.SUBHEADING, Kind.PARAGRAPH, Kind.QUOTE)
"""Lines that readers cite, and that have a link of their own."""


def to_html(
    text: str,
    marks: Iterable[Mark | tuple[int, int, str, str, str]] = (),
    *,
    heading: int = 1,
    prefix: str = "",
    title: bool = True,
    points_label: str = "",
    sources_label: str = "",
    fold_sources: bool = True,
    figures: Figures = NO_FIGURES,
    numbers: str = "",
    after: Mapping[int, str] | None = None,
    permalink: tuple[str, str] | None = None,
) -> str:
    """Return a canonical text as HTML.

    ``marks``: passages as Mark or plain tuples (start, end, id, classes, label), overlapping ones
    too; ``heading``: level of the title; ``prefix``: put before every id, for pages with several
    texts; ``fold_sources``: sources in a closed ``<details>`` (needs ``sources_label``);
    ``figures``: their pictures and words; ``numbers``: the text's own number, which
    then stands with the line's before each line but the title, as people quote it: 3.2;
    ``after``: by a heading's line number, safe HTML to put after it; ``permalink``: the address at
    which this text stays as it is, and what a link to one of its passages is called.
    """
    sorted_marks = sorted((Mark(*mark) for mark in marks), key=lambda m: (m.start, m.end, m.id))
    starts = [mark.start for mark in sorted_marks]

    def words(line: Line) -> str:
        shown = marked_line(line, marks_on(sorted_marks, starts, line), prefix)
        if permalink and line.kind in _PASSAGES:
            shown += _permalink(permalink, line)
        if not numbers or line.kind is Kind.TITLE:
            return shown
        number = escape(f"{numbers}.{line.number}")
        return f'<span class="line-number" data-aside>{number}</span> {shown}'

    return render(
        layout(text),
        words,
        heading=heading,
        prefix=prefix,
        title=title,
        points_label=points_label,
        sources_label=sources_label,
        fold_sources=fold_sources,
        figures=figures,
        after=after,
    )


def _permalink(permalink: tuple[str, str], line: Line) -> str:
    address, name = permalink
    return (
        f' <a class="permalink" data-aside href="{escape(address)}#p{line.number}"'
        f' aria-label="{escape(name)} {line.number}">¶</a>'
    )


def attributes(line: Line, prefix: str) -> str:
    """Return id, number and range of a line as attributes."""
    return (
        f' id="{escape(prefix)}p{line.number}" data-n="{line.number}"'
        f' data-start="{line.start}" data-end="{line.end}"'
    )


def render(
    lines: Sequence[Line],
    words: Words,
    *,
    heading: int = 1,
    prefix: str = "",
    title: bool = True,
    points_label: str = "",
    sources_label: str = "",
    fold_sources: bool = True,
    figures: Figures = NO_FIGURES,
    attrs: Attributes | None = None,
    replaced: Mapping[int, str] | None = None,
    after: Mapping[int, str] | None = None,
) -> str:
    """Return lines as HTML with ``words`` giving the (safe) inside of each; see ``to_html``.

    ``replaced``: by the ``id()`` of a figure's line, the picture that stood in its place before.
    """
    attrs = attrs or (lambda line: attributes(line, prefix))
    writer = _Writer(words, attrs, heading, figures, replaced or {}, after or {})
    out: list[str] = []
    for part, group in groupby(lines, key=lambda line: line.part):
        own = list(group)
        if part == "title":
            level = min(max(heading, 1), 6)
            out.extend(f"<h{level}{attrs(line)}>{words(line)}</h{level}>" for line in own if title)
            if title and after:
                out.append(after.get(0, ""))
        elif part == "points":
            label = f'<p class="part-label" data-aside>{escape(points_label)}</p>'
            inner = writer.listed(own)
            out.append(f'<div class="key-points">{label if points_label else ""}{inner}</div>')
        elif part == "sources":
            inner = writer.listed(own)
            if sources_label and fold_sources:
                label = f"<summary data-aside>{escape(sources_label)}</summary>"
                out.append(f'<details class="sources">{label}{inner}</details>')
            else:
                label = f'<p class="part-label" data-aside>{escape(sources_label)}</p>'
                label = label if sources_label else ""
                out.append(f'<div class="sources">{label}{inner}</div>')
        else:
            out.append(f'<div class="body">{writer.blocks(own)}</div>')
    return "\n".join(out)


class _Writer:
    def __init__(
        self,
        words: Words,
        attrs: Attributes,
        heading: int,
        figures: Figures,
        replaced: Mapping[int, str],
        after: Mapping[int, str],
    ) -> None:
        self.words = words
        self.attrs = attrs
        self.heading = heading
        self.figures = figures
        self.replaced = replaced
        self.after = after

    def element(self, tag: str, line: Line, extra: str = "") -> str:
        return f"<{tag}{extra}{self.attrs(line)}>{self.words(line)}</{tag}>"

    def listed(self, lines: Sequence[Line]) -> str:
        """Lines as (nested) lists; the kind of the first item at a depth is the list's."""
        out: list[str] = []
        open_lists: list[str] = []
        for line in lines:
            tag = "ol" if line.kind is Kind.NUMBERED else "ul"
            while len(open_lists) > line.depth + 1:
                out.append(f"</li></{open_lists.pop()}>")
            if len(open_lists) == line.depth + 1:
                out.append("</li>")
                if open_lists[-1] != tag:
                    out.append(f"</{open_lists.pop()}>")
            while len(open_lists) < line.depth + 1:
                out.append(f"<{tag}>")
                open_lists.append(tag)
                if len(open_lists) < line.depth + 1:
                    out.append("<li>")
            out.append(f"<li><span{self.attrs(line)}>{self.words(line)}</span>")
        while open_lists:
            out.append(f"</li></{open_lists.pop()}>")
        return "".join(out)

    def blocks(self, lines: Sequence[Line], inside: int = 0) -> str:
        """Lines of the body, or (``inside`` its number) of a box."""
        out: list[str] = []
        for (group, listed), run in groupby(lines, key=lambda line: _run(line, inside)):
            own = list(run)
            if group:
                out.append(self.grouped(own))
            else:
                out.append(self.listed(own) if listed else "\n".join(map(self.single, own)))
        return "\n".join(out)

    def grouped(self, lines: Sequence[Line]) -> str:
        """Lines of one box, quote or figure."""
        head = lines[0]
        if head.kind is Kind.FIGURE:
            old = self.replaced.get(id(head), "")
            return figure_html(lines, self.element, self.attrs(head), self.figures, old)
        if head.kind is Kind.NUMBERS:
            return numbers_html(lines, self.element, self.attrs(head), self.figures)
        if head.boxed and head.group == head.boxed:
            return self.box(lines)
        return f"<blockquote>{''.join(self.element('p', line) for line in lines)}</blockquote>"

    def box(self, lines: Sequence[Line]) -> str:
        head, rest = lines[0], lines[1:]
        title = ""
        if head.kind is not Kind.BOX:
            rest = lines
        elif head.visible:
            title = self.element("p", head, ' class="box-title"')
        return f'<aside class="box">{title}{self.blocks(rest, head.boxed)}</aside>'

    def single(self, line: Line) -> str:
        if line.kind in (Kind.HEADING, Kind.SUBHEADING):
            level = min(self.heading + (1 if line.kind is Kind.HEADING else 2), 6)
            return self.element(f"h{level}", line) + self.after.get(line.number, "")
        return self.element("p", line)


def _run(line: Line, inside: int) -> tuple[int, bool]:
    group = _group(line, inside)
    return group, not group and line.kind in _LISTS


def _group(line: Line, inside: int) -> int:
    """Return the number of the box, quote or figure that a line stands in, seen from ``inside``."""
    if inside:
        return line.group if line.group != inside else 0
    return line.boxed or line.group


def _bare(_: Line) -> str:
    return ""


def body_html(body: str, *, heading: int = 1, figures: Figures = NO_FIGURES) -> str:
    """Return block Markdown as plain HTML without ids, as the visual editor loads it."""
    lines = [line for line in layout(compose("", (), body, ())) if line.part == "body"]
    return (
        render(
            lines,
            lambda line: marked_line(line, (), ""),
            heading=heading,
            figures=figures,
            attrs=_bare,
        )
        .removeprefix('<div class="body">')
        .removesuffix("</div>")
    )


def inline_html(inline: str) -> str:
    """Return one inline string (a point, a source) as HTML."""
    lines = [line for line in layout(compose("", [inline], "", ())) if line.part == "points"]
    return "".join(marked_line(line, (), "") for line in lines)
