"""Replies among a round's participants: when those who wrote are told of them."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from reviewtool.domain.days import local_day

TOLD_FROM = time(9)
"""Replies are told once a day, in the morning by the handbook's clock, as reminders are."""

GATHERED_FOR = timedelta(hours=48)
"""How old a reply may be that is still told, when nothing was running in the mornings between."""

SETTLED = timedelta(minutes=2)
"""How long after the hour letters are queued: what was sent just before it stands by then."""


def told_until(moment: datetime, zone: str) -> datetime:
    """Give the newest time of telling at or before a moment: what was replied up to it is told."""
    day = local_day(moment, zone)
    at = datetime.combine(day, TOLD_FROM, ZoneInfo(zone))
    if at > moment:
        at = datetime.combine(day - timedelta(days=1), TOLD_FROM, ZoneInfo(zone))
    return at.astimezone(UTC)
