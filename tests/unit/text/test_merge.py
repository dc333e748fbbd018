"""Merging: everything that can go in goes in, and nothing is settled silently."""

import itertools

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from reviewtool.text.blame import Step, blame
from reviewtool.text.canonical import canonical
from reviewtool.text.document import compose
from reviewtool.text.hunks import apply_hunks, hunks_of
from reviewtool.text.merge import MINE, merge
from reviewtool.text.retest import State, retest
from reviewtool.text.tokens import Form
from tests.unit.text.strategies import documents, pairs

A = "Ensimmäinen kappale kertoo järjestön toiminnasta ja sen tavoitteista."
B = "Toinen kappale kuvaa vapaaehtoisten tekemää työtä kunnissa ja kylissä."
C = "Kolmas kappale luettelee yhteystiedot, joista saa lisää tietoa asiasta."


def body(*blocks: str) -> str:
    return compose("Otsikko", ["ydin"], "\n\n".join(blocks), ["lähde"])


BASE = body(A, B, C)


@settings(max_examples=50, deadline=None)
@given(pairs, st.sampled_from(Form))
def test_the_hunks_of_a_text_make_it_again(texts: tuple[str, str], form: Form) -> None:
    base, text = texts
    assert apply_hunks(base, hunks_of(base, text, ("x",), form))[0] == text


@settings(max_examples=50, deadline=None)
@given(documents, documents)
def test_one_party_alone_gets_its_text(base: str, text: str) -> None:
    assert merge(base, base, {"x": text}).text == text
    assert merge(base, text, {"x": base}).text == text
    assert merge(base, text, {"x": text, "y": text}).text == text


@settings(max_examples=50, deadline=None)
@given(documents, documents, documents, documents)
def test_the_order_of_the_parties_changes_nothing_and_the_result_is_canonical(
    base: str, mine: str, one: str, two: str
) -> None:
    results = [
        merge(base, mine, dict(order))
        for order in itertools.permutations([("one", one), ("two", two)])
    ]
    assert results[0] == results[1]
    merged = results[0]
    assert (merged.text is None) == bool(merged.conflicts)
    if merged.text is not None:
        assert canonical(merged.text) == merged.text
    for conflict in merged.conflicts:
        assert conflict.base == base[conflict.start : conflict.end]
        assert len({conflict.mine, *conflict.theirs.values()}) > 1


WORDS = [
    *("alfa", "beta", "gamma", "delta", "epsilon", "zeta", "eeta"),
    *("theeta", "joota", "kappa", "lambda", "myy", "nyy", "ksii"),
]


@settings(max_examples=75, deadline=None)
@given(
    st.dictionaries(
        st.integers(0, len(WORDS) - 1),
        st.tuples(st.sampled_from(["x", "y", "z"]), st.sampled_from(["", "uusi", "kaksi sanaa"])),
        max_size=8,
    )
)
def test_changes_to_different_words_all_go_in(edits: dict[int, tuple[str, str]]) -> None:
    """Each party changes its own words; what comes out is known without the engine.

    At least one untouched word stands between two changes of different parties.
    """
    base = body(" ".join(WORDS))
    marked = {n: (party, f"{words}{n}" if words else "") for n, (party, words) in edits.items()}
    taken = sorted(n for n in marked)
    pairs_of_them = itertools.pairwise(taken)
    assume(all(b - a > 1 or marked[a][0] == marked[b][0] for a, b in pairs_of_them))

    def with_edits(of: str | None) -> str:
        out = [
            marked[n][1] if n in marked and of in (None, marked[n][0]) else word
            for n, word in enumerate(WORDS)
        ]
        return body(" ".join(word for word in out if word))

    merged = merge(base, with_edits("x"), {p: with_edits(p) for p in ("y", "z")})
    assert merged.text == with_edits(None)


@settings(max_examples=75, deadline=None)
@given(st.integers(0, len(WORDS) - 1), st.sampled_from(["ensin", ""]), st.sampled_from(["toisin"]))
def test_the_same_word_changed_in_two_ways_is_a_conflict(at: int, one: str, two: str) -> None:
    base = body(" ".join(WORDS))

    def changed(word: str) -> str:
        return body(" ".join(w for w in [*WORDS[:at], word, *WORDS[at + 1 :]] if w))

    merged = merge(base, changed(one), {"a": changed(two), "b": base})
    assert merged.text is None
    (conflict,) = merged.conflicts
    assert WORDS[at] in conflict.base
    assert two in conflict.theirs["a"]
    assert "b" not in conflict.theirs


def test_a_word_that_another_changes_amid_the_words_of_one_party_is_a_conflict() -> None:
    """Two changes with one word between them are one change to a reader."""
    mine = BASE.replace("Toinen kappale kuvaa", "Seuraava kappale näyttää")
    merged = merge(BASE, mine, {"a": BASE.replace("Toinen kappale", "Toinen luku")})
    assert merged.text is None


def test_a_word_reworded_inside_a_phrase_that_another_made_bold_goes_in() -> None:
    phrase = "kappale kuvaa vapaaehtoisten"
    mine = BASE.replace(phrase, f"**{phrase}**")
    merged = merge(BASE, mine, {"a": BASE.replace("kuvaa", "esittää")})
    assert merged.text == mine.replace("kuvaa", "esittää")


def test_two_insertions_at_one_place_are_a_conflict_and_the_same_one_is_not() -> None:
    one, two = BASE.replace("kertoo", "kertoo hyvin"), BASE.replace("kertoo", "kertoo tarkasti")
    assert merge(BASE, BASE, {"a": one, "b": two}).text is None
    assert merge(BASE, BASE, {"a": one, "b": one}).text == one


