"""Workshops: when people are asked, when the room is open, and the code that lets people in."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from reviewtool.domain.phases import PhaseState


class Attendance(StrEnum):
    """What somebody who is invited says about coming."""

    COMES = "comes"
    REMOTELY = "remotely"
    CANNOT = "cannot"


class Stage(StrEnum):
    """How far a workshop is: computed from its phase, its times and the clock."""

    PLANNED = "planned"
    INVITED = "invited"
    RUNNING = "running"
    OVER = "over"


ROOM_OPENS = timedelta(hours=1)
"""How long before the beginning the room is open, for those who come early."""

NEEDS_KEPT = timedelta(days=14)
"""How long after a workshop needs and diets are still known: a bill may have to be checked."""

CANCELLED = "cancelled"
"""How lists of phases show a workshop that was called off, in the place of its phase's state."""

MOST_GROUPS = 12
MOST_THEMES = 30
LONGEST_NAME = 200

MOST_WRONG_CODES = 60
"""How many wrong codes a room takes, from wherever; then it has a new one, shown on the screen."""

ROOM_DIGITS, SECRET_DIGITS = 3, 5
_CODE = re.compile(rf"\d{{{ROOM_DIGITS + SECRET_DIGITS}}}")


def stage(state: PhaseState, phase_open: bool, starts_at: datetime | None, now: datetime) -> Stage:
    """Tell how far a workshop is.

    phase_open: whether its phase takes anything now (`phases.is_open`). Without a time it runs
    as soon as its phase is open: an editor records what was said elsewhere.
    """
    if state is PhaseState.PLANNED:
        return Stage.PLANNED
    if not phase_open:
        return Stage.OVER
    if starts_at is not None and now < starts_at - ROOM_OPENS:
        return Stage.INVITED
    return Stage.RUNNING


def can_be_cancelled(now_at: Stage, starts_at: datetime | None, now: datetime) -> bool:
    """Tell whether a workshop can be called off: people have been asked, and it hasn't begun."""
    asked = now_at in (Stage.INVITED, Stage.RUNNING)
    return asked and starts_at is not None and now < starts_at


def is_called_off(state: PhaseState, cancelled_at: datetime | None) -> bool:
    """Tell whether a workshop was called off for good: reopened, its phase may be held yet."""
    return cancelled_at is not None and state is PhaseState.CLOSED


@dataclass(frozen=True)
class RoomCode:
    """What people type to come in: the number of the room, and what has to be known besides.

    Wrong secrets are counted by room, not by network address: forty people share one.
    """

    room: str
    secret: str

    @property
    def written(self) -> str:
        """Spell it as it is kept: digits only."""
        return self.room + self.secret

    @property
    def shown(self) -> str:
        """Spell it as people read it: 482 91 537."""
        return f"{self.room} {self.secret[:2]} {self.secret[2:]}"


def read_code(typed: str) -> RoomCode | None:
    """Read a code as somebody typed it; None for what can't be one."""
    digits = re.sub(r"[\s\-.]", "", typed)
    if not digits.isascii() or not _CODE.fullmatch(digits):
        return None
    return RoomCode(digits[:ROOM_DIGITS], digits[ROOM_DIGITS:])
