"""A handbook gives the same outline from Word and from Markdown, whatever shape it came in."""

import os
import re
from collections import Counter
from pathlib import Path

import docx
import pytest

from reviewtool.office.handbook import read_handbook
from reviewtool.office.outline import Outline, SectionOutline, outline_to_json
from reviewtool.office.stream import LeftoverReason
from reviewtool.text.canonical import is_canonical
from tests.unit.office.samples import SampleBlock, as_markdown, as_word, saved, words_in

REAL = "handbook-areas-1-2"
ACTIVITY: list[SampleBlock] = [
    ("bullet", "Rohkaisee lähtemään"),
    ("bullet", "Ei vaadi lähetettä"),
    ("text", "Pyöräpaja kokoontuu torstaisin."),
    ("heading", 3, "Lähteenä käytetty"),
    ("text", "Pyöräpajan vuosikertomus 2019."),
]


def read_both(blocks: list[SampleBlock]) -> Outline:
    """The outline of the blocks, asserted to be the same from both formats."""
    word = read_handbook(as_word(blocks), "kirja.docx")
    markdown = read_handbook(as_markdown(blocks), "kirja.md")
    assert word == markdown
    assert all(is_canonical(section.text) for section in word.sections)
    return word


def shape(outline: Outline) -> list[tuple[str, str]]:
    return [(section.kind, section.title) for section in outline.sections]


def section(outline: Outline, title: str) -> SectionOutline:
    return next(one for one in outline.sections if one.title == title)


def test_chapters_areas_activities_and_stories_are_told_apart() -> None:
    outline = read_both(
        [
            ("title", "Naapuruston kirja"),
            ("heading", 1, "Alkusanat"),
            ("text", "Kirja syntyi yhdessä."),
            ("box", "Naapuriapu", "Apua ilman hintaa."),
            ("heading", 1, "Liikkeelle"),
            ("text", "Liikkuminen yhdistää."),
            ("heading", 2, "Pyöräpaja"),
            *ACTIVITY,
            ("heading", 2, "Henkilötarina: Pyöräilijä Oona"),
            ("text", "Oona muutti kylään."),
            ("heading", 3, "Pyöräpaja"),
            ("text", "Siellä hän oppi korjaamaan."),
            ("heading", 1, "Lopuksi"),
            ("text", "Kiitos lukijalle."),
        ]
    )
    assert outline.title == "Naapuruston kirja"
    assert shape(outline) == [
        ("chapter", "Alkusanat"),
        ("area", "Liikkeelle"),
        ("activity", "Pyöräpaja"),
        ("story", "Henkilötarina: Pyöräilijä Oona"),
        ("chapter", "Lopuksi"),
    ]
    assert [one.parent for one in outline.sections] == [None, None, 1, 1, None]
    activity = outline.sections[2]
    assert activity.points == ("Rohkaisee lähtemään", "Ei vaadi lähetettä")
    assert activity.body == "Pyöräpaja kokoontuu torstaisin."
    assert activity.sources == ("Pyöräpajan vuosikertomus 2019.",)
    assert activity.sources_heading == "Lähteenä käytetty"
    assert outline.sections[3].body == (
        "Oona muutti kylään.\n\n## Pyöräpaja\n\nSiellä hän oppi korjaamaan."
    )
    assert outline.sections[0].body.endswith("::box Naapuriapu\n\nApua ilman hintaa.\n\n::end")
    assert outline.leftovers == ()


def test_the_places_name_the_line_and_the_paragraph() -> None:
    blocks: list[SampleBlock] = [("title", "Kirja"), ("heading", 1, "Luku"), ("text", "Sana.")]
    word = read_handbook(as_word(blocks), "kirja.docx").sections[0].place
    markdown = read_handbook(as_markdown(blocks), "kirja.md").sections[0].place
    assert (word.unit, word.number) == ("paragraph", 2)
    assert (markdown.unit, markdown.number) == ("line", 4)


