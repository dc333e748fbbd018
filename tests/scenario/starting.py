"""Phase 0: the texts are somebody else's at first, with credit and permission."""

from __future__ import annotations

from tests.scenario.cast import Book, Cast
from tests.scenario.people import Person

CREDIT = {
    "title": "Naapurimaakunnan järjestökäsikirja",
    "credit": "Naapurimaakunnan järjestöverkosto",
    "permission": "Verkosto antoi luvan muokata tekstiä, kun se mainitaan.",
    "dated_on": "2018-05-02",
}


def play(cast: Cast, book: Book) -> None:
    """The editor gives credit; all texts but the chapters took something over."""
    tuuli = cast.tuuli
    tuuli.at("/starting-text")
    taken = [one for one in book.titles if one not in book.chapters]
    tuuli.fill("/starting-text", {**CREDIT, "sections": taken})
    tuuli.at(f"/sections/{book.activities[0]}/origin")
    tuuli.says("100 %", CREDIT["credit"])


def read_what_is_left(reader: Person, book: Book) -> None:
    """The public sees the credit, and which words are ours now."""
    root = f"/h/{book.handbook_id}"
    reader.open(root)
    reader.says(*(CREDIT[name] for name in ("title", "credit", "permission")))
    reader.open(f"{root}/texts/{book.activities[0]}/origin")
    assert 'class="origin-changed"' in reader.browser.html
    reader.open(f"{root}/texts/{book.chapters[0]}")
    assert "peritty" not in reader.browser.text
