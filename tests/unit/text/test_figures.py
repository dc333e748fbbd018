"""Figures and number graphics: their grammar, how they are shown, compared and merged."""

import re

import pytest

from reviewtool.text.canonical import canonical
from reviewtool.text.changes import items
from reviewtool.text.compare_html import Labels, side_by_side, unified
from reviewtool.text.diff import Kind, compare
from reviewtool.text.document import compose, parse
from reviewtool.text.html import Figures, Picture, body_html, from_html, to_html, to_plain
from reviewtool.text.layout import Kind as LineKind
from reviewtool.text.measures import measure
from reviewtool.text.merge import merge
from reviewtool.text.statistics import Weight, statistics

PICTURE = "::figure {}\n::caption Väkeä\n::alt Kaksi ihmistä\n::date 2019\n::source Oma\n::end"
NUMBERS = (
    "::numbers bars\n::value 3 066\n::label järjestöä\n::value 120\n::label kuntaa\n"
    "::caption Järjestöjä\n::date 2018\n::source Rekisteri\n::end"
)
FIGURES = Figures(
    {name: Picture(f"/{name}", 1600, 900, f"/{name}/s", 640) for name in ("old1", "new2")},
    date="Tilanne",
    source="Lähde:",
    replaced="Kuva ennen",
    replacing="Kuva nyt",
)


def text_of(*blocks: str) -> str:
    return compose("Otsikko", [], "\n\n".join(blocks), [])


def test_a_number_graphic_has_one_spelling() -> None:
    loose = (
        "::numbers bars\n::source Rekisteri\n::value **3 066**\n::label _järjestöä_\n"
        "::value  120\n::label kuntaa\n::date 2018\n::caption Järjestöjä\n\nPerässä."
    )
    assert parse(canonical(loose)).body == f"{NUMBERS}\n\nPerässä."


@pytest.mark.parametrize("words", ["::numbers pie", "::numbers", "::value 3", "::label a"])
def test_what_is_no_number_graphic_stays_words(words: str) -> None:
    assert parse(canonical(f"::body\n{words}")).body == f"\\{words}"


def test_a_text_written_before_number_graphics_is_spelt_as_it_was() -> None:
    before = text_of("Kappale.", "\\::numbers bars", PICTURE.format("old1"))
    assert canonical(before) == before
    assert "\\::numbers bars" in before


def test_rows_without_a_value_or_a_label_are_kept_and_empty_ones_go() -> None:
    body = "::numbers large\n::value\n::label vain sanat\n::value 7\n::value 8\n::label\n::end"
    spelt = parse(canonical(f"::body\n{body}")).body
    assert spelt == "::numbers large\n::label vain sanat\n::value 7\n::value 8\n::end"
    assert from_html(body_html(spelt)) == spelt


def test_a_picture_is_shown_with_its_size_and_words_in_the_readers_language() -> None:
    html = to_html(text_of(PICTURE.format("old1")), figures=FIGURES)
    assert 'src="/old1" srcset="/old1/s 640w, /old1 1600w"' in html
    assert 'width="1600" height="900" alt="Kaksi ihmistä"' in html
    assert re.search(r"<span data-aside>Tilanne </span><span[^>]*>2019</span>", html)
    assert re.search(r"<span data-aside>Lähde: </span><span[^>]*>Oma</span>", html)
    assert "figure-alt" not in html


def test_a_picture_that_is_not_known_is_told_in_words() -> None:
    html = to_html(text_of(PICTURE.format("lost")), figures=FIGURES)
    assert "<img" not in html
    assert re.search(r'class="figure-alt"[^>]*>Kaksi ihmistä<', html)


def test_bars_are_a_table_of_their_numbers() -> None:
    html = to_html(text_of(NUMBERS), figures=FIGURES)
    rows = re.findall(
        r'<th scope="row"><span[^>]*>(.*?)</span></th><td><span[^>]*>(.*?)</span>', html
    )
    assert rows == [("järjestöä", "3 066"), ("kuntaa", "120")]
    assert re.findall(r'rect width="([\d.]+)"', html) == ["100.00", "3.91"]
    assert html.count('aria-hidden="true"') == 2


