"""Minutes as a Word file: the same headings, paragraphs and lists as on the page."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from itertools import groupby
from typing import Any

from reviewtool.office.paper import speak
from reviewtool.text.document import compose
from reviewtool.text.layout import Kind, Line, layout

HEADINGS = {Kind.HEADING: 1, Kind.SUBHEADING: 2}


@dataclass(frozen=True)
class Minutes:
    """What is written: a title, a line beneath it, and the body in our Markdown."""

    title: str
    lead: str
    body: str
    language: str


def write_minutes(minutes: Minutes) -> bytes:
    """Give the bytes of a .docx file."""
    # Imported here so that starting the web process doesn't load the writer of Word files.
    import docx

    document = docx.Document()
    speak(document, minutes.language)
    document.core_properties.title = minutes.title
    document.add_heading(minutes.title, 0)
    if minutes.lead:
        document.add_paragraph(minutes.lead)
    for line in layout(compose("", (), minutes.body, ())):
        if line.part == "body" and line.visible.strip():
            _write_line(document, line)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _write_line(document: Any, line: Line) -> None:
    if line.kind in HEADINGS:
        document.add_heading(line.visible, HEADINGS[line.kind])
        return
    style = {Kind.BULLET: "List Bullet", Kind.NUMBERED: "List Number", Kind.QUOTE: "Quote"}
    paragraph = document.add_paragraph(style=style.get(line.kind))
    for (bold, italic), run in groupby(
        zip(line.visible, line.styles, strict=True), key=lambda one: (one[1].bold, one[1].italic)
    ):
        written = paragraph.add_run("".join(character for character, _style in run))
        written.bold, written.italic = bold or None, italic or None
