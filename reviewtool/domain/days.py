"""Days and deadlines: a deadline is a day in the handbook's time zone, closing at its end."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo


def end_of_day(day: date, zone: str) -> datetime:
    """Give the first moment after a day in a time zone, in UTC: a deadline day closes then."""
    following = datetime.combine(day + timedelta(days=1), time(), ZoneInfo(zone))
    return following.astimezone(UTC)


def start_of_day(day: date, zone: str) -> datetime:
    """Give the first moment of a day in a time zone, in UTC."""
    return datetime.combine(day, time(), ZoneInfo(zone)).astimezone(UTC)


def local_day(moment: datetime, zone: str) -> date:
    """Give the calendar day that a moment falls on in a time zone."""
    return moment.astimezone(ZoneInfo(zone)).date()
