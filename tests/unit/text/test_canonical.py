"""One spelling for each document, whatever comes in."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reviewtool.text.canonical import TextError, canonical
from reviewtool.text.characters import MAX_LENGTH, clean, squeeze
from reviewtool.text.document import compose, parse
from reviewtool.text.fingerprint import text_hash
from reviewtool.text.inline import (
    Scanned,
    Style,
    canonical_inline,
    escape,
    safe_href,
    scan,
    settle,
    visible,
    write,
)
from reviewtool.text.layout import layout
from tests.unit.text.strategies import hostile

STYLES = st.builds(
    Style,
    st.booleans(),
    st.booleans(),
    st.sampled_from(["", "", "http://a.fi", "https://b.fi/_x_*(y)"]).map(safe_href),
)


@settings(max_examples=125, deadline=None)
@given(hostile)
def test_canonical_is_a_fixed_point_and_parts_compose_back(text: str) -> None:
    spelt = canonical(text)
    assert canonical(spelt) == spelt
    document = parse(spelt)
    assert compose(document.title, document.points, document.body, document.sources) == spelt


@settings(max_examples=125, deadline=None)
@given(hostile)
def test_escaped_words_are_shown_as_they_are_in_every_part(words: str) -> None:
    shown = squeeze(clean(words))
    inline = escape(words)
    assert visible(inline) == shown
    lines = [line.visible for line in layout(compose("t", [inline], inline, [inline]))]
    assert lines == (["t", shown, shown, shown] if shown.strip() else ["t"])


@settings(max_examples=125, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(list("ab  *_[]()\\#->:.1é👍`&")), STYLES), max_size=12))
def test_styles_survive_spelling(chars: list[tuple[str, Style]]) -> None:
    runs = settle(Scanned("".join(c for c, _ in chars), [], [style for _, style in chars]))
    spelt = write(runs)
    assert settle(scan(spelt)) == runs
    assert canonical_inline(spelt) == spelt


@settings(max_examples=75, deadline=None)
@given(hostile)
def test_every_visible_character_is_found_at_its_position(text: str) -> None:
    spelt = canonical(text)
    for line in layout(spelt):
        for char, position in zip(line.visible, line.positions, strict=True):
            assert char == spelt[position + (spelt[position] == "\\")]
            assert line.start <= position < line.end


def test_parts_lists_boxes_and_figures_have_the_written_form() -> None:
    text = (
        "# Ohjattu *toiminta*\n::points\n* eka\n* toka\n::body\nrivi yksi\nrivi kaksi\n"
        "- a\n  3) b\n> lainaus\n>\n> toinen\n::box Sote\nsisältö\n::end\n"
        "::figure kuva1\n::alt _kuva_\n::caption Kuva\n::end\n::sources\nLähde [x](http://x.fi)"
    )
    assert canonical(text) == (
        "# Ohjattu toiminta\n\n::points\n\n- eka\n- toka\n\n::body\n\nrivi yksi rivi kaksi\n\n"
        "- a\n  1. b\n\n> lainaus\n>\n> toinen\n\n::box Sote\n\nsisältö\n\n::end\n\n"
        "::figure kuva1\n::caption Kuva\n::alt kuva\n::end\n\n::sources\n\n- Lähde [x](http://x.fi)\n"
    )


def test_a_marker_inside_the_body_of_a_form_stays_words() -> None:
    text = compose("t", [], "::sources\n\n- x", [])
    assert parse(text).sources == ()
    assert "\\::sources" in text


@pytest.mark.parametrize(
    "href", ["javascript:alert(1)", "data:text/html,x", "//evil", "/x", "http:"]
)
def test_other_schemes_lose_the_link_and_keep_the_words(href: str) -> None:
    assert parse(canonical(f"[sana]({href})")).body == "sana"


def test_two_spellings_of_an_accent_are_one_text() -> None:
    assert canonical("a\u0308") == canonical("ä")


def test_a_text_that_is_too_long_is_refused() -> None:
    with pytest.raises(TextError):
        canonical("a" * (MAX_LENGTH + 1))


def test_the_hash_tells_sections_languages_and_words_apart() -> None:
    hashes = {
        text_hash(*x)
        for x in [
            ("a", "fi", "t"),
            ("b", "fi", "t"),
            ("a", "sv", "t"),
            ("af", "i", "t"),
            ("a", "fi", "u"),
        ]
    }
    assert len(hashes) == 5
