"""When replies are told: in the morning, by the handbook's clock."""

from datetime import UTC, datetime, timedelta

import pytest

from reviewtool.domain.links import make_refusal, make_token, read_refusal, read_token
from reviewtool.domain.replies import told_until

ZONE = "Europe/Helsinki"


@pytest.mark.parametrize(
    ("moment", "until"),
    [
        (datetime(2026, 10, 12, 5, 59, tzinfo=UTC), datetime(2026, 10, 11, 6, tzinfo=UTC)),
        (datetime(2026, 10, 12, 6, 0, tzinfo=UTC), datetime(2026, 10, 12, 6, tzinfo=UTC)),
        (datetime(2026, 10, 12, 20, 0, tzinfo=UTC), datetime(2026, 10, 12, 6, tzinfo=UTC)),
        # The clocks changed in the night before 25.10.
        (datetime(2026, 10, 25, 6, 30, tzinfo=UTC), datetime(2026, 10, 24, 6, tzinfo=UTC)),
        (datetime(2026, 10, 25, 7, 0, tzinfo=UTC), datetime(2026, 10, 25, 7, tzinfo=UTC)),
    ],
)
def test_what_is_told_goes_up_to_the_newest_morning(moment: datetime, until: datetime) -> None:
    assert told_until(moment, ZONE) == until
    assert told_until(moment, ZONE).utcoffset() == timedelta(0)


def test_the_token_that_refuses_lets_nobody_in() -> None:
    refusal = make_refusal("key", "a" * 16)
    assert read_refusal(["newer", "key"], refusal) == "a" * 16
    assert read_refusal(["other"], refusal) is None
    assert read_refusal(["key"], "b" * 16 + refusal[16:]) is None
    assert read_token(["key"], refusal) is None
    assert read_refusal(["key"], make_token("key", "a" * 16, 0)) is None
    link_id, _dot, mac = refusal.partition(".")
    assert read_token(["key"], f"{link_id}.0.{mac}") is None