@pytest.mark.parametrize("change", [("bars", "large"), ("3 066", "paljon"), ("120", "-120")])
def test_what_cannot_be_drawn_as_bars_is_shown_in_large_figures(change: tuple[str, str]) -> None:
    html = to_html(text_of(NUMBERS.replace(*change)), figures=FIGURES)
    assert '<ul class="number-list">' in html
    assert "<svg" not in html


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("3 066", 3066), ("3\u00a0066", 3066), ("12,5 %", 12.5), ("noin 40 €", 40),
        ("1.5 milj.", 1.5),
        ("", None), ("monta", None), ("-4", None), ("2–3", None), ("1/3", None),
    ],
)  # fmt: skip
def test_numbers_are_read_as_people_write_them(words: str, number: float | None) -> None:
    assert measure(words) == number


def test_a_picture_that_changed_is_told_and_shown_beside_the_one_before() -> None:
    old, new = text_of(PICTURE.format("old1")), text_of(PICTURE.format("new2"))
    compared = compare(old, new)
    (item,) = items(compared)
    assert (item.kind, item.place.kind) == (Kind.PICTURE, LineKind.FIGURE)
    figures = statistics(compared)
    assert (figures.added, figures.removed) == (0, 0)
    assert figures.proposal is Weight.SUBSTANTIVE
    html = unified(compared, Labels(), figures=FIGURES)
    assert (
        html.index("Kuva ennen")
        < html.index("/old1")
        < html.index("Kuva nyt")
        < html.index("/new2")
    )
    assert 'data-change="changed"' in html
    assert "kuva vaihtui" in side_by_side(compared, Labels(picture_changed="kuva vaihtui"))


def test_a_figure_that_came_or_went_is_told() -> None:
    without, with_it = text_of("Yksi."), text_of("Yksi.", PICTURE.format("old1"))
    came = [item for item in items(compare(without, with_it)) if item.kind is Kind.PICTURE]
    went = [item for item in items(compare(with_it, without)) if item.kind is Kind.PICTURE]
    assert [(item.old, item.new) for item in came] == [("", "old1")]
    assert [(item.old, item.new) for item in went] == [("old1", "")]


def test_a_number_that_changed_is_told_by_its_place() -> None:
    (item,) = items(compare(text_of(NUMBERS), text_of(NUMBERS.replace("3 066", "3 100"))))
    assert (item.place.kind, item.place.ordinal) == (LineKind.VALUE, 1)
    assert (item.old, item.new) == ("066", "100") or (item.old, item.new) == ("3 066", "3 100")


def test_figures_merge_as_blocks_beside_other_edits() -> None:
    base = text_of("Ensimmäinen kappale on tässä.", "Toinen kappale on tässä.", NUMBERS)
    with_picture = base.replace("\n\nToinen", f"\n\n{PICTURE.format('old1')}\n\nToinen")
    edited = base.replace("3 066", "3 100").replace("Toinen kappale", "Toinen pitkä kappale")
    merged = merge(base, with_picture, {"b": edited}).text
    assert merged == with_picture.replace("3 066", "3 100").replace("Toinen", "Toinen pitkä")


def test_a_figure_removed_by_one_and_edited_by_another_is_a_conflict() -> None:
    base = text_of("Yksi kappale.", PICTURE.format("old1"), "Toinen kappale.")
    removed = text_of("Yksi kappale.", "Toinen kappale.")
    assert merge(base, removed, {"b": base.replace("Väkeä", "Paljon väkeä")}).text is None


def test_mail_says_a_number_with_its_words() -> None:
    assert "3 066 järjestöä\n\n120 kuntaa" in to_plain(text_of(NUMBERS))