def test_activities_without_key_points_and_without_sources() -> None:
    outline = read_both(
        [
            ("title", "Kirja"),
            ("heading", 1, "Liikkeelle"),
            ("text", "Johdatus."),
            ("heading", 2, "Pyöräpaja"),
            *ACTIVITY,
            ("heading", 2, "Kävelyseura"),
            ("text", "Kävellään yhdessä."),
        ]
    )
    assert shape(outline)[1:] == [("activity", "Pyöräpaja"), ("activity", "Kävelyseura")]
    assert outline.sections[2].points == outline.sections[2].sources == ()


def test_headings_beside_a_story_are_activities_even_without_key_points() -> None:
    outline = read_both(
        [
            *(("title", "Kirja"), ("heading", 1, "Alkusanat"), ("heading", 2, "Kenelle")),
            *(("text", "Kaikille."), ("heading", 1, "Liikkeelle"), ("text", "Johdatus.")),
            *(("heading", 2, "Kävelyseura"), ("text", "Kävellään yhdessä.")),
            *(("heading", 2, "Henkilötarina: Oona"), ("text", "Oona muutti.")),
        ]
    )
    assert shape(outline) == [
        ("chapter", "Alkusanat"),
        ("area", "Liikkeelle"),
        ("activity", "Kävelyseura"),
        ("story", "Henkilötarina: Oona"),
    ]


def test_a_chapter_may_have_inner_headings_lists_and_sources() -> None:
    outline = read_both(
        [
            ("title", "Kirja"),
            ("heading", 1, "Näin kirja tehtiin"),
            ("text", "Ensin koottiin."),
            ("heading", 2, "Työpajat"),
            ("text", "Kolme iltaa."),
            ("bullet", "Espoossa"),
            ("bullet", "Hangossa"),
            ("heading", 2, "Lähteet"),
            ("bullet", "Muistio"),
            ("heading", 1, "Liikkeelle"),
            ("text", "Johdatus."),
            ("heading", 2, "Pyöräpaja"),
            *ACTIVITY,
        ]
    )
    chapter = outline.sections[0]
    assert chapter.kind == "chapter"
    assert (
        chapter.body == "Ensin koottiin.\n\n## Työpajat\n\nKolme iltaa.\n\n- Espoossa\n- Hangossa"
    )
    assert chapter.sources == ("Muistio",)


@pytest.mark.parametrize(
    "name",
    ["Lähteet:", "4.2 Lähteenä käytetty", "Källor", "Sources", "Käytetyt lähteet", "LÄHTEET"],
)
def test_sources_are_known_by_their_heading(name: str) -> None:
    blocks = [*ACTIVITY[:3], ("heading", 3, name), ("bullet", "Yksi"), ("bullet", "Kaksi")]
    outline = read_both([("title", "K"), ("heading", 1, "A"), ("heading", 2, "B"), *blocks])
    assert outline.sections[1].sources == ("Yksi", "Kaksi")
    assert outline.sections[1].sources_heading == name


def test_sources_under_a_bold_or_plain_line() -> None:
    for block in (("bold", "Lähteet"), ("text", "Lähteet:")):
        blocks = [*ACTIVITY[:3], block, ("text", "Muistio.")]
        outline = read_both([("title", "K"), ("heading", 1, "A"), ("heading", 2, "B"), *blocks])
        assert outline.sections[1].sources == ("Muistio.",)
        assert outline.sections[1].body == "Pyöräpaja kokoontuu torstaisin."


def test_sources_in_the_last_paragraph_itself() -> None:
    blocks = [*ACTIVITY[:3], ("text", "Lähteet: Muistio ja kirje.")]
    outline = read_both([("title", "K"), ("heading", 1, "A"), ("heading", 2, "B"), *blocks])
    assert outline.sections[1].sources == ("Muistio ja kirje.",)


def test_a_sources_heading_as_high_as_the_activities_belongs_to_the_one_before() -> None:
    activity = [*ACTIVITY[:3], ("heading", 2, "Lähteet"), ("text", "Muistio.")]
    outline = read_both(
        [
            ("title", "K"),
            ("heading", 1, "A"),
            ("heading", 2, "B"),
            *activity,
            ("heading", 2, "C"),
            *activity,
            ("heading", 2, "Lähteet"),
            ("text", "Alueen kirje."),
        ]
    )
    assert [one.sources for one in outline.sections] == [
        ("Alueen kirje.",),
        ("Muistio.",),
        ("Muistio.",),
    ]


