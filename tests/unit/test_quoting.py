"""Quoted words are found as people copy them, and never guessed."""

import pytest

from reviewtool.domain.quoting import around, find_words
from reviewtool.text.document import compose
from reviewtool.text.layout import visible_words

TEXT = compose(
    "Vertaistuki",
    ["Ryhmä on avoin."],
    "Ohjaajina ovat **koulutetut vapaaehtoiset** ja muut.\n\nToinen kappale 5 * 3 tuntia.",
    [],
)


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("koulutetut vapaaehtoiset ja", "koulutetut vapaaehtoiset ja"),
        ("  ”ohjaajina   ovat\nkoulutetut” ", "Ohjaajina ovat koulutetut"),
        ("ja muut. Toinen kappale", "ja muut.\nToinen kappale"),
        ("5 * 3", "5 * 3"),
        ("vertaistuki", "Vertaistuki"),
    ],
)
def test_words_are_found(words: str, shown: str) -> None:
    (place,) = find_words(TEXT, words)
    assert visible_words(TEXT, place.start, place.end).split() == shown.split()


def test_words_that_stand_twice_or_nowhere() -> None:
    assert find_words(TEXT, "ei ole") == []
    assert find_words(TEXT, "  ") == []
    assert len(find_words(TEXT, "koulu")) == 1
    assert len(find_words(TEXT, "ja")) > 1


@pytest.mark.parametrize(
    ("words", "lead", "tail"),
    [
        ("koulutetut vapaaehtoiset", "Ohjaajina ovat ", " ja muut."),
        ("Ohjaajina", "", " ovat koulutetut vapaaehtoiset ja muut."),
        ("ja muut. Toinen", "Ohjaajina ovat koulutetut vapaaehtoiset ", " kappale 5 * 3 tuntia."),
        ("Ryhmä on avoin.", "", ""),
    ],
)
def test_words_around_stay_in_the_block(words: str, lead: str, tail: str) -> None:
    (place,) = find_words(TEXT, words)
    near = around(TEXT, place.start, place.end)
    assert (near.lead, near.tail) == (lead, tail)


def test_a_new_paragraph_has_no_words_of_the_one_before_around_it() -> None:
    start = TEXT.index("\n\nToinen kappale")
    near = around(TEXT, start, TEXT.index(" 5 ", start))
    assert (near.lead, near.tail) == ("", " 5 * 3 tuntia.")


def test_long_lines_are_cut_between_words() -> None:
    text = compose("Otsikko", [], " ".join(f"sana{number}" for number in range(60)), [])
    (place,) = find_words(text, "sana30")
    near = around(text, place.start, place.end)
    assert near.lead.startswith("… sana")
    assert near.lead.endswith("sana29 ")
    assert near.tail.startswith(" sana31 ")
    assert near.tail.endswith(" …")
    assert max(len(near.lead), len(near.tail)) <= 64
