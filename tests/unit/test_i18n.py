"""Dates and times as sentences need them, in each language and in the handbook's zone."""

from datetime import UTC, date, datetime

import pytest

from reviewtool.infra.i18n import (
    localized,
    ngettext,
    show_day,
    show_days,
    show_deadline,
    show_moment,
    show_number,
    speaking,
)


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("fi", "sunnuntaina 1.12.2019 klo 23.59"),
        ("sv", "söndagen den 1.12.2019 kl. 23.59"),
        ("en", "Sunday 1 December 2019 at 23:59"),
    ],
)
def test_a_deadline_names_weekday_day_and_clock(language: str, expected: str) -> None:
    with speaking(language):
        assert show_deadline(date(2019, 12, 1)) == expected


@pytest.mark.parametrize(
    ("language", "same_year", "over_new_year"),
    [
        ("fi", "30.9.–9.11.2025", "30.9.2025–9.1.2026"),
        ("sv", "30.9.–9.11.2025", "30.9.2025–9.1.2026"),
        ("en", "30 September – 9 November 2025", "30 September 2025 – 9 January 2026"),
    ],
)
def test_a_stretch_of_days_names_its_year_once(
    language: str, same_year: str, over_new_year: str
) -> None:
    begun = date(2025, 9, 30)
    with speaking(language):
        assert show_days(begun, date(2025, 11, 9)) == same_year
        assert show_days(begun, date(2026, 1, 9)) == over_new_year


@pytest.mark.parametrize(
    ("language", "expected"), [("fi", "3 963"), ("sv", "3 963"), ("en", "3,963")]
)
def test_thousands_stand_apart(language: str, expected: str) -> None:
    with speaking(language):
        assert show_number(3963).replace("\N{NO-BREAK SPACE}", " ") == expected
        assert show_number(87) == "87"


@pytest.mark.parametrize("day", range(1, 8))
def test_every_finnish_weekday_answers_when(day: int) -> None:
    with speaking("fi"):
        assert show_day(date(2026, 11, day)).split()[0].endswith("na")


def test_moments_are_told_in_the_handbooks_zone_over_the_change_to_winter_time() -> None:
    with speaking("fi", "Europe/Helsinki"):
        assert show_moment(datetime(2026, 10, 25, 0, 30, tzinfo=UTC)) == "25.10.2026 klo 3.30"
        assert show_moment(datetime(2026, 10, 25, 1, 30, tzinfo=UTC)) == "25.10.2026 klo 3.30"


def test_words_fall_back_to_a_language_that_has_them() -> None:
    assert localized({"fi": "luonnos", "sv": ""}, "sv") == "luonnos"
    assert localized({"en": "draft"}, "sv") == "draft"
    assert localized({}, "fi") == ""


def test_counting_follows_the_language() -> None:
    with speaking("fi"):
        assert ngettext("%(num)d text approved.", "%(num)d texts approved.", 1) == (
            "1 teksti hyväksytty."
        )
        assert ngettext("%(num)d text approved.", "%(num)d texts approved.", 5) == (
            "5 tekstiä hyväksytty."
        )
