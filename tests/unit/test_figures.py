"""Figures in texts: found, put in, moved, and when they are old."""

import pytest

from reviewtool.domain.figures import (
    changed,
    files_in,
    graphics_of,
    inline_of,
    is_old,
    place_of,
    places,
    put,
    with_files,
    year_of,
)
from reviewtool.text.blocks import Figure, Numbers
from reviewtool.text.canonical import is_canonical
from reviewtool.text.document import compose

FIGURE = Figure("kuva1", caption="Väkeä", alt="Kaksi ihmistä", date="2019")
NUMBERS = Numbers("large", (("3 066", "järjestöä"),), date="2018")
TEXT = compose("Otsikko", ["kohta"], "Yksi.\n\n## Väli\n\n- a\n- b\n\nKaksi.", ["lähde"])


def test_a_figure_is_put_after_a_block_and_never_into_a_list() -> None:
    assert places(TEXT) == [(0, ""), (1, "Yksi."), (2, "Väli"), (4, "b"), (5, "Kaksi.")]
    for number, _words in places(TEXT):
        text = put(TEXT, FIGURE, number)
        assert is_canonical(text)
        (placed,) = graphics_of(text)
        assert placed.graphic == FIGURE
        assert place_of(text, 0) == number
        assert changed(text, 0, None) == TEXT


def test_a_figure_knows_the_heading_it_stands_under() -> None:
    text = put(put(TEXT, FIGURE, 1), NUMBERS, 5)
    assert [(one.index, one.heading) for one in graphics_of(text)] == [(0, ""), (1, "Väli")]


def test_a_figure_is_moved_among_others() -> None:
    text = put(put(TEXT, FIGURE, 1), NUMBERS, 2)
    moved = changed(text, 0, FIGURE, place=2)
    assert [one.graphic for one in graphics_of(moved)] == [NUMBERS, FIGURE]
    assert is_canonical(moved)


def test_files_are_found_and_renamed_only_where_a_figure_names_them() -> None:
    text = put(compose("T", [], "Teksti ::figure kuva1 tässä.", []), FIGURE, 1)
    assert files_in([text, TEXT]) == {"kuva1"}
    renamed = with_files(text, {"kuva1": "toinen", "muu": "x"})
    assert files_in([renamed]) == {"toinen"}
    assert "Teksti ::figure kuva1 tässä." in renamed


@pytest.mark.parametrize(
    ("date", "year"),
    [("2018", 2018), ("5.2.2019", 2019), ("2017–2019", 2019), ("syksy", None), ("12018", None)],
)
def test_the_year_is_read_from_what_people_write(date: str, year: int | None) -> None:
    assert year_of(date) == year


def test_a_figure_is_old_when_its_year_is_further_back_than_the_handbook_says() -> None:
    assert [is_old(str(year), 2026, 2) for year in (2023, 2024, 2026)] == [True, False, False]
    assert not is_old("", 2026, 2)


def test_plain_words_become_a_line_whose_web_addresses_are_links() -> None:
    assert inline_of("THL *2019*, https://thl.fi/x_y.") == (
        r"THL \*2019\*, [https://thl.fi/x\_y](https://thl.fi/x_y)."
    )
    assert inline_of("1. kuva") == "1. kuva"
    assert inline_of("") == ""


def test_untouched_words_keep_their_looks() -> None:
    before = "**THL** [raportti](https://thl.fi)"
    assert inline_of("THL raportti", before) == before
    assert inline_of("THL raportit", before) == "THL raportit"
