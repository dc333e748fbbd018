"""Comparisons as HTML: both texts complete, announced, never by colour alone."""

import re
from html import unescape

from hypothesis import given, settings

from reviewtool.text.compare_html import Labels, side_by_side, unified
from reviewtool.text.compare_lines import rows
from reviewtool.text.diff import Op, compare
from reviewtool.text.document import compose
from reviewtool.text.layout import layout
from tests.unit.text.strategies import pairs
from tests.unit.text.test_html import balanced

LABELS = Labels("lisätty:", "poistettu:", "siirretty pois:", "siirretty tähän:", "muotoilu:")


def words(lines: list[str]) -> list[str]:
    return sorted(word for line in lines for word in line.split())


@settings(max_examples=75, deadline=None)
@given(pairs)
def test_the_rows_hold_every_visible_word_of_both_texts(texts: tuple[str, str]) -> None:
    woven = rows(compare(*texts))
    for index, op in ((0, Op.INSERT), (1, Op.DELETE)):
        shown = ["".join(p.words for p in row.unified if p.op is not op) for row in woven]
        there = [line.visible for line in layout(texts[index])]
        assert sorted("".join(shown).replace(" ", "")) == sorted("".join(there).replace(" ", ""))
    right = ["".join(p.words for p in row.right) for row in woven if row.new is not None]
    assert right == [line.visible for line in layout(texts[1])]
    left = "".join(p.words for row in woven for p in row.left)
    assert sorted(left) == sorted("".join(line.visible for line in layout(texts[0])))


@settings(max_examples=40, deadline=None)
@given(pairs)
def test_both_forms_are_well_formed(texts: tuple[str, str]) -> None:
    comparison = compare(*texts)
    balanced(unified(comparison, LABELS))
    balanced(side_by_side(comparison, LABELS))


def test_changes_are_elements_with_words_for_screen_readers() -> None:
    old = compose("Otsikko", ["eka"], "Yksi kaksi kolme", [])
    new = compose("Otsikko", ["eka"], "Yksi neljä kolme", [])
    page = unified(compare(old, new), LABELS)
    assert '<del><span class="visually-hidden">poistettu: </span>kaksi</del>' in page
    assert '<ins><span class="visually-hidden">lisätty: </span>neljä</ins>' in page
    shown = unescape(re.sub(r"<del>.*?</del>|<span class=\"v.*?</span>|<[^>]+>", "", page))
    assert shown.split() == ["Otsikko", "eka", "Yksi", "neljä", "kolme"]


def test_a_removed_paragraph_stands_where_it_was() -> None:
    old = compose("t", [], "Alku on tässä.\n\nKeskikohta poistuu kokonaan.\n\nLoppu on tässä.", [])
    new = compose("t", [], "Alku on tässä.\n\nLoppu on tässä.", [])
    page = unified(compare(old, new))
    assert page.index("Alku") < page.index("Keskikohta") < page.index("Loppu")
    assert '<p data-change="deleted"><del>Keskikohta poistuu kokonaan.</del></p>' in page


def test_a_moved_paragraph_is_marked_at_both_places() -> None:
    blocks = [
        f"Kappale numero {n} kertoo omasta asiastaan {n}." for n in ("yksi", "kaksi", "kolme")
    ]
    old = compose("t", [], "\n\n".join(blocks), [])
    new = compose("t", [], "\n\n".join([blocks[2], *blocks[:2]]), [])
    page = unified(compare(old, new), LABELS)
    assert page.count('data-move="0"') == 2
    assert "siirretty pois: " in page
    assert "siirretty tähän: " in page


def test_what_was_edited_in_a_moved_paragraph_is_an_insertion_inside_it() -> None:
    blocks = [
        f"Kappale numero {n} kertoo omasta asiastaan {n}." for n in ("yksi", "kaksi", "kolme")
    ]
    old = compose("t", [], "\n\n".join(blocks), [])
    edited = blocks[2].replace("omasta", "tärkeästä")
    new = compose("t", [], "\n\n".join([edited, *blocks[:2]]), [])
    page = unified(compare(old, new), Labels(inserted="lisätty:"))
    assert '<ins><span class="visually-hidden">lisätty: </span>tärkeästä</ins>' in page
    assert 'data-change="moved-to"' in page
    assert 'data-change="moved-from"' in page
