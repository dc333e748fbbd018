"""Taking suggestions: any order gives the same text, with what each of them changed."""

from itertools import permutations

from hypothesis import given, settings
from hypothesis import strategies as st

from reviewtool.domain.merging import Choice, Suggestion, contained_at, take_into
from reviewtool.text.document import compose
from reviewtool.text.layout import visible_words

WORDS = [
    "yksi", "kaksi", "kolme", "neljä", "viisi", "kuusi", "seitsemän", "kahdeksan", "yhdeksän",
    "kymmenen",
]  # fmt: skip
TEXT = compose("Otsikko", ["Ensimmäinen kohta.", "Toinen kohta."], " ".join(WORDS) + ".", [])


def suggest(key: str, quote: str, words: str, base: str = TEXT) -> Suggestion:
    start = base.index(quote)
    return Suggestion(key, base, start, start + len(quote), words)


def test_several_go_in_at_once_each_with_its_hunk() -> None:
    outcome = take_into(TEXT, [suggest("a", "kaksi", "pari"), suggest("b", "yhdeksän", "9")])
    assert outcome.text == TEXT.replace("kaksi", "pari", 1).replace("yhdeksän", "9")
    assert {
        (hunk.contribution_id, TEXT[hunk.old_start : hunk.old_end],
         outcome.text[hunk.new_start : hunk.new_end])
        for hunk in outcome.hunks
    } == {("a", "kaksi", "pari"), ("b", "yhdeksän", "9")}  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.sets(st.sampled_from(range(0, len(WORDS), 3)), min_size=2, max_size=4))
def test_any_order_of_taking_gives_the_same_text(places: set[int]) -> None:
    suggestions = [suggest(str(n), WORDS[n], f"uusi{n}") for n in sorted(places)]
    at_once = take_into(TEXT, suggestions)
    assert at_once.text is not None
    for order in list(permutations(suggestions))[:6]:
        text, changed = TEXT, set()
        for one in order:
            outcome = take_into(text, [one])
            assert outcome.text is not None
            changed |= {
                (hunk.contribution_id, outcome.text[hunk.new_start : hunk.new_end])
                for hunk in outcome.hunks
            }
            text = outcome.text
        assert text == at_once.text
        assert changed == {
            (hunk.contribution_id, at_once.text[hunk.new_start : hunk.new_end])
            for hunk in at_once.hunks
        }


def test_the_same_words_from_two_are_one_change_of_both() -> None:
    outcome = take_into(TEXT, [suggest("a", "kaksi", "pari"), suggest("b", "kaksi", "pari")])
    assert outcome.text == TEXT.replace("kaksi", "pari", 1)
    assert {hunk.contribution_id for hunk in outcome.hunks} == {"a", "b"}


def test_a_clash_names_all_parties_and_changes_nothing() -> None:
    outcome = take_into(
        TEXT,
        [suggest("a", "kaksi", "pari"), suggest("b", "kaksi", "2"), suggest("c", "kuusi", "6")],
    )
    assert outcome.text is None
    (clash,) = outcome.clashes
    assert clash.base == "kaksi"
    assert clash.mine == "kaksi"
    assert dict(clash.theirs) == {"a": "pari", "b": "2"}


def test_a_clash_with_the_editors_own_change_shows_both() -> None:
    working = TEXT.replace("kaksi", "kaksikymmentä", 1)
    (clash,) = take_into(working, [suggest("a", "kaksi", "pari")]).clashes
    assert (clash.base, clash.mine, dict(clash.theirs)) == (
        "kaksi", "kaksikymmentä", {"a": "pari"}
    )  # fmt: skip


def test_a_person_settles_a_clash() -> None:
    both = [suggest("a", "kaksi", "pari"), suggest("b", "kaksi", "2"), suggest("c", "kuusi", "6")]
    (clash,) = take_into(TEXT, both).clashes
    chosen = take_into(TEXT, both, {clash.key: Choice(contribution_id="b")})
    assert chosen.text == TEXT.replace("kaksi", "2", 1).replace("kuusi", "6")
    assert {hunk.contribution_id for hunk in chosen.hunks} == {"b", "c"}
    kept = take_into(TEXT, both, {clash.key: Choice(keep=True)})
    assert kept.text == TEXT.replace("kuusi", "6")
    assert {hunk.contribution_id for hunk in kept.hunks} == {"c"}
    written = take_into(TEXT, both, {clash.key: Choice(words="*kaksi* tai pari")})
    assert written.text is not None
    assert "*kaksi* tai pari" in visible_words(written.text, 0, len(written.text))
    assert {hunk.contribution_id for hunk in written.hunks} == {"a", "b", "c"}


def test_a_clash_with_the_working_text_is_settled_on_its_base() -> None:
    working = TEXT.replace("kaksi", "kaksikymmentä", 1).replace("neljä", "4")
    one = suggest("a", "kaksi", "pari")
    (clash,) = take_into(working, [one]).clashes
    outcome = take_into(working, [one], {clash.key: Choice(contribution_id="a")})
    assert outcome.text == TEXT.replace("kaksi", "pari", 1).replace("neljä", "4")
    (hunk,) = outcome.hunks
    assert working[hunk.old_start : hunk.old_end] == "kaksikymmentä"
    assert outcome.text[hunk.new_start : hunk.new_end] == "pari"


def test_suggestions_of_different_drafts_meet_in_the_working_text() -> None:
    working = TEXT.replace("kolme", "3")
    old, new = suggest("a", "kaksi", "pari"), suggest("b", "kuusi", "6", working)
    outcome = take_into(working, [new, old])
    assert outcome.text == working.replace("kaksi", "pari", 1).replace("kuusi", "6")


def test_suggestions_that_clash_across_drafts_are_shown_too() -> None:
    working = TEXT.replace("kolme", "3")
    outcome = take_into(
        working, [suggest("a", "kaksi", "pari"), suggest("b", "kaksi", "2", working)]
    )
    assert outcome.text is None
    assert set(outcome.clashes[0].theirs) == {"a", "b"}


def test_what_the_text_has_already_is_told_and_found() -> None:
    working = TEXT.replace("kaksi", "pari", 1)
    one = suggest("a", "kaksi", "pari")
    outcome = take_into(working, [one])
    assert outcome.contained == ("a",)
    assert outcome.text == working
    where = contained_at(one, working)
    assert where is not None
    assert working[where[0] : where[1]] == "pari"
    assert contained_at(one, TEXT) is None
