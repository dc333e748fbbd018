"""The laws of a comparison, on generated texts."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from reviewtool.text.align import align
from reviewtool.text.diff import Comparison, Kind, Op, compare
from reviewtool.text.document import compose
from reviewtool.text.statistics import Weight, statistics
from reviewtool.text.tokens import Form
from tests.unit.text.strategies import documents, hostile, pairs

FORMS = st.sampled_from(Form)


def rebuilt(comparison: Comparison) -> tuple[str, str]:
    old, new = comparison.old, comparison.new
    spans = comparison.spans()
    before = [old[s.old_start : s.old_end] for s in spans if s.op is not Op.INSERT]
    after = [new[s.new_start : s.new_end] for s in spans if s.op is not Op.DELETE]
    return "".join(before), "".join(after)


@settings(max_examples=100, deadline=None)
@given(pairs, FORMS)
@example(("a", "b"), Form.PLAIN)
def test_spans_rebuild_both_texts_to_the_character(texts: tuple[str, str], form: Form) -> None:
    old, new = texts
    comparison = compare(old, new, form)
    assert rebuilt(comparison) == (old, new)
    for span in comparison.spans():
        if span.op is Op.EQUAL:
            assert old[span.old_start : span.old_end] == new[span.new_start : span.new_end]


@settings(max_examples=75, deadline=None)
@given(st.text(max_size=60), st.text(max_size=60))
def test_any_two_strings_are_compared_exactly(old: str, new: str) -> None:
    assert rebuilt(compare(old, new, Form.PLAIN)) == (old, new)


@settings(max_examples=75, deadline=None)
@given(pairs, FORMS)
def test_swapping_the_texts_swaps_the_signs(texts: tuple[str, str], form: Form) -> None:
    there, back = compare(*texts, form), compare(*reversed(texts), form)
    assert [(j, i, n) for i, j, n in there.matches] == list(back.matches)
    assert sorted(m.swapped().old_start for m in there.moves) == [m.old_start for m in back.moves]


@settings(max_examples=50, deadline=None)
@given(documents | hostile, FORMS)
def test_a_text_against_itself_is_all_equal(text: str, form: Form) -> None:
    comparison = compare(text, text, form)
    assert comparison.same
    assert comparison.changes == ()
    assert statistics(comparison).proposal is Weight.NONE


@settings(max_examples=75, deadline=None)
@given(pairs, FORMS)
def test_no_change_begins_or_ends_inside_a_word(texts: tuple[str, str], form: Form) -> None:
    comparison = compare(*texts, form)
    for change in comparison.changes:
        for text, edges in (
            (comparison.old, (change.old_start, change.old_end)),
            (comparison.new, (change.new_start, change.new_end)),
        ):
            for edge in edges:
                inside = text[max(0, edge - 1) : edge + 1]
                assert not (len(inside) == 2 and 0 < edge < len(text) and inside.isalnum())


@settings(max_examples=75, deadline=None)
@given(pairs, FORMS)
def test_matches_rise_and_moves_lie_outside_them(texts: tuple[str, str], form: Form) -> None:
    alignment = align(*texts, form)
    at = (0, 0)
    for i, j, n in alignment.matches:
        assert i >= at[0]
        assert j >= at[1]
        assert n > 0
        assert texts[0][i : i + n] == texts[1][j : j + n]
        at = (i + n, j + n)
    for move in alignment.moves:
        for i, j, n in move.pieces:
            assert texts[0][i : i + n] == texts[1][j : j + n]
            assert move.old_start <= i <= i + n <= move.old_end
            assert move.new_start <= j <= j + n <= move.new_end
        for i, j, n in alignment.matches:
            assert i + n <= move.old_start or i >= move.old_end
            assert j + n <= move.new_start or j >= move.new_end


def body(*blocks: str) -> str:
    return compose("Otsikko", ["ydin"], "\n\n".join(blocks), ["lähde"])


def kinds(old: str, new: str) -> list[Kind]:
    return [change.kind for change in compare(old, new).changes]


A = "Ensimmäinen kappale kertoo järjestön toiminnasta ja sen tavoitteista."
B = "Toinen kappale kuvaa vapaaehtoisten tekemää työtä kunnissa ja kylissä."
C = "Kolmas kappale luettelee yhteystiedot, joista saa lisää tietoa asiasta."


def test_a_moved_paragraph_is_a_move() -> None:
    comparison = compare(body(A, B, C), body(C, A, B))
    assert len(comparison.moves) == 1
    move = comparison.moves[0]
    assert comparison.old[move.old_start : move.old_end] == C
    assert not move.edited


def test_a_moved_paragraph_that_was_edited_on_the_way_is_a_move() -> None:
    edited = C.replace("luettelee", "esittelee")
    comparison = compare(body(A, B, C), body(edited, A, B))
    assert len(comparison.moves) == 1
    move = comparison.moves[0]
    assert comparison.new[move.new_start : move.new_end] == edited
    assert move.edited


def test_a_moved_list_item_is_a_move() -> None:
    items = ["- yksi asia tässä on", "- kaksi muuta asiaa tulee", "- kolme viimeistä asiaa jää"]
    comparison = compare(body("\n".join(items)), body("\n".join([items[2], *items[:2]])))
    assert len(comparison.moves) == 1


def test_split_and_joined_paragraphs_are_shown_as_that() -> None:
    assert kinds(body(f"{A} {B}"), body(A, B)) == [Kind.SPLIT]
    assert kinds(body(A, B), body(f"{A} {B}")) == [Kind.JOINED]


def test_bold_is_a_change_of_formatting_and_not_of_words() -> None:
    old, new = body(A), body(A.replace("järjestön", "**järjestön**"))
    assert set(kinds(old, new)) == {Kind.FORMATTING}
    figures = statistics(compare(old, new))
    assert (figures.added, figures.removed, figures.share) == (0, 0, 0.0)
    assert figures.proposal is Weight.EDITORIAL


@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [
        ("Järjestön työ", "järjestön työ", Kind.CASE),
        ("työ, tuki ja apu", "työ tuki ja apu", Kind.PUNCTUATION),
        ("tuki- ja neuvontatyö", "tuki ja neuvontatyö", Kind.PUNCTUATION),
        ("työ ja apu", "työ ja suuri apu", Kind.INSERTED),
        ("työ ja suuri apu", "työ ja apu", Kind.DELETED),
        ("tukea nuorille", "tukea lapsille", Kind.REPLACED),
    ],
)
def test_kinds_of_change(old: str, new: str, kind: Kind) -> None:
    assert kinds(body(old), body(new)) == [kind]


def test_no_single_word_is_left_standing_between_two_rewritten_phrases() -> None:
    old = body("Järjestöt tarjoavat tukea ja neuvontaa sekä ohjausta kaikille")
    new = body("Järjestöt antavat apua ja opastusta sekä ohjausta kaikille")
    changes = compare(old, new).changes
    assert len(changes) == 1
    assert old[changes[0].old_start : changes[0].old_end] == "tarjoavat tukea ja neuvontaa"


def test_an_inserted_sentence_is_marked_as_a_whole() -> None:
    old = body("Työ on tärkeää. Apu on lähellä.")
    new = body("Työ on tärkeää. Työ on kaikille. Apu on lähellä.")
    (change,) = compare(old, new).changes
    assert new[change.new_start : change.new_end].strip() == "Työ on kaikille."


def test_an_emoji_is_never_cut() -> None:
    old, new = body("Perhe 👩‍👩‍👧 tulee"), body("Perhe 👩‍👩‍👦 tulee")
    (change,) = compare(old, new).changes
    assert old[change.old_start : change.old_end] == "👩‍👩‍👧"


def test_a_language_correction_is_proposed_as_editorial_and_a_figure_as_substantive() -> None:
    text = " ".join([A, B, C])
    typo = statistics(compare(body(text), body(text.replace("kylissä", "kylisä"))))
    assert typo.proposal is Weight.EDITORIAL
    old = body(f"{text} Jäseniä on 3000.")
    assert statistics(compare(old, old.replace("3000", "3500"))).proposal is Weight.SUBSTANTIVE


def test_removing_not_is_substantive() -> None:
    old = body(f"{A} {B} {C} Palvelu ei ole maksullista.")
    new = body(f"{A} {B} {C} Palvelu on maksullista.")
    assert statistics(compare(old, new)).proposal is Weight.SUBSTANTIVE
