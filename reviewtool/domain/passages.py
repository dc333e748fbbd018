"""Passages as people point at them: words marked on a page, one paragraph, or a range."""

from dataclasses import dataclass

from reviewtool.domain.quoting import find_words
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.text.anchors import Passage, passage_at
from reviewtool.text.errors import TextError
from reviewtool.text.layout import layout
from reviewtool.text.replacing import FIXED, propose
from reviewtool.text.selection import Point, passage_of


@dataclass(frozen=True)
class Marked:
    """Words marked in a browser: line numbers and UTF-16 offsets in what the lines show."""

    start_line: int
    start_offset: int
    end_line: int
    end_offset: int


@dataclass(frozen=True)
class WholeLine:
    """One whole paragraph, key point or source, by its number on the page."""

    line: int


@dataclass(frozen=True)
class Range:
    """A range in code points of the canonical text; an empty one is a place between words."""

    start: int
    end: int


@dataclass(frozen=True)
class AfterLine:
    """The place right after a paragraph, key point or source, by its number: for new ones."""

    line: int


Place = Marked | WholeLine | AfterLine | Range | None
"""None is the section as a whole."""


def passage_in(text: str, place: Place) -> Passage | None:
    """Find what a person pointed at in the canonical text that they were shown.

    Raises Refused (passage gone) where the text has no such place, or no words there.
    """
    if place is None:
        return None
    try:
        passage = _passage(text, place)
    except TextError:
        passage = None
    if passage is None or (not passage.quote.strip() and not _between(place)):
        raise Refused(Reason.PASSAGE_GONE)
    return passage


def _passage(text: str, place: Marked | WholeLine | AfterLine | Range) -> Passage | None:
    if isinstance(place, Marked):
        return passage_of(
            text,
            Point(place.start_line, place.start_offset),
            Point(place.end_line, place.end_offset),
        )
    if isinstance(place, Range):
        return passage_at(text, place.start, place.end)
    for line in layout(text):
        if line.number == place.line:
            start = line.end if isinstance(place, AfterLine) else line.start
            return passage_at(text, start, line.end)
    return None


def _between(place: Marked | WholeLine | AfterLine | Range) -> bool:
    return isinstance(place, AfterLine) or (isinstance(place, Range) and place.start == place.end)


def quoted_passage(text: str, quote: str) -> Passage | None:
    """Find the passage that is quoted by its words; None where they don't stand in the text."""
    places = find_words(text, quote)
    return passage_in(text, Range(places[0].start, places[0].end)) if places else None


def keep_to_one_part(text: str, passage: Passage) -> None:
    """Refuse a place for other words that begins in one part, box or line of a figure and ends in
    another.
    """
    met = (one for one in layout(text) if passage.start < one.end and one.start < passage.end)
    frames = {(one.part, one.boxed, one.number if one.kind in FIXED else 0) for one in met}
    if len(frames) > 1:
        raise Refused(Reason.ACROSS_PARTS)


def check_suggestion(text: str, passage: Passage, replacement: str) -> None:
    """Check that suggested words can stand in the text and change it.

    Raises Refused: no change; text invalid; across parts, since what takes the place of the last
    key point and the first paragraph would make one list of both.
    """
    keep_to_one_part(text, passage)
    try:
        changed = propose(text, passage.start, passage.end, replacement)
    except TextError as error:
        raise Refused(Reason.TEXT_INVALID) from error
    same_words = " ".join(replacement.split()) == " ".join(passage.quote.split())
    if same_words or changed == text:
        raise Refused(Reason.NO_CHANGE)
