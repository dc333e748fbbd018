"""What is public of few people is told together: no row of a few, nor a rest that would tell it."""

from hypothesis import given
from hypothesis import strategies as st

from reviewtool.domain.few import FEW, told_apart

PEOPLE = st.lists(st.integers(0, 30), max_size=8).map(lambda counts: list(enumerate(counts)))


def count(row: tuple[int, int]) -> int:
    return row[1]


@given(PEOPLE)
def test_nothing_is_told_of_few_and_nothing_is_lost(rows: list[tuple[int, int]]) -> None:
    apart, together = told_apart(rows, count)
    assert sorted(apart + together) == rows
    assert all(count(row) >= FEW for row in apart)
    assert not (apart and together) or sum(map(count, together)) >= FEW
    if all(count(row) >= FEW for row in rows):
        assert apart == rows, "what can be told one by one is"


def test_the_next_smallest_is_told_with_those_of_few() -> None:
    assert told_apart([("a", 40), ("b", 2), ("c", 6)], lambda row: row[1]) == (
        [("a", 40)],
        [("b", 2), ("c", 6)],
    )
