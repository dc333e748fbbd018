"""A draft as a Word file for a meeting's table: numbered lines, questions, room for notes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from io import BytesIO
from itertools import groupby
from typing import Any

from reviewtool.text.layout import Kind, Line, layout

_LANGUAGES = {"fi": "fi-FI", "sv": "sv-FI", "en": "en-GB"}
_INDENT_CM = 1.4
_PICTURE_CM = 13
_QUIET = (Kind.ALT, Kind.DATE, Kind.CREDIT)


@dataclass(frozen=True)
class PaperText:
    """A canonical text with its number among all texts of the draft, and what is asked of it."""

    number: int
    text: str
    questions: tuple[str, ...] = ()


@dataclass(frozen=True)
class Paper:
    """What is written; notes, points and sources are the headings of those parts."""

    title: str
    lead: str
    texts: tuple[PaperText, ...]
    about_whole: tuple[str, ...]
    notes: str
    points: str
    sources: str
    language: str
    pictures: Mapping[str, bytes] = field(default_factory=dict)
    """By the file that a figure names."""


def write_paper(paper: Paper) -> bytes:
    """Give the bytes of a .docx file; each line carries its number as words, which stay."""
    # Imported here so that starting the web process doesn't load the writer of Word files.
    import docx

    document = docx.Document()
    speak(document, paper.language)
    document.core_properties.title = paper.title
    document.add_heading(paper.title, 0)
    document.add_paragraph(paper.lead)
    for text in paper.texts:
        _write_text(document, paper, text)
    if paper.about_whole:
        document.add_heading(paper.title, 1)
        _write_questions(document, paper.about_whole, paper.notes)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def speak(document: Any, language: str) -> None:
    """Say in which language the words are, for spelling and for screen readers."""
    from docx.oxml.ns import qn

    properties = document.styles["Normal"].element.get_or_add_rPr()
    lang = properties.makeelement(qn("w:lang"), {qn("w:val"): _LANGUAGES.get(language, language)})
    properties.append(lang)
    document.core_properties.language = _LANGUAGES.get(language, language)


def _write_text(document: Any, paper: Paper, text: PaperText) -> None:
    labels = {"points": paper.points, "sources": paper.sources}
    for part, lines in groupby(layout(text.text), key=lambda line: line.part):
        if part in labels:
            document.add_heading(labels[part], 2)
        for line in lines:
            if line.kind is Kind.TITLE:
                document.add_heading(f"{text.number}  {line.visible}", 1)
            elif line.kind is Kind.FIGURE and line.file in paper.pictures:
                _write_picture(document, paper.pictures[line.file], _alt_of(line, text.text))
            elif line.visible.strip():
                _write_line(document, f"{text.number}.{line.number}", line)
    _write_questions(document, text.questions, paper.notes)


def _alt_of(figure: Line, text: str) -> str:
    lines = (line for line in layout(text) if line.group == figure.group)
    return next((line.visible for line in lines if line.kind is Kind.ALT), "")


def _write_picture(document: Any, content: bytes, alt: str) -> None:
    """Put a picture as wide as the words, or as it is where it is narrower."""
    from docx.shared import Cm

    paragraph = document.add_paragraph()
    paragraph.paragraph_format.left_indent = Cm(_INDENT_CM)
    shape = paragraph.add_run().add_picture(BytesIO(content))
    widest = Cm(_PICTURE_CM)
    if shape.width > widest:
        shape.height, shape.width = round(shape.height * widest / shape.width), widest
    shape._inline.docPr.set("descr", alt)


def _write_line(document: Any, number: str, line: Line) -> None:
    from docx.shared import Cm

    heading = {Kind.HEADING: 2, Kind.SUBHEADING: 3}.get(line.kind)
    paragraph = document.add_heading("", heading) if heading else document.add_paragraph()
    shape = paragraph.paragraph_format
    shape.left_indent = Cm(_INDENT_CM + 0.6 * line.depth)
    shape.first_line_indent = Cm(-_INDENT_CM)
    shape.tab_stops.add_tab_stop(Cm(_INDENT_CM))
    paragraph.add_run(f"{number}\t")
    before = {Kind.POINT: "– ", Kind.BULLET: "– ", Kind.SOURCE: "– "}.get(line.kind, "")
    if before:
        paragraph.add_run(before)
    for style, run in groupby(
        zip(line.visible, line.styles, strict=True), key=lambda one: (one[1].bold, one[1].italic)
    ):
        written = paragraph.add_run("".join(character for character, _style in run))
        written.bold = style[0] or line.kind in (Kind.BOX, Kind.VALUE) or None
        written.italic = style[1] or line.kind in _QUIET or None


def _write_questions(document: Any, questions: tuple[str, ...], notes: str) -> None:
    """Write the questions, each with a framed space to write in, and a space for notes."""
    for words in (*questions, notes):
        document.add_paragraph().add_run(words).bold = True
        table = document.add_table(1, 1, style="Table Grid")
        cell = table.cell(0, 0)
        for _line in range(2):
            cell.add_paragraph()
        document.add_paragraph()
