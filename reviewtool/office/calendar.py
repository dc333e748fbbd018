"""A calendar entry as a file (iCalendar, RFC 5545): the same bytes for the same entry."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime

MEDIA_TYPE = "text/calendar"
LONGEST_LINE = 75
"""Bytes that a line may have before it is folded."""


@dataclass(frozen=True)
class CalendarEntry:
    """A meeting to be put into a calendar.

    uid: the same for ever, so that a changed entry (with a higher sequence) takes the place of the
    earlier one. stamped_at: when this wording of it was made.
    """

    uid: str
    sequence: int
    stamped_at: datetime
    starts_at: datetime
    ends_at: datetime
    title: str
    place: str = ""
    description: str = ""
    organiser: tuple[str, str] | None = None
    """Name and mail address of whom to ask."""
    cancelled: bool = False
    """The meeting isn't held: the entry takes the earlier one out of the calendar."""


def method_of(entry: CalendarEntry) -> str:
    """Tell what a calendar does with the entry, as the file and its mail part name it."""
    return "CANCEL" if entry.cancelled else "PUBLISH"


def calendar_file(entry: CalendarEntry) -> bytes:
    """Write the file. It publishes the meeting and asks for no reply: one signs up by the link."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//reviewtool//workshops//EN",
        "CALSCALE:GREGORIAN",
        f"METHOD:{method_of(entry)}",
        "BEGIN:VEVENT",
        f"UID:{entry.uid}",
        f"SEQUENCE:{entry.sequence}",
        f"DTSTAMP:{_moment(entry.stamped_at)}",
        f"DTSTART:{_moment(entry.starts_at)}",
        f"DTEND:{_moment(entry.ends_at)}",
        f"SUMMARY:{_text(entry.title)}",
    ]
    if entry.organiser is not None:
        name, address = entry.organiser
        quoted = name.replace('"', "'")
        lines.append(f'ORGANIZER;CN="{quoted}":mailto:{address}')
    if entry.place:
        lines.append(f"LOCATION:{_text(entry.place)}")
    if entry.description:
        lines.append(f"DESCRIPTION:{_text(entry.description)}")
    lines += (
        ["STATUS:CANCELLED", "TRANSP:TRANSPARENT"]
        if entry.cancelled
        else ["STATUS:CONFIRMED", "TRANSP:OPAQUE"]
    )
    lines += ["END:VEVENT", "END:VCALENDAR"]
    return "".join(f"{_folded(line)}\r\n" for line in lines).encode()


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _text(words: str) -> str:
    escaped = re.sub(r"([\\;,])", r"\\\1", words.replace("\r\n", "\n").replace("\r", "\n"))
    return escaped.replace("\n", "\\n")


def _folded(line: str) -> str:
    """Fold a long line between characters, never within one."""
    parts: list[str] = []
    part = ""
    for character in line:
        most = LONGEST_LINE - (1 if parts else 0)
        if len((part + character).encode()) > most:
            parts.append(part)
            part = ""
        part += character
    return "\r\n ".join([*parts, part])