def test_named_areas_and_numbered_headings_keep_their_words() -> None:
    outline = read_both(
        [
            ("title", "Kirja"),
            ("heading", 1, "Osa-alue 1: Liikkeelle"),
            ("text", "Johdatus."),
            ("heading", 2, "1.1 Pyöräpaja:"),
            ("text", "Ilman ydinkohtia."),
            ("heading", 1, "2. Henkilötarina: Oona"),
            ("text", "Oona muutti."),
        ]
    )
    assert shape(outline) == [
        ("area", "Osa-alue 1: Liikkeelle"),
        ("activity", "1.1 Pyöräpaja:"),
        ("story", "2. Henkilötarina: Oona"),
    ]
    assert outline.sections[2].parent is None


def test_boxes_and_plain_quotes_within_an_activity() -> None:
    outline = read_both(
        [
            ("title", "K"),
            ("heading", 1, "A"),
            ("heading", 2, "B"),
            ("box", "Tiesitkö", "Paja on auki."),
            *ACTIVITY[:3],
            ("quote", "Sain ystävän."),
            *ACTIVITY[3:],
        ]
    )
    activity = outline.sections[1]
    assert len(activity.points) == 2
    assert activity.body.startswith("::box Tiesitkö\n\nPaja on auki.\n\n::end")
    assert activity.body.endswith("> Sain ystävän.")


def test_short_bold_paragraphs_are_inner_headings() -> None:
    outline = read_both(
        [
            ("title", "K"),
            ("heading", 1, "A"),
            ("heading", 2, "B"),
            *ACTIVITY[:3],
            ("bold", "Kuka tulee mukaan"),
            ("text", "Kuka vain."),
            ("bold", "Kaikki tervetulleita."),
        ]
    )
    assert outline.sections[1].body.split("\n\n")[1:] == [
        "## Kuka tulee mukaan",
        "Kuka vain.",
        "**Kaikki tervetulleita.**",
    ]


def test_a_file_with_bold_lines_for_headings() -> None:
    outline = read_both(
        [
            ("bold", "Alkusanat"),
            ("text", "Kirja syntyi."),
            ("bold", "Pyöräpaja"),
            *ACTIVITY[:3],
            ("bold", "Lähteet"),
            ("text", "Muistio."),
        ]
    )
    assert shape(outline) == [("chapter", "Alkusanat"), ("activity", "Pyöräpaja")]
    assert outline.sections[1].sources == ("Muistio.",)


def test_stories_under_a_chapter_of_stories_and_in_a_box() -> None:
    outline = read_both(
        [
            ("title", "Kirja"),
            ("heading", 1, "Henkilötarinat"),
            ("heading", 2, "Oona"),
            ("text", "Oona muutti."),
            ("heading", 3, "Pyöräpaja"),
            ("text", "Hän oppi."),
            ("box", "Personberättelse: Kalle", "Kalle cyklar."),
        ]
    )
    assert shape(outline) == [
        ("chapter", "Henkilötarinat"),
        ("story", "Oona"),
        ("story", "Personberättelse: Kalle"),
    ]
    assert outline.sections[1].body == "Oona muutti.\n\n## Pyöräpaja\n\nHän oppi."


def test_a_bold_line_at_the_very_start_is_the_title() -> None:
    outline = read_both(
        [("bold", "Kirja"), ("heading", 1, "Luku"), ("text", "Sana."), ("heading", 1, "Toinen")]
    )
    assert (outline.title, outline.leftovers) == ("Kirja", ())


def test_text_before_the_first_section_is_left_over() -> None:
    outline = read_both(
        [("title", "Kirja"), ("text", "Toinen painos."), ("heading", 1, "Luku"), ("text", "Sana.")]
    )
    assert [(left.text, left.reason) for left in outline.leftovers] == [
        ("Toinen painos.", LeftoverReason.BEFORE_FIRST_SECTION)
    ]


