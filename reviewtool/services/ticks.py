"""The tick: what time itself brings about, asked each minute; doing it twice changes nothing.

STEPS is the one list of it. The thread of the embedded profile and Celery beat are only clocks.
"""

from __future__ import annotations

from collections.abc import Callable

import structlog
from sqlalchemy.exc import SQLAlchemyError

from reviewtool.domain.refusals import Refused
from reviewtool.infra.installation import Installation
from reviewtool.services import (
    deputies,
    phases,
    reminders,
    replies,
    unconfirmed,
    unsent,
    workshop_reminders,
    workshops,
)

log = structlog.get_logger()

STEPS: tuple[tuple[str, Callable[[Installation], object]], ...] = (
    ("open and close phases", phases.tick),
    ("begin and end deputies' days", deputies.tick),
    ("remind", reminders.tick),
    ("tell of replies", replies.tick),
    ("remind of workshops", workshop_reminders.tick),
    ("forget what people needed in workshops", workshops.forget_needs),
    ("clear sign-ups that nobody confirmed", unconfirmed.clear_unconfirmed),
    ("clear half-written words of old rounds", unsent.clear_unsent),
)


def tick(installation: Installation) -> None:
    """Do every step; one that fails is logged, done again at the next tick, and stops no other."""
    for name, step in STEPS:
        try:
            step(installation)
        except (SQLAlchemyError, Refused, LookupError) as error:
            log.error("a step of the tick failed", step=name, exc_info=error)
