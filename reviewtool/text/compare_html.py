"""A comparison as HTML: in one column, or old beside new.

Insertions and deletions are ``ins`` and ``del`` with hidden words for screen readers, given by the
caller, who knows the language; nothing depends on colour.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from html import escape
from itertools import groupby

from reviewtool.text.compare_lines import Piece, Row, rows
from reviewtool.text.diff import Comparison, Op
from reviewtool.text.html.figures import NO_FIGURES, Figures
from reviewtool.text.html.pieces import tagged
from reviewtool.text.html.writing import attributes, render
from reviewtool.text.inline import PLAIN, Style
from reviewtool.text.layout import Kind, Line

_GONE = 100_000


@dataclass(frozen=True, slots=True)
class Labels:
    """Words for the marks, in the reader's language; an empty one is left out."""

    inserted: str = ""
    deleted: str = ""
    moved_from: str = ""
    moved_to: str = ""
    restyled: str = ""
    picture_changed: str = ""
    old: str = ""
    new: str = ""
    points: str = ""
    sources: str = ""


def _hidden(label: str) -> str:
    return f'<span class="visually-hidden">{escape(label)} </span>' if label else ""


def _piece(op: Op, move: int | None, restyled: bool, words: str, labels: Labels) -> str:
    if op is Op.EQUAL:
        if not restyled:
            return words
        return f'<span class="restyled">{_hidden(labels.restyled)}{words}</span>'
    tag = "del" if op is Op.DELETE else "ins"
    if move is None:
        label = labels.deleted if op is Op.DELETE else labels.inserted
        return f"<{tag}>{_hidden(label)}{words}</{tag}>"
    label = labels.moved_from if op is Op.DELETE else labels.moved_to
    return f'<{tag} class="moved" data-move="{move}">{_hidden(label)}{words}</{tag}>'


def _inside(pieces: Iterable[Piece], labels: Labels) -> str:
    runs: list[tuple[str, Style]] = []
    for key, group in groupby(pieces, key=lambda p: (p.op, p.move, p.restyled, p.style)):
        words = escape("".join(piece.words for piece in group))
        op, move, restyled, style = key
        runs.append((_piece(op, move, restyled, words, labels), style))
    return tagged(runs) if runs else tagged([("", PLAIN)])


def unified(
    comparison: Comparison,
    labels: Labels | None = None,
    *,
    heading: int = 1,
    prefix: str = "",
    figures: Figures = NO_FIGURES,
) -> str:
    """Return both texts in one column, in the form of the new one; lines carry its ranges.

    ``heading``: level of the title; ``prefix``: put before every id; ``figures``: the pictures of
    both, where one that has changed is shown beside its successor.
    """
    labels = labels or Labels()
    woven = rows(comparison)
    lines = [_shown(row) for row in woven]
    by_id = {id(line): row for line, row in zip(lines, woven, strict=True)}

    def words(line: Line) -> str:
        return _inside(by_id[id(line)].unified, labels)

    def attrs(line: Line) -> str:
        row = by_id[id(line)]
        state = f' data-change="{row.state}"' if row.state != "equal" else ""
        return (attributes(line, prefix) if row.new is not None else "") + state

    return render(
        lines,
        words,
        heading=heading,
        prefix=prefix,
        points_label=labels.points,
        sources_label=labels.sources,
        fold_sources=False,
        attrs=attrs,
        figures=figures,
        replaced={
            id(line): row.old[0].file
            for line, row in zip(lines, woven, strict=True)
            if _replaced(row)
        },
    )


def _replaced(row: Row) -> bool:
    """Say whether a figure holds another picture than before."""
    return bool(
        row.new is not None
        and row.old
        and row.new.kind is row.old[0].kind is Kind.FIGURE
        and row.new.file != row.old[0].file
    )


def _shown(row: Row) -> Line:
    """Return the row's line as an object of its own; lines that went keep their own groups."""
    line = row.line
    if row.new is not None:
        return replace(line)
    group = line.group + _GONE if line.group else 0
    return replace(line, group=group, boxed=line.boxed + _GONE if line.boxed else 0)


def side_by_side(comparison: Comparison, labels: Labels | None = None) -> str:
    """Return a table of two columns, old and new, a row for each line."""
    labels = labels or Labels()
    out = [
        '<table class="compare"><thead><tr>'
        f'<th scope="col">{escape(labels.old)}</th><th scope="col">{escape(labels.new)}</th>'
        "</tr></thead><tbody>"
    ]
    for row in rows(comparison):
        old = row.old[0] if row.old else None
        left = _cell(old, row.left, labels)
        right = _cell(row.new, row.right, labels)
        if _replaced(row) and labels.picture_changed:
            right = f'<p class="kind-figure"><ins>{escape(labels.picture_changed)}</ins></p>'
        out.append(f'<tr data-change="{row.state}"><td>{left}</td><td>{right}</td></tr>')
    out.append("</tbody></table>")
    return "".join(out)


def _cell(line: Line | None, pieces: Sequence[Piece], labels: Labels) -> str:
    if line is None:
        return ""
    strong = line.kind in (Kind.TITLE, Kind.HEADING, Kind.SUBHEADING)
    inside = _inside(pieces, labels)
    depth = f" depth-{line.depth}" if line.depth else ""
    words = f"<strong>{inside}</strong>" if strong else inside
    return f'<p class="kind-{line.kind.value}{depth}">{words}</p>'
