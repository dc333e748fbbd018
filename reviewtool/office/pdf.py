"""Writing PDF: a document of parts, tagged for screen readers (PDF/UA-1).

Typst sets the pages: it is one wheel with its own fonts, and asks no library of the system
(docs/adr/0008). What people typed reaches its template as data, never as markup.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

TEMPLATE = Path(__file__).with_name("pdf.typ")


@dataclass(frozen=True)
class Part:
    """A part of a document: its heading, then paragraphs, points, and facts, each optional.

    points_heading stands above the points; facts are (name, value) pairs, shown as a table.
    """

    heading: str
    paragraphs: tuple[str, ...] = ()
    points_heading: str = ""
    points: tuple[str, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()


def write_pdf(
    title: str,
    lead: str,
    parts: Sequence[Part],
    *,
    language: str,
    foot: str,
    made_at: datetime,
) -> bytes:
    """Give the bytes of an A4 document; foot stands on each page, beside the page's number.

    The same document at the same moment gives the same bytes. The file is PDF/UA-1, but for
    words with signs that the fonts lack: then it is tagged in the same way, without that claim.
    """
    data = {
        "title": title,
        "lead": lead,
        "parts": [asdict(part) for part in parts],
        "language": language,
        "foot": foot,
        "day": [made_at.year, made_at.month, made_at.day],
    }
    return _set(json.dumps(data, ensure_ascii=False), int(made_at.timestamp()))


def _set(data: str, timestamp: int) -> bytes:
    # Imported here so that starting the web process doesn't load the typesetter.
    import typst

    try:
        return typst.compile(
            TEMPLATE,
            sys_inputs={"data": data},
            timestamp=timestamp,
            ignore_system_fonts=True,
            pdf_standards=["ua-1"],
        )
    except typst.TypstError as error:
        if "could not be displayed" not in error.message:
            raise
        # A sign that the fonts lack (an emoji, say): the standard forbids it, so the file is
        # tagged all the same but doesn't claim the standard; the system's fonts may have the sign.
        return typst.compile(TEMPLATE, sys_inputs={"data": data}, timestamp=timestamp)
