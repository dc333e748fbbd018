"""A title is found where running text bends it."""

import pytest

from reviewtool.domain.mentions import fits, mentions


@pytest.mark.parametrize(
    ("title", "word"),
    [
        ("vertaistuki", "vertaistuessa"),
        ("vertaistuki", "vertaistukea"),
        ("vapaaehtoistoiminta", "vapaaehtoistoiminnan"),
        ("osallisuus", "osallisuudesta"),
        ("asuminen", "asumisen"),
        ("perheet", "perheille"),
        ("kamratstöd", "kamratstödet"),
        ("arki", "arkea"),
    ],
)
def test_forms_of_a_word_fit(title: str, word: str) -> None:
    assert fits(title, word)


@pytest.mark.parametrize(
    ("title", "word"),
    [("vertaistuki", "vertaistoiminta"), ("tuki", "tulla"), ("ja", "jatko"), ("työ", "työnantaja")],
)
def test_other_words_do_not(title: str, word: str) -> None:
    assert not fits(title, word)


def test_a_mention_stands_with_the_words_around_it() -> None:
    text = "Alkuun. Tässä kerrotaan, miten arjen tukea ja apua sovitaan kotona. Loppuun."
    (found,) = mentions("Arjen tuki ja apu", text)
    assert found.words == "arjen tukea ja apua"
    assert found.before.endswith("miten ")
    assert found.after.startswith(" sovitaan")


def test_all_the_words_of_a_title_have_to_stand_in_order() -> None:
    assert not mentions("Arjen tuki", "Tukea arkeen.")
    assert not mentions("", "Tukea arkeen.")
