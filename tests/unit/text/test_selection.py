"""From a selection in a browser to the text and back; selectors written and read."""

import html as html_module
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reviewtool.text.anchors import passage_at
from reviewtool.text.canonical import canonical
from reviewtool.text.document import compose
from reviewtool.text.errors import TextError
from reviewtool.text.html import to_html
from reviewtool.text.layout import layout
from reviewtool.text.selection import Point, passage_of, points_of
from reviewtool.text.selectors import read_selectors, write_selectors
from tests.unit.text.strategies import FIGURES, documents, hostile


def utf16(words: str) -> int:
    return len(words.encode("utf-16-le")) // 2


@settings(max_examples=75, deadline=None)
@given(documents | hostile.map(canonical), st.data())
def test_every_selection_comes_back_as_it_was_made(text: str, data: st.DataObject) -> None:
    lines = [line for line in layout(text) if line.visible]
    if not lines:
        return
    first, last = sorted(
        data.draw(st.tuples(*[st.integers(0, len(lines) - 1)] * 2)),
    )
    a = data.draw(st.integers(0, len(lines[first].visible) - 1))
    b = data.draw(st.integers(a + 1 if first == last else 1, len(lines[last].visible)))
    shown = "\n".join(line.visible for line in lines[first : last + 1])
    cut = len(lines[last].visible) - b
    selected = shown[a : len(shown) - cut]
    start = Point(lines[first].number, utf16(lines[first].visible[:a]))
    end = Point(lines[last].number, utf16(lines[last].visible[:b]))
    passage = passage_of(text, start, end)
    assert passage.quote.split() == selected.split()
    assert passage_of(text, end, start) == passage
    if passage.quote.strip():
        assert passage_of(text, *points_of(text, passage.start, passage.end)) == passage


@settings(max_examples=50, deadline=None)
@given(documents | hostile.map(canonical))
def test_the_page_shows_exactly_the_words_that_offsets_count(text: str) -> None:
    page = to_html(text, figures=FIGURES)
    for line in layout(text):
        if line.kind.value in ("figure", "numbers", "alt") or (
            line.kind.value == "box" and not line.visible
        ):
            continue
        found = re.search(rf'<(\w+)[^>]*id="p{line.number}"[^>]*>(.*?)</\1>', page, re.DOTALL)
        assert found is not None
        shown = html_module.unescape(re.sub(r"<[^>]+>", "", found[2]))
        assert shown == line.visible


def test_an_emoji_before_the_selection_counts_two_units() -> None:
    text = compose("t", [], "👍🏽 hyvä *juttu* 👍 loppu", [])
    line = next(line for line in layout(text) if line.part == "body")
    at = utf16(line.visible[: line.visible.index("juttu")])
    passage = passage_of(text, Point(line.number, at), Point(line.number, at + 5))
    assert passage.quote == "juttu"
    assert text[passage.start : passage.end] == "juttu"


def test_a_selection_ends_before_the_marks_that_follow_it() -> None:
    text = compose("t", [], "sana **vahva** \\[x\\]", [])
    line = next(line for line in layout(text) if line.part == "body")
    passage = passage_of(text, Point(line.number, 5), Point(line.number, 14))
    assert text[passage.start : passage.end] == "vahva** \\[x\\]"
    assert passage.quote == "vahva [x]"


def test_an_unknown_line_is_refused() -> None:
    with pytest.raises(TextError):
        passage_of(compose("t", [], "a", []), Point(99, 0), Point(99, 1))


@settings(max_examples=50, deadline=None)
@given(documents, st.data())
def test_selectors_are_read_as_they_were_written(text: str, data: st.DataObject) -> None:
    start, end = sorted(data.draw(st.tuples(*[st.integers(0, len(text))] * 2)))
    passage = passage_at(text, start, end)
    assert read_selectors(text, write_selectors(passage)) == passage


def test_a_quote_alone_is_found_by_its_context() -> None:
    text = compose("t", [], "sana ensin ja sana sitten", [])
    selectors = [{"type": "TextQuoteSelector", "exact": "sana", "prefix": "ja ", "suffix": " sit"}]
    assert text[: read_selectors(text, selectors).start].endswith("ja ")
    with pytest.raises(TextError):
        read_selectors(text, [{"type": "TextQuoteSelector", "exact": "sana"}])
    with pytest.raises(TextError):
        read_selectors(text, [])
