"""What is shown beside a text at once, and what is folded by paragraph."""

from types import SimpleNamespace
from typing import cast

from reviewtool.queries.contributions import ContributionLine
from reviewtool.queries.placing import Spot
from reviewtool.text.anchors import Placement, Status
from reviewtool.text.document import compose
from reviewtool.text.layout import layout
from reviewtool.web.participant.beside import A_PAGE, APART, AT_ONCE, WHOLE, Fold, arrange, marks_of

TEXT = compose("Kahvila", ("Avoin kaikille",), "Kahvila on auki arkisin.\n\nKahvi on ilmaista.", ())
FIRST = TEXT.index("Kahvila on")
SECOND = TEXT.index("Kahvi on")


def spot(name: str, start: int | None, length: int = 7, *, own: bool = False) -> Spot:
    place = None if start is None else Placement(Status.EXACT, start, start + length, 1.0)
    return Spot(name, own, place)


def many(start: int | None, count: int, name: str = "x") -> list[Spot]:
    return [spot(f"{name}{number}", start) for number in range(count)]


def test_as_many_as_fit_stand_in_reading_order() -> None:
    said = arrange([*many(SECOND, AT_ONCE - 1), spot("a", FIRST), spot("me", None, own=True)], TEXT)
    assert said.folds == {}
    assert said.spots[0].id == "a"
    assert said.spots[-1].id == "me"


def test_more_are_folded_by_paragraph() -> None:
    gone = Spot("gone", False, Placement(Status.REMOVED, 0, 0, 0.0))
    said = arrange(
        [
            *many(SECOND, AT_ONCE, "s"), *many(FIRST, 3, "f"), *many(None, 2, "w"), gone,
            spot("me", SECOND, own=True),
        ],
        TEXT,
    )  # fmt: skip
    lines = layout(TEXT)
    sizes = {key: len(fold.spots) for key, fold in said.folds.items()}
    assert sizes.pop(WHOLE) == 2
    assert sizes.pop(APART) == 1
    words = {lines[int(key)].visible: size for key, size in sizes.items()}
    assert words == {"Kahvila on auki arkisin.": 3, "Kahvi on ilmaista.": AT_ONCE}
    assert said.ids == ["me"]
    kinds = ["fold" if isinstance(one, Fold) else one.id for one in said.in_margin]
    assert kinds[0] == "fold"
    assert sorted(kinds) == ["fold", "fold", "me"]


def test_a_page_of_a_fold_is_opened_by_its_number_or_by_what_stands_on_it() -> None:
    said = arrange(many(None, AT_ONCE + 1), TEXT)
    assert said.ids == []
    assert said.open(WHOLE, 1).ids == [f"x{number}" for number in range(A_PAGE)]
    last = said.open_at(f"x{AT_ONCE}")
    assert last.ids == [f"x{AT_ONCE}"]
    assert last.folds[WHOLE].left == 0
    for nothing in (said.open(WHOLE, 0), said.open(WHOLE, 4), said.open("77", 1), said.open_at("")):
        assert nothing == said


def test_passages_of_a_fold_that_touch_share_a_mark() -> None:
    said = arrange([*many(FIRST, AT_ONCE), spot("b", FIRST + 5), spot("c", FIRST + 15, 4)], TEXT)
    lines: dict[str, ContributionLine] = {}
    first, second = marks_of(said, lines)
    assert (first.start, first.end) == (FIRST, FIRST + 12)
    assert (second.start, second.end) == (FIRST + 15, FIRST + 19)
    assert first.label == str(AT_ONCE + 2)
    assert second.id == f"{first.id}-2"


def test_words_that_many_speak_of_are_followed_by_one_count() -> None:
    said = arrange([*many(FIRST, 4), *many(SECOND, 3, "y")], TEXT)
    numbered = {
        spot.id: SimpleNamespace(number=number) for number, spot in enumerate(said.spots, 7)
    }
    marks = marks_of(said, cast("dict[str, ContributionLine]", numbered))
    assert [mark.label for mark in marks] == ["4", "", "", "", "11", "12", "13"]
    assert [bool(mark.href) for mark in marks] == [bool(mark.label) for mark in marks]
