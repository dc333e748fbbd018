"""Plain words in the place of a passage: whose look they take, which paragraphs they make."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reviewtool.text.canonical import canonical
from reviewtool.text.document import compose, parse
from reviewtool.text.errors import TextError
from reviewtool.text.layout import layout, visible_words
from reviewtool.text.replacing import FIXED, propose
from tests.unit.text.strategies import documents

BASE = compose("Otsikko", ["ydin"], "Ensimmäinen kappale kertoo toiminnasta.\n\nToinen.", ["lähde"])
RICH = compose(
    "Otsikko",
    ("Eka kohta", "Toka **ydin**kohta"),
    """Ohjaajina toimivat **koulutetut vapaaehtoiset**, joita [opas](https://a.fi) tukee.

Toinen kappale 😀.

## Väliotsikko

- yksi
  - sisempi
- kaksi

> Lainaus

::figure kuva1
::caption Kuvan teksti
::end

Kolmas kappale.""",
    ("Lähde 1", "Lähde 2"),
)


def changed(first: str, last: str, words: str) -> str:
    """Propose words from where the first stands to the end of the last."""
    return propose(RICH, RICH.index(first), RICH.index(last) + len(last), words)


def differs(text: str) -> tuple[list[str], list[str]]:
    """List the lines that went, and those that came."""
    old, new = RICH.split("\n"), text.split("\n")
    return [o for o in old if o and o not in new], [n for n in new if n and n not in old]


def test_inserted_words_are_shown_and_never_markup() -> None:
    start = BASE.index("kertoo")
    text = propose(BASE, start, start + 6, "**kertoo** [x](http://a.fi)\n\n::sources\n\n- a")
    assert parse(text).sources == ("lähde",)
    assert "\\*\\*kertoo\\*\\*" in text
    with pytest.raises(TextError):
        propose("a", 1, 9, "x")


@settings(max_examples=50, deadline=None)
@given(documents, st.data(), st.text(max_size=30))
def test_a_suggestion_is_always_canonical(text: str, data: st.DataObject, words: str) -> None:
    start, end = sorted(data.draw(st.tuples(*[st.integers(0, len(text))] * 2)))
    proposed = propose(text, start, end, words)
    assert canonical(proposed) == proposed


def test_new_paragraphs_and_items_stand_after_the_one_that_ends_there() -> None:
    text = canonical("# T\n\n::points\n\n- yksi\n- kaksi\n\n::body\n\nEka.\n\n- a\n  - b\n\nToka.")
    assert "- yksi\n- uusi\n- kaksi" in propose(text, *[text.index("yksi") + 4] * 2, "uusi")
    assert "Eka.\n\nx\n\n\\- y\n\n- a" in propose(text, *[text.index("Eka.") + 4] * 2, "x\n\n- y")
    assert "- a\n  - b\n  - c" in propose(text, *[text.index("- b") + 3] * 2, "c")
    assert propose(text, *[text.index("Eka.") + 4] * 2, " ") == text


@pytest.mark.parametrize(
    ("first", "last", "words", "line"),
    [
        (
            "koulutetut",
            "joita",
            "koulutetut vapaaehtoiset, joille",
            "Ohjaajina toimivat **koulutetut vapaaehtoiset**, joille [opas](https://a.fi) tukee.",
        ),
        (
            "toimivat",
            "koulutetut",
            "ovat osaavat",
            "Ohjaajina ovat osaavat **vapaaehtoiset**, joita [opas](https://a.fi) tukee.",
        ),
        (
            "vapaaehtoiset",
            "opas",
            "ihmiset, joita kirja",
            "Ohjaajina toimivat **koulutetut ihmiset**, joita [kirja](https://a.fi) tukee.",
        ),
        ("koulutetut", "opas", "", "Ohjaajina toimivat tukee."),
    ],
)
def test_a_passage_that_begins_or_ends_in_bold_or_a_link_leaves_no_marks(
    first: str, last: str, words: str, line: str
) -> None:
    assert differs(changed(first, last, words))[1] == [line]


def test_each_paragraph_keeps_what_it_is() -> None:
    same_many = changed("Toka", "ydin**kohta", "x")
    assert differs(same_many) == (["- Toka **ydin**kohta"], ["- x"])
    lists = changed("yksi", "kaksi", "1 a\n\n2 b\n\n3 c")
    assert "- 1 a\n  - 2 b\n- 3 c\n" in lists
    fewer = changed("yksi", "kaksi", "yksi ja sisempi\n\nkaksi")
    assert "- yksi ja sisempi\n- kaksi\n" in fewer
    more = changed("Eka", "kohta", "Eka\n\nuusi kohta")
    assert parse(more).points == ("Eka", "uusi kohta", "Toka **ydin**kohta")
    mixed = changed("kappale 😀", "yksi", "asia 😀.\n\nVäliotsikko\n\nLisää asiaa.\n\nyksi")
    assert "Toinen asia 😀.\n\n## Väliotsikko\n\nLisää asiaa.\n\n- yksi\n  - sisempi" in mixed
    without = changed("Väliotsikko", "yksi", "yksi")
    assert "😀.\n\n- yksi\n  - sisempi" in without
    gone = changed("yksi", "kaksi", "")
    assert differs(gone) == (["- yksi", "  - sisempi", "- kaksi"], [])
    quoted = changed("Lainaus", "Lainaus", "Yksi\n\nKaksi")
    assert "> Yksi\n>\n> Kaksi\n" in quoted
    one_line = changed("Otsikko", "Otsikko", "Uusi\n\notsikko")
    assert one_line.startswith("# Uusi otsikko\n")


@settings(max_examples=100, deadline=None)
@given(documents, st.data())
def test_words_as_they_stand_change_nothing_and_others_only_the_passage(
    text: str, data: st.DataObject
) -> None:
    lines = [line for line in layout(text) if line.visible and line.kind not in FIXED]
    if not lines:
        return
    line = data.draw(st.sampled_from(lines))
    a = data.draw(st.integers(0, len(line.visible) - 1))
    b = data.draw(st.integers(a + 1, len(line.visible)))
    start = line.positions[a]
    end = line.positions[b] if b < len(line.positions) else line.end
    quote = visible_words(text, start, end)
    if not quote.strip():
        return
    assert propose(text, start, end, quote) == text
    proposed = layout(propose(text, start, end, "Xyz"))
    new = quote.replace(quote.strip(), "Xyz")
    shown = " ".join("".join([line.visible[:a], new, line.visible[b:]]).split())
    assert " ".join(proposed[line.number].visible.split()) == shown
    assert [one.visible for one in proposed if one.number != line.number] == [
        one.visible for one in layout(text) if one.number != line.number
    ]


@settings(max_examples=50, deadline=None)
@given(documents, st.data())
def test_several_paragraphs_as_they_stand_change_nothing(text: str, data: st.DataObject) -> None:
    lines = [line for line in layout(text) if line.visible and line.kind not in FIXED]
    if not lines:
        return
    first, last = sorted(data.draw(st.tuples(*[st.integers(0, len(lines) - 1)] * 2)))
    between = layout(text)[lines[first].number : lines[last].number + 1]
    if any(line.kind in FIXED for line in between):
        return
    words = "\n\n".join(line.visible for line in between)
    assert propose(text, lines[first].start, lines[last].end, words) == text
