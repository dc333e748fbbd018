"""Heirs: in which section the words of an earlier text stand."""

from reviewtool.domain.lineage import Descent, Words, heirs, heirs_for
from reviewtool.domain.sections import LineageKind
from reviewtool.text.document import compose

SPLIT, MERGED = LineageKind.SPLIT, LineageKind.MERGED
OLD = compose("Vanha", (), "Tavataan joka viikko kirjastossa.\n\nOhjaajia tuetaan työssään.", ())
KEPT = compose("Vanha", (), "Tavataan joka viikko kirjastossa.", ())
NEW = compose("Ohjaajat", (), "Ohjaajia tuetaan hyvin työssään.", ())


def about(words: str, replacement: str | None = None) -> Words:
    start = OLD.index(words)
    return Words(start, start + len(words), replacement)


def test_nothing_changed_is_its_own_heir_even_when_dropped() -> None:
    assert heirs("a", [], {"a"}) == ["a"]
    assert heirs("a", [], set()) == ["a"]


def test_a_split_section_has_several_and_a_merged_one_another() -> None:
    lineage = [Descent("a", "b", SPLIT), Descent("b", "c", MERGED)]
    assert heirs("a", lineage, {"a", "c"}) == ["a", "c"]
    assert heirs("b", lineage, {"a", "c"}) == ["c"]


def test_a_merged_section_that_stands_again_is_its_own_heir() -> None:
    assert heirs("b", [Descent("b", "c", MERGED)], {"b", "c"}) == ["b"]


def test_merging_back_what_was_split_off_ends() -> None:
    lineage = [Descent("a", "b", SPLIT), Descent("b", "a", MERGED)]
    assert heirs("a", lineage, {"a"}) == ["a"]
    assert heirs("b", lineage, {"a"}) == ["a"]


def test_words_lead_to_the_text_where_they_stand() -> None:
    texts = [("kept", KEPT), ("new", NEW)]
    asked = [about("joka viikko"), about("Ohjaajia tuetaan työssään"), about("kirjastossa")]
    assert heirs_for(OLD, asked, texts) == ["kept", "new", "kept"]


def test_words_that_are_gone_stay_with_the_first() -> None:
    gone = compose("Ohjaajat", (), "Jotain aivan muuta.", ())
    texts = [("kept", KEPT), ("new", gone)]
    assert heirs_for(OLD, [about("Ohjaajia tuetaan työssään")], texts) == ["kept"]


def test_suggested_words_that_were_taken_lead_there_too() -> None:
    taken = compose("Ohjaajat", (), "Vetäjistä pidetään hyvää huolta aina.", ())
    words = about("Ohjaajia tuetaan työssään", "Vetäjistä pidetään hyvää huolta aina")
    assert heirs_for(OLD, [words], [("kept", KEPT), ("new", taken)]) == ["new"]
