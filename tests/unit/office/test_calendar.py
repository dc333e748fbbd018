"""Calendar entries as files that calendars can read."""

from datetime import UTC, datetime

from reviewtool.office.calendar import CalendarEntry, calendar_file

ENTRY = CalendarEntry(
    uid="workshop-1@localhost",
    sequence=2,
    stamped_at=datetime(2026, 9, 14, 6, tzinfo=UTC),
    starts_at=datetime(2026, 9, 28, 10, tzinfo=UTC),
    ends_at=datetime(2026, 9, 28, 13, tzinfo=UTC),
    title="Työpaja; järjestöille, osa 1",
    place="Järjestötalo, Espoo",
    description="Kahvit\nRyhmätyö " + "ä" * 100,
)


def test_moments_are_told_in_utc_and_the_entry_keeps_its_name() -> None:
    lines = calendar_file(ENTRY).decode().split("\r\n")
    assert "DTSTART:20260928T100000Z" in lines
    assert "DTEND:20260928T130000Z" in lines
    assert {"UID:workshop-1@localhost", "SEQUENCE:2", "METHOD:PUBLISH"} <= set(lines)


def test_what_people_wrote_stays_one_value() -> None:
    unfolded = calendar_file(ENTRY).decode().replace("\r\n ", "")
    assert "SUMMARY:Työpaja\\; järjestöille\\, osa 1\r\n" in unfolded
    assert "DESCRIPTION:Kahvit\\nRyhmätyö " + "ä" * 100 in unfolded


def test_no_line_is_longer_than_calendars_take_and_no_letter_is_cut() -> None:
    content = calendar_file(ENTRY)
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    assert all(line.decode() for line in content.split(b"\r\n")[:-1])
