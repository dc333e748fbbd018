"""The overview figure shows every area and activity, and its words fit."""

from reviewtool.domain.sections import SectionKind
from reviewtool.queries.tree import TreeLine
from reviewtool.web.overview import overview_of, wrapped


def line(section_id: str, parent: str | None, kind: SectionKind, title: str) -> TreeLine:
    return TreeLine(section_id, parent, kind, 1 if parent else 0, title, "fi", "r", 1, "h", 10)


TREE = [
    line("c", None, SectionKind.CHAPTER, "Johdanto"),
    line("a", None, SectionKind.AREA, "Osallisuus"),
    line("a1", "a", SectionKind.ACTIVITY, "Vertaistuki"),
    line("a2", "a1", SectionKind.ACTIVITY, "Verkkovertaistuki"),
    line("s", "a", SectionKind.STORY, "Marjan tarina"),
    line("b", None, SectionKind.AREA, "Arjen tuki"),
]


def test_areas_and_their_activities_are_drawn_and_nothing_else() -> None:
    figure = overview_of(TREE)
    assert figure is not None
    assert [(area.title, area.activities) for area in figure.areas] == [
        ("Osallisuus", ("Vertaistuki", "Verkkovertaistuki")),
        ("Arjen tuki", ()),
    ]
    for drawing in (figure.wide, figure.narrow):
        said = [" ".join(words for _x, _y, words in box.lines) for box in drawing.boxes]
        assert said == ["Osallisuus", "Vertaistuki", "Verkkovertaistuki", "Arjen tuki"]
        assert all(box.x >= 0 and box.x + box.width <= drawing.width for box in drawing.boxes)
        assert max(box.y + box.height for box in drawing.boxes) <= drawing.height


def test_a_handbook_without_areas_has_no_figure() -> None:
    assert overview_of(TREE[:1]) is None


def test_a_long_word_breaks_between_syllables() -> None:
    lines = wrapped("Mielenterveyskuntoutujien vertaistuki", 140, 16)
    assert len(lines) > 2
    assert lines[0].endswith("-")
    joined = "".join(one[:-1] if one.endswith("-") else f"{one} " for one in lines)
    assert joined.strip() == "Mielenterveyskuntoutujien vertaistuki"


def test_a_hyphen_of_the_title_itself_breaks_no_line() -> None:
    title = "Liikunta-, luonto- ja kulttuuriryhmät"
    assert wrapped(title, 400, 16) == [title]
