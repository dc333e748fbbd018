"""Numbers of a meeting's paper as people write them."""

import pytest

from reviewtool.domain.meetings import Quoted, quoted


@pytest.mark.parametrize(
    ("written", "place"),
    [
        ("3.2", Quoted(3, 2)),
        ("3,2", Quoted(3, 2)),
        (" kohta 12.10. ", Quoted(12, 10)),
        ("§ 3", Quoted(3)),
        ("3", Quoted(3)),
        ("", None),
        ("johdanto", None),
        ("3.2 ja 4.1", None),
        ("12345", None),
    ],
)
def test_a_place_is_read_as_it_is_written(written: str, place: Quoted | None) -> None:
    assert quoted(written) == place
    if place is not None:
        assert quoted(str(place)) == place
