"""What a reader's eye and hand do on a page: see its lines, mark words, find what was said."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import html5lib

from tests.web.browser import NAMESPACE

LONG = 12
"""A line of so many words is a paragraph that can be marked in several places."""


@dataclass(frozen=True)
class Line:
    """A line of a text: its number on the page, and the words that it shows."""

    number: int
    shown: str
    is_paragraph: bool

    @property
    def words(self) -> list[str]:
        """Give its words."""
        return self.shown.split()

    def piece(self, first: int, count: int) -> str:
        """Give some words that follow one another, as they stand there."""
        return " ".join(self.words[first : first + count])

    def run(self, count: int, after: int = 0) -> tuple[int, int]:
        """Find so many words in a row that are letters only; gives (first, count)."""
        for first in range(after, len(self.words) - count + 1):
            if all(word.isalpha() for word in self.words[first : first + count]):
                return first, count
        raise AssertionError(f"no {count} plain words in a row: {self.shown}")

    def offset(self, index: int) -> int:
        """Count as a browser does, in UTF-16 units."""
        return len(self.shown[:index].encode("utf-16-le")) // 2


@dataclass(frozen=True)
class Marked:
    """Words marked on a page, as its script puts them into the form."""

    quote: str
    fields: dict[str, str]


def lines_of(html: str) -> list[Line]:
    """List the lines of the text that can be marked."""
    tree = html5lib.parse(html)
    text = next(one for one in tree.iter() if one.get("data-passages") is not None)
    found: list[Line] = []
    for element in text.iter():
        number = element.get("data-n")
        if number is not None:
            shown = "".join(_shown(element)).rstrip()
            found.append(Line(int(number), shown, element.tag == f"{NAMESPACE}p"))
    return found


def paragraphs(html: str) -> list[Line]:
    """List the long paragraphs whose words stand there with single spaces between them."""
    return [
        line
        for line in lines_of(html)
        if line.is_paragraph and len(line.words) >= LONG and line.piece(0, 999) == line.shown
    ]


def _shown(element: Any) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if child.get("data-aside") is None:
            yield from _shown(child)
        yield child.tail or ""


def mark(line: Line, first: int, count: int, *, to: Line | None = None) -> Marked:
    """Mark some words of a line, or from them on to the first words of another line."""
    start = line.shown.index(line.piece(first, count))
    if to is None:
        end_line, end = line, start + len(line.piece(first, count))
        quote = line.piece(first, count)
    else:
        end_line, end = to, len(to.piece(0, count))
        quote = f"{line.shown[start:]} {to.piece(0, count)}"
    fields = {
        "start_block": str(line.number),
        "start_offset": str(line.offset(start)),
        "end_block": str(end_line.number),
        "end_offset": str(end_line.offset(end)),
        "quote": quote,
    }
    return Marked(quote, fields)


def said_on(html: str, words: str) -> str:
    """Find the contribution that says something; gives its id."""
    tree = html5lib.parse(html)
    found = [
        str(one.get("id"))
        for one in tree.iter(f"{NAMESPACE}article")
        if (one.get("id") or "").startswith("c-")
        and words in " ".join("".join(one.itertext()).split())
    ]
    assert len(found) == 1, (words, found)
    return found[0].removeprefix("c-")


def links_on(html: str) -> list[tuple[str, str]]:
    """List the links of a page: (words, address)."""
    tree = html5lib.parse(html)
    return [
        (" ".join("".join(one.itertext()).split()), str(one.get("href")))
        for one in tree.iter(f"{NAMESPACE}a")
        if one.get("href")
    ]