@pytest.mark.parametrize("top", [1, 2, 3])
def test_heading_levels_are_relative(top: int) -> None:
    marks = "#" * top
    text = (
        f"{marks} Alkusanat\n\nKirja.\n\n{marks} Liikkeelle\n\nJohdatus.\n\n"
        f"{marks}# Pyöräpaja\n\n- Yksi\n- Kaksi\n\nTeksti.\n\n{marks}## Lähteet\n\n- Muistio\n"
    )
    outline = read_handbook(text.encode(), "kirja.md")
    assert outline.title == ""
    assert shape(outline) == [
        ("chapter", "Alkusanat"),
        ("area", "Liikkeelle"),
        ("activity", "Pyöräpaja"),
    ]
    assert outline.sections[2].sources == ("Muistio",)


def test_one_area_alone_is_an_area_and_no_title() -> None:
    text = "# Liikkeelle\n\nJohdatus.\n\n## Pyöräpaja\n\n- Yksi\n- Kaksi\n\nTeksti.\n"
    outline = read_handbook(text.encode(), "kirja.md")
    assert (outline.title, shape(outline)[0]) == ("", ("area", "Liikkeelle"))


def test_key_points_set_in_a_box() -> None:
    document = docx.Document()
    for level, words in ((1, "Alue"), (2, "Paja")):
        document.add_heading(words, level)
    cell = document.add_table(rows=1, cols=1).cell(0, 0)
    cell.paragraphs[0].text, cell.paragraphs[0].style = "Yksi", "List Bullet"
    cell.add_paragraph("Kaksi", style="List Bullet")
    document.add_paragraph("Teksti.")
    area, activity = read_handbook(saved(document), "kirja.docx").sections
    assert (area.kind, activity.points, activity.body) == ("area", ("Yksi", "Kaksi"), "Teksti.")


def test_key_points_under_a_heading_that_says_so() -> None:
    text = (
        "# Kirja\n\n## Alue\n\n### Paja\n\n#### Ydinkohdat\n\n- Yksi\n- Kaksi\n\n"
        "#### Kuvaus\n\nTeksti.\n\n#### Lähteet\n\nMuistio.\n"
    )
    activity = read_handbook(text.encode(), "kirja.md").sections[1]
    assert activity.points == ("Yksi", "Kaksi")
    assert activity.points_heading == "Ydinkohdat"
    assert activity.body == "## Kuvaus\n\nTeksti."


def test_the_json_tells_what_was_understood() -> None:
    outline = read_both(
        [("title", "K"), ("heading", 1, "A"), ("text", "J."), ("heading", 2, "B"), *ACTIVITY]
    )
    told = outline_to_json(outline)
    assert told["counts"] == {"chapter": 0, "area": 1, "activity": 1, "story": 0}
    assert told["areas"] == [{"title": "A", "sections": ["B"]}]
    assert told["sections"][1]["key_points"] == ["Rohkaisee lähtemään", "Ei vaadi lähetettä"]
    assert told["sections"][1]["paragraphs"] == ["Pyöräpaja kokoontuu torstaisin."]
    assert told["sections"][1]["area"] == "A"


def _real(ending: str) -> bytes:
    root = Path(__file__).resolve().parents[3]
    named = os.environ.get("REVIEWTOOL_TEST_HANDBOOK")
    path = (Path(named) if named else root.parent / "shared" / "data") / f"{REAL}.{ending}"
    if not path.is_file():
        pytest.skip(f"no {path.name} in {path.parent} (REVIEWTOOL_TEST_HANDBOOK names the folder)")
    return path.read_bytes()


def test_a_real_handbook_is_the_same_from_both_formats() -> None:
    word = read_handbook(_real("docx"), "handbook.docx")
    markdown = read_handbook(_real("md"), "handbook.md")
    assert word == markdown
    kinds = Counter(one.kind for one in word.sections)
    assert kinds == {"chapter": 4, "area": 2, "activity": 17, "story": 5}
    assert sum(one.body.count("::box ") for one in word.sections) == 3
    assert all(one.body for one in word.sections)
    assert all(one.points and one.sources for one in word.sections if one.kind == "activity")
    assert word.leftovers == ()


def test_no_word_of_a_real_handbook_is_lost_or_invented() -> None:
    data = _real("md")
    expected = Counter(
        re.findall(r"\w+", re.sub(r"^[#>*\- ]+|\*\*", "", data.decode(), flags=re.M))
    )
    assert words_in(read_handbook(data, "handbook.md")) == expected
