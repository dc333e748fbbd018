"""Passages in later versions: found where they are, never on other words."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reviewtool.text.anchors import Status, passage_at, place, place_many
from reviewtool.text.document import compose
from reviewtool.text.errors import TextError
from reviewtool.text.layout import layout
from reviewtool.text.tokens import Form
from tests.unit.text.strategies import documents, pairs

A = "Ensimmäinen kappale kertoo järjestön toiminnasta ja sen tavoitteista."
B = "Toinen kappale kuvaa vapaaehtoisten tekemää työtä kunnissa ja kylissä."
C = "Kolmas kappale luettelee yhteystiedot, joista saa lisää tietoa asiasta."


def body(*blocks: str) -> str:
    return compose("Otsikko", ["ydin"], "\n\n".join(blocks), ["lähde"])


def placed(old: str, new: str, words: str) -> tuple[Status, str]:
    start = old.index(words)
    found = place(old, new, passage_at(old, start, start + len(words)))
    return found.status, new[found.start : found.end]


@settings(max_examples=75, deadline=None)
@given(pairs, st.data(), st.sampled_from(Form))
def test_answers_lie_in_the_text_and_say_the_truth(
    texts: tuple[str, str], data: st.DataObject, form: Form
) -> None:
    old, new = texts
    start = data.draw(st.integers(0, len(old)))
    end = data.draw(st.integers(start, len(old)))
    passage = passage_at(old, start, end, form)
    found = place(old, new, passage, form)
    assert 0 <= found.start <= found.end <= len(new)
    assert 0 <= found.confidence <= 1
    if found.status in (Status.EXACT, Status.MOVED) and start < end:
        assert passage_at(new, found.start, found.end, form).quote.split() == passage.quote.split()
    if found.status is Status.REMOVED:
        assert (found.start, found.end, found.confidence) == (0, 0, 0.0)


@settings(max_examples=50, deadline=None)
@given(documents, st.data())
def test_in_the_same_text_every_passage_is_where_it_was(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    found = place(text, text, passage_at(text, start, end))
    assert (found.status, found.start, found.end) == (Status.EXACT, start, end)


@settings(max_examples=40, deadline=None)
@given(pairs, st.data())
def test_many_passages_are_placed_as_each_alone(
    texts: tuple[str, str], data: st.DataObject
) -> None:
    old, new = texts
    places = [sorted(data.draw(st.tuples(*[st.integers(0, len(old))] * 2))) for _ in range(4)]
    passages = [passage_at(old, start, end) for start, end in places]
    assert place_many(old, new, passages) == [place(old, new, p) for p in passages]


@settings(max_examples=40, deadline=None)
@given(documents, st.data())
def test_every_line_survives_the_insertion_of_another_paragraph(
    text: str, data: st.DataObject
) -> None:
    at = text.index("::body\n\n") + len("::body\n\n")
    new = f"{text[:at]}Aivan uutta sisältöä, jota ei ollut.\n\n{text[at:]}"
    line = data.draw(st.sampled_from(layout(text)))
    found = place(text, new, passage_at(text, line.start, line.end))
    assert found.status is Status.EXACT
    assert new[found.start : found.end] == text[line.start : line.end]


def test_words_that_stay_are_exact_after_changes_elsewhere() -> None:
    old, new = body(A, B, C), body("Uusi alku.", A, B.replace("kunnissa", "kaupungeissa"), C)
    assert placed(old, new, "yhteystiedot") == (Status.EXACT, "yhteystiedot")


def test_a_passage_follows_its_paragraph() -> None:
    old, new = body(A, B, C), body(C, A, B)
    assert placed(old, new, "luettelee yhteystiedot") == (Status.MOVED, "luettelee yhteystiedot")


def test_a_passage_follows_its_sentence_into_another_paragraph() -> None:
    old = body(f"{A} Toiminta on aina maksutonta ja avointa.", B, C)
    new = body(A, B, f"{C} Toiminta on aina maksutonta ja avointa.")
    found = placed(old, new, "aina maksutonta ja avointa")
    assert found == (Status.MOVED, "aina maksutonta ja avointa")


def test_a_reworded_passage_has_its_new_range() -> None:
    old, new = body(A, B), body(A, B.replace("tekemää työtä", "arvokasta työtä"))
    assert placed(old, new, "vapaaehtoisten tekemää työtä kunnissa") == (
        Status.REWORDED,
        "vapaaehtoisten arvokasta työtä kunnissa",
    )


def test_a_removed_passage_is_removed_although_a_copy_stood_elsewhere_before() -> None:
    copy = "Toiminta on maksutonta."
    old = body(f"{A} {copy}", B, f"{C} {copy}")
    new = body(A, B, f"{C} {copy}")
    assert placed(old, new, copy) == (Status.REMOVED, "")


@pytest.mark.parametrize("which", [0, 1, 2])
def test_of_repeated_words_the_right_ones_are_found(which: int) -> None:
    old = body(*(f"{x} Kysy lisää järjestöltä." for x in (A, B, C)))
    new = body("Johdanto tuli tähän.", *(f"{x} Kysy lisää järjestöltä." for x in (A, B, C)))
    words = "Kysy lisää järjestöltä."
    start = [i for i in range(len(old)) if old.startswith(words, i)][which]
    found = place(old, new, passage_at(old, start, start + len(words)))
    assert found.start == [i for i in range(len(new)) if new.startswith(words, i)][which]


def test_a_passage_inside_bold_and_links_survives_their_loss() -> None:
    old = body("Tue [**vertaistuen** ryhmiä](https://a.fi) lähellä")
    new = body("Tue vertaistuen ryhmiä lähellä")
    start, end = old.index("vertaistuen"), old.index("](")
    found = place(old, new, passage_at(old, start, end))
    assert (found.status, new[found.start : found.end]) == (Status.EXACT, "vertaistuen ryhmiä")


def test_a_passage_across_paragraphs_is_found() -> None:
    old, new = body(A, B, C), body("Alku.", A, B, C)
    start, end = old.index("tavoitteista"), old.index("vapaaehtoisten")
    found = place(old, new, passage_at(old, start, end))
    assert (found.status, new[found.start : found.end]) == (Status.EXACT, old[start:end])


def test_a_single_character_and_the_whole_text_work() -> None:
    old, new = body(A, B), body("Alku.", A, B)
    at = old.index("Toinen")
    assert new[place(old, new, passage_at(old, at, at + 1)).start] == "T"
    whole = place(old, new, passage_at(old, 0, len(old)))
    assert (whole.status, whole.start) == (Status.REWORDED, 0)
    assert new[whole.start : whole.end] == new.rstrip()


def test_a_lone_short_word_that_went_is_not_looked_for_elsewhere() -> None:
    old = body("Järjestö on avoin", B)
    new = body("Yhdistys tukee", "Uusi ryhmä on alkanut toisaalla tänä syksynä", B)
    assert placed(old, new, "on") == (Status.REMOVED, "")


def test_a_range_outside_the_text_is_refused() -> None:
    with pytest.raises(TextError):
        passage_at("abc", 2, 5)