def test_an_edit_of_the_last_item_and_a_new_item_after_it_both_go_in() -> None:
    base = body("- yksi asia\n- toinen asia")
    merged = merge(
        base,
        body("- yksi asia\n- toinen tärkeä juttu"),
        {"a": body("- yksi asia\n- toinen asia\n- kolmas asia")},
    )
    assert merged.text == body("- yksi asia\n- toinen tärkeä juttu\n- kolmas asia")


def test_a_new_paragraph_before_one_that_another_edits_goes_in() -> None:
    merged = merge(BASE, body(A, "Uusi kappale.", B, C), {"a": BASE.replace("Toinen", "Seuraava")})
    assert merged.text == body(A, "Uusi kappale.", B.replace("Toinen", "Seuraava"), C)


def test_first_source_and_a_last_paragraph_both_go_in() -> None:
    base = compose("t", [], A, [])
    merged = merge(base, compose("t", [], f"{A}\n\n{B}", []), {"a": compose("t", [], A, ["x"])})
    assert merged.text == compose("t", [], f"{A}\n\n{B}", ["x"])


@pytest.mark.parametrize("mover", ["mine", "theirs"])
def test_an_edit_follows_the_paragraph_that_another_moved(mover: str) -> None:
    moved, edited = body(C, A, B), BASE.replace("luettelee", "esittelee")
    mine, theirs = (moved, edited) if mover == "mine" else (edited, moved)
    merged = merge(BASE, mine, {"a": theirs})
    assert merged.text == body(C.replace("luettelee", "esittelee"), A, B)
    by = "a" if mover == "mine" else MINE
    at = merged.text.index("esittelee")
    assert any(c.start <= at < c.end and c.parties == (by,) for c in merged.causes)


def test_a_paragraph_moved_and_edited_by_one_and_edited_alike_by_another_is_a_conflict() -> None:
    moved = body(C.replace("luettelee", "kertoo"), A, B)
    merged = merge(BASE, moved, {"a": BASE.replace("luettelee", "esittelee")})
    assert merged.text is None


def test_a_deleted_paragraph_that_another_edits_is_a_conflict_with_all_parties() -> None:
    merged = merge(BASE, body(A, C), {"a": BASE.replace("kuvaa", "näyttää")})
    assert merged.text is None
    (conflict,) = merged.conflicts
    assert "kuvaa" in conflict.base
    assert "näyttää" in conflict.theirs["a"]


@settings(max_examples=50, deadline=None)
@given(documents, documents)
def test_causes_cover_exactly_what_the_base_does_not_have(base: str, theirs: str) -> None:
    mine = base.replace("järjestö", "yhdistys", 1)
    merged = merge(base, mine, {"a": theirs})
    if merged.text is None:
        return
    kept = merged.text
    for cause in sorted(merged.causes, key=lambda c: -c.start):
        assert 0 <= cause.start <= cause.end <= len(merged.text)
        assert set(cause.parties) <= {MINE, "a"}
        kept = kept[: cause.start] + kept[cause.end :]
    rest = iter(base)
    assert all(char in rest for char in kept)


def test_after_taking_one_suggestion_the_others_are_tested_again() -> None:
    def suggest(old: str, new: str) -> str:
        return BASE.replace(old, new)

    suggestions = {
        "far": suggest("luettelee", "esittelee"),
        "same": suggest("kertoo", "puhuu"),
        "clash": suggest("kertoo", "viestii"),
        "gone": suggest("vapaaehtoisten", "jäsenten"),
    }
    working = body(A.replace("kertoo", "puhuu"), C)
    states = {k: r.state for k, r in retest(BASE, working, suggestions).items()}
    assert states == {
        "far": State.CLEAN,
        "same": State.CONTAINED,
        "clash": State.CONFLICT,
        "gone": State.GONE,
    }


def test_blame_names_who_caused_each_stretch_after_merges_and_edits_by_hand() -> None:
    first = merge(BASE, BASE, {"liisa": BASE.replace("kertoo", "puhuu")})
    assert first.text is not None
    second = merge(BASE, first.text, {"matti": body(A, B, C, "Lopuksi uusi kappale.")})
    assert second.text is not None
    own = tuple(c for c in second.causes if c.parties != (MINE,))
    third = second.text.replace("Lopuksi uusi kappale.", "Lopuksi aivan uusi kappale.")
    history = [
        Step(BASE),
        Step(first.text, first.causes, ("editor",)),
        Step(second.text, own, ("editor",)),
        Step(third, (), ("editor",)),
    ]
    blamed = blame(history)

    def by(words: str) -> set[str]:
        start, end = third.index(words), third.index(words) + len(words)
        return {p for c in blamed if c.start < end and c.end > start for p in c.parties}

    assert by("puhuu") == {"liisa"}
    assert by("Lopuksi") == {"matti"}
    assert by("aivan") == {"editor"}
    assert by("kappale kuvaa") == set()


def test_a_removal_is_blamed_too() -> None:
    text = BASE.replace(" ja kylissä", "")
    (cause,) = blame([Step(BASE), Step(text, (), ("editor",))])
    assert cause.start == cause.end
    assert cause.parties == ("editor",)


@settings(max_examples=40, deadline=None)
@given(st.lists(documents, min_size=1, max_size=4))
def test_every_character_that_the_first_text_lacks_has_one_cause(texts: list[str]) -> None:
    history = [Step(text, (), (str(n),)) for n, text in enumerate(texts)]
    blamed = blame(history)
    seen = [0] * len(texts[-1])
    for cause in blamed:
        for at in range(cause.start, cause.end):
            seen[at] += 1
    assert max(seen, default=0) <= 1
    kept = "".join(char for char, n in zip(texts[-1], seen, strict=True) if not n)
    assert not (set(kept) - set(texts[0]))
