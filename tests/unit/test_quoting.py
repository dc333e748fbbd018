"""Quoted words are found as people copy them, and never guessed."""

import pytest

from reviewtool.domain.quoting import find_words
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
