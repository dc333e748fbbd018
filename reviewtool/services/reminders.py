"""The use case of reminding: whoever still has something to do, once for each reminder day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from reviewtool.domain.invitations import ASKED
from reviewtool.domain.messages import MessageKind
from reviewtool.domain.phases import ASKING, PhaseMove, PhaseState, PhaseTimes, closes_at
from reviewtool.infra.installation import Installation
from reviewtool.models.handbooks import Handbook
from reviewtool.models.phases import Phase, PhaseChange
from reviewtool.services._mailing import Recipient, mail_many, recipients
from reviewtool.services._phases import load_phase

SENT_FROM = time(9)
"""Reminders go out in the morning of their day, by the handbook's clock."""

CAUGHT_UP_WITHIN = timedelta(hours=48)
"""How late a reminder still goes out, when nothing was running at its time."""


@dataclass(frozen=True)
class DueReminder:
    """A reminder whose time has come, in one phase: how many days before the last day."""

    phase_id: str
    closes_on: date
    days: int
    since: datetime

    def event_of(self, _person: Recipient) -> str:
        """Name the event: one reminder for each step before one deadline (rule 8)."""
        return f"{MessageKind.REMINDER.value}:{self.phase_id}:{self.closes_on}:{self.days}"


def tick(installation: Installation) -> int:
    """Queue the reminders whose time has come; gives how many; done again, it adds none.

    Reminded is who was asked before the reminder's time and is neither ready nor declined. After
    an extension the days count to the new last day. Reminders after the last day go out too.
    """
    now = installation.clock.now()
    with installation.database.read() as session:
        due = _due(session, now)
    mailed = 0
    for one in due:
        with installation.database.write() as session:
            phase = load_phase(session, one.phase_id)
            people = recipients(session, phase.id, ASKED, asked_before=one.since)
            mailed += mail_many(session, now, phase, MessageKind.REMINDER, one.event_of, people)
    return mailed


def reminder_time(closes_on: date, days: int, zone: str) -> datetime:
    """Give the moment of a reminder: so many days before the last day, in the morning."""
    return datetime.combine(closes_on - timedelta(days=days), SENT_FROM, ZoneInfo(zone))


def _due(session: Session, now: datetime) -> list[DueReminder]:
    """Find each phase's newest reminder whose time has come; 1 query."""
    changed = (
        select(PhaseChange.phase_id, func.max(PhaseChange.created_at).label("at"))
        .where(PhaseChange.move.in_((PhaseMove.OPEN, PhaseMove.EXTEND, PhaseMove.REOPEN)))
        .group_by(PhaseChange.phase_id)
        .subquery()
    )
    rows = session.execute(
        select(Phase, Handbook.time_zone, changed.c.at)
        .join(Handbook, Handbook.id == Phase.handbook_id)
        .join(changed, changed.c.phase_id == Phase.id)
        .where(
            Phase.kind.in_(ASKING),
            Phase.state.in_((PhaseState.OPEN, PhaseState.CLOSED)),
            Phase.closes_on.is_not(None),
        )
    )
    due = []
    for phase, zone, changed_at in rows:
        newest = _newest(phase, zone, now)
        if newest is None or phase.closes_on is None:
            continue
        moment, days = newest
        if now - moment < CAUGHT_UP_WITHIN and changed_at < moment:
            due.append(DueReminder(phase.id, phase.closes_on, days, moment))
    return due


def _newest(phase: Phase, zone: str, now: datetime) -> tuple[datetime, int] | None:
    """Give the newest reminder of a phase whose time has come: its moment, and its days.

    A closed phase has only those after its last day, and none if it was closed before that.
    """
    end = closes_at(PhaseTimes(phase.state, phase.opens_on, phase.closes_on, zone))
    if end is None or phase.closes_on is None:
        return None
    if phase.closed_at is not None and phase.closed_at < end:
        return None
    moments = [
        (reminder_time(phase.closes_on, days, zone), days)
        for days in phase.reminder_days
        if phase.state is PhaseState.OPEN or days < 0
    ]
    return max((one for one in moments if one[0] <= now), default=None)
