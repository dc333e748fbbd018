"""Markdown as people write it."""

import pytest

from reviewtool.office.handbook import read_handbook
from reviewtool.office.outline import Outline
from reviewtool.office.stream import LeftoverReason


def read(text: str) -> Outline:
    return read_handbook(text.encode(), "kirja.md")


def left(outline: Outline) -> list[tuple[LeftoverReason, str]]:
    return [(one.reason, one.text) for one in outline.leftovers]


def test_setext_headings_and_trailing_marks() -> None:
    outline = read("Kirja\n=====\n\nLuku\n----\n\nSana.\n\n## Toinen ##\n\nLisää.\n")
    assert outline.title == "Kirja"
    assert [one.title for one in outline.sections] == ["Luku", "Toinen"]


def test_inline_marks_links_and_escapes() -> None:
    body = read("# L\n\n**a** *b* [c](https://kyla.example) 2\\*3 `d` <https://e.example>\n")
    assert body.sections[0].body == (
        "**a** _b_ [c](https://kyla.example) 2\\*3 d [https://e.example](https://e.example)"
    )


def test_nested_lists_and_items_of_two_paragraphs() -> None:
    outline = read("# L\n\nAlku.\n\n- A\n\n  jatkuu\n  - B\n1. C\n2. D\n")
    assert outline.sections[0].body == "Alku.\n\n- A jatkuu\n  - B\n\n1. C\n1. D"


def test_a_box_with_its_title_on_the_first_line() -> None:
    outline = read("# L\n\n> **Tiesitkö**\n> Paja on auki.\n\n> Lainaus\n> jatkuu.\n")
    assert outline.sections[0].body == (
        "::box Tiesitkö\n\nPaja on auki.\n\n::end\n\n> Lainaus jatkuu."
    )


def test_wrapped_lines_are_one_paragraph_and_typed_bullets_a_list() -> None:
    outline = read("# L\n\nYksi\nkaksi.\n\n• A\n• B\n")
    assert outline.sections[0].body == "Yksi kaksi.\n\n- A\n- B"


def test_what_a_text_cannot_hold_is_left_over() -> None:
    outline = read(
        "# L\n\nSana[^1] ![Paja](p.png) <b>x</b><!-- kesken --> [y](liite.pdf)\n\n"
        "| a | b |\n|---|---|\n| 1 | 2 |\n\n<div>lohko</div>\n\n[^1]: Viite\n    jatkuu\n"
    )
    assert outline.sections[0].body == "Sana x y"
    assert left(outline) == [
        (LeftoverReason.IMAGE, "Paja"),
        (LeftoverReason.COMMENT, "kesken"),
        (LeftoverReason.LINK, "liite.pdf"),
        (LeftoverReason.TABLE, "a | b\n1 | 2"),
        (LeftoverReason.HTML, "lohko"),
        (LeftoverReason.FOOTNOTE, "Viite jatkuu"),
    ]
    assert [one.place.number for one in outline.leftovers] == [3, 3, 3, 5, 9, 11]


def test_front_matter_names_a_title_that_the_text_does_not() -> None:
    outline = read("---\ntitle: Kirja\nauthor: Oona\n---\n\n# A\n\nx\n\n# B\n\ny\n")
    assert outline.title == "Kirja"
    assert left(outline) == [(LeftoverReason.FRONT_MATTER, "author: Oona")]
    assert outline.sections[0].place.number == 6


@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_character_sets_and_line_ends(charset: str) -> None:
    outline = read_handbook("# Käsi\r\n\r\nÄiti åker.\r\n".encode(charset), "kirja.MD")
    assert outline.sections[0].body == "Äiti åker."
    assert outline.leftovers == ()


def test_an_old_character_set_is_read_and_told() -> None:
    outline = read_handbook("# Käsi\n\nÄiti – åker.\n".encode("cp1252"), "kirja.md")
    assert outline.sections[0].body == "Äiti – åker."
    assert left(outline) == [(LeftoverReason.CHARACTER_SET, "cp1252")]
