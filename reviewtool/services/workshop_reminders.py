"""The use case of reminding of a workshop: on the days before it, whoever hasn't said no."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, exists, not_, select
from sqlalchemy.orm import Session

from reviewtool.domain.days import local_day
from reviewtool.domain.invitations import TAKING_PART
from reviewtool.domain.messages import MessageKind
from reviewtool.domain.phases import PhaseState
from reviewtool.infra.installation import Installation
from reviewtool.models.handbooks import Handbook
from reviewtool.models.invitations import Invitation
from reviewtool.models.messages import Message
from reviewtool.models.phases import Phase
from reviewtool.models.workshops import Workshop
from reviewtool.queries.answered import someone_stands_in
from reviewtool.services._mailing import Recipient, mail_many, recipients
from reviewtool.services._phases import load_phase
from reviewtool.services.reminders import CAUGHT_UP_WITHIN, reminder_time

_TELLING = (MessageKind.WORKSHOP_INVITATION, MessageKind.WORKSHOP_CHANGED)


@dataclass(frozen=True)
class _Due:
    """A reminder of a workshop whose time has come: how many days before the workshop's."""

    phase_id: str
    held_on: date
    days: int
    since: datetime
    today: date

    def event_of(self, _person: Recipient) -> str:
        """Name the event: one reminder for each step before one day (rule 8)."""
        kind = MessageKind.WORKSHOP_REMINDER.value
        return f"{kind}:{self.phase_id}:{self.held_on}:{self.days}"


def tick(installation: Installation) -> int:
    """Queue the reminders whose time has come; gives how many; done again, it adds none.

    Left out are those who can't come, whose deputy is asked now, and who have been mailed the time
    and place since the reminder's time.
    """
    now = installation.clock.now()
    with installation.database.read() as session:
        due = _due(session, now)
    mailed = 0
    for one in due:
        with installation.database.write() as session:
            phase = load_phase(session, one.phase_id)
            only = (not_(someone_stands_in(one.today)), not_(_told_since(one.since)))
            people = recipients(session, phase.id, TAKING_PART, asked_before=one.since, only=only)
            kind = MessageKind.WORKSHOP_REMINDER
            mailed += mail_many(session, now, phase, kind, one.event_of, people)
    return mailed


def _told_since(moment: datetime) -> ColumnElement[bool]:
    return exists().where(
        Message.phase_id == Invitation.phase_id,
        Message.person_id == Invitation.person_id,
        Message.kind.in_(_TELLING),
        Message.created_at >= moment,
    )


def _due(session: Session, now: datetime) -> list[_Due]:
    """Find the newest reminder that is due, of each workshop to come; 1 query."""
    rows = session.execute(
        select(Phase.id, Phase.reminder_days, Workshop.starts_at, Handbook.time_zone)
        .join(Workshop, Workshop.phase_id == Phase.id)
        .join(Handbook, Handbook.id == Phase.handbook_id)
        .where(
            Phase.state == PhaseState.OPEN,
            Workshop.starts_at > now,
            Workshop.cancelled_at.is_(None),
        )
    )
    due = []
    for phase_id, reminder_days, starts_at, zone in rows:
        day = local_day(starts_at, zone)
        moments = [(reminder_time(day, days, zone), days) for days in reminder_days if days >= 0]
        newest = max((one for one in moments if one[0] <= now), default=None)
        if newest is not None and now - newest[0] < CAUGHT_UP_WITHIN:
            due.append(_Due(phase_id, day, newest[1], newest[0], local_day(now, zone)))
    return due
