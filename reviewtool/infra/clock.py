"""The clock is passed in, so that deadlines can be tested and a process replayed (rule 14)."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """Something that tells the time."""

    def now(self) -> datetime:
        """Give the present moment, aware, in UTC."""


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """Give the present moment, aware, in UTC."""
        return datetime.now(UTC)


@dataclass
class SetClock:
    """A clock that stands where it is put: for tests, and for the demonstration's past."""

    at: datetime

    def now(self) -> datetime:
        """Give the moment at which the clock was put."""
        return self.at

    def advance(self, **step: float) -> None:
        """Move the clock by a timedelta's keyword arguments."""
        self.at += timedelta(**step)
