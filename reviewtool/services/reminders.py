"""The use case of reminding: whoever still has something to do, once for each reminder day."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, exists, func, not_, select
from sqlalchemy.orm import Session

from reviewtool.domain.actors import Actor
from reviewtool.domain.days import local_day
from reviewtool.domain.invitations import ASKED
from reviewtool.domain.messages import MessageKind
from reviewtool.domain.phases import (
    ASKING,
    PhaseKind,
    PhaseMove,
    PhaseState,
    PhaseTimes,
    closes_at,
)
from reviewtool.domain.policy import Action
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.domain.trace import Act
from reviewtool.infra.installation import Installation
from reviewtool.models.extensions import Extension
from reviewtool.models.handbooks import Handbook
from reviewtool.models.invitations import Invitation
from reviewtool.models.messages import Message
from reviewtool.models.phases import Phase, PhaseChange
from reviewtool.queries.answered import REST, someone_stands_in, still_to_answer
from reviewtool.queries.extended import of_invitation
from reviewtool.queries.facts import phase_facts
from reviewtool.services._mailing import Recipient, mail_many, recipients
from reviewtool.services._phases import load_phase, zone_of
from reviewtool.services._policy import require
from reviewtool.services._requests import earlier, remember
from reviewtool.services._trace import trace

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
    organisation_id: str | None = None
    """The one whose own later last day this is; none: those who have the phase's."""

    def event_of(self, _person: Recipient) -> str:
        """Name the event: one reminder for each step before one deadline (rule 8)."""
        return f"{MessageKind.REMINDER.value}:{self.phase_id}:{self.closes_on}:{self.days}"

    @property
    def concerned(self) -> ColumnElement[bool]:
        """The condition on invitations of those whose last day this is."""
        if self.organisation_id is not None:
            return Invitation.organisation_id == self.organisation_id
        later = exists().where(of_invitation(), Extension.closes_on > self.closes_on)
        return not_(later)


def tick(installation: Installation) -> int:
    """Queue the reminders whose time has come; gives how many; done again, it adds none.

    Reminded is who was asked before the reminder's time and is neither ready nor declined, and
    had no reminder by hand within REST before it, or since. After an extension the days count to
    the new last day, for one organisation or for all. Reminders after the last day go out too,
    but of approvals, which take no answers then.
    """
    now = installation.clock.now()
    with installation.database.read() as session:
        due = _due(session, now)
    mailed = 0
    for one in due:
        with installation.database.write() as session:
            phase = load_phase(session, one.phase_id)
            today = local_day(now, zone_of(session, phase))
            only = (
                one.concerned,
                still_to_answer(),
                not_(someone_stands_in(today)),
                not_(_reminded_since(one.since - REST)),
            )
            people = recipients(session, phase.id, ASKED, asked_before=one.since, only=only)
            mailed += mail_many(session, now, phase, MessageKind.REMINDER, one.event_of, people)
    return mailed


def remind(
    installation: Installation,
    actor: Actor,
    phase_id: str,
    invitation_ids: Collection[str],
    request_id: str,
) -> int:
    """Remind exactly these people of a phase that still has something to ask; gives how many.

    Left out are those who have answered meanwhile, who can't be mailed, whose deputy is asked now,
    and who had a reminder within the last REST, whoever sent it. A repeated form sends nothing
    more. Raises Refused: not possible now (an approval that is over takes no answers), empty, not
    allowed.
    """
    now = installation.clock.now()
    chosen = sorted(set(invitation_ids))
    words = ["remind", phase_id, *chosen]
    with installation.database.write() as session:
        phase = load_phase(session, phase_id)
        facts = phase_facts(session, phase_id, now)
        require(actor, Action.RUN_PROCESS, facts)
        before = earlier(session, actor, request_id, words)
        if before is not None and before.same_words:
            return 0
        if not chosen:
            raise Refused(Reason.EMPTY)
        if phase.kind is PhaseKind.APPROVAL and not facts.phase_open:
            raise Refused(Reason.NOT_POSSIBLE_NOW)
        if phase.kind not in ASKING or phase.state is PhaseState.PLANNED:
            raise Refused(Reason.NOT_POSSIBLE_NOW)
        only = (
            Invitation.id.in_(chosen),
            still_to_answer(),
            not_(someone_stands_in(local_day(now, zone_of(session, phase)))),
            not_(_reminded_since(now - REST)),
        )
        people = recipients(session, phase_id, ASKED, only=only)
        event = f"{MessageKind.REMINDER.value}:{phase_id}:by-hand:{now.isoformat()}"
        mailed = mail_many(session, now, phase, MessageKind.REMINDER, lambda _one: event, people)
        remember(session, actor, request_id, words, phase_id, now)
        if mailed:
            trace(
                session, actor, now, phase.handbook_id, Act.PERSON_REMINDED, phase_id,
                {"mailed": mailed},
            )  # fmt: skip
        return mailed


def _reminded_since(moment: datetime) -> ColumnElement[bool]:
    return exists().where(
        Message.phase_id == Invitation.phase_id,
        Message.person_id == Invitation.person_id,
        Message.kind == MessageKind.REMINDER,
        Message.created_at > moment,
    )


def reminder_time(closes_on: date, days: int, zone: str) -> datetime:
    """Give the moment of a reminder: so many days before the last day, in the morning."""
    return datetime.combine(closes_on - timedelta(days=days), SENT_FROM, ZoneInfo(zone))


def _due(session: Session, now: datetime) -> list[DueReminder]:
    """Find the newest reminder that is due, of each phase and of each extension; 2 queries."""
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
    ).all()
    due = []
    for phase, zone, changed_at in rows:
        newest = _newest(phase, zone, now)
        if newest is None or phase.closes_on is None:
            continue
        moment, days = newest
        if _has_come(moment, changed_at, now):
            due.append(DueReminder(phase.id, phase.closes_on, days, moment))
    return due + _due_to_some(
        session, {row.Phase.id: (row.Phase, row.time_zone) for row in rows}, now
    )


def _due_to_some(
    session: Session, phases: Mapping[str, tuple[Phase, str]], now: datetime
) -> list[DueReminder]:
    """Find the reminders before the own last day of organisations with more time; 1 query."""
    due = []
    for extension in session.scalars(select(Extension).where(Extension.phase_id.in_(phases))):
        phase, zone = phases[extension.phase_id]
        if phase.closes_on is None or extension.closes_on <= phase.closes_on:
            continue
        moments = [
            (reminder_time(extension.closes_on, days, zone), days) for days in phase.reminder_days
        ]
        newest = max((one for one in moments if one[0] <= now), default=None)
        if newest is not None and _has_come(newest[0], extension.created_at, now):
            due.append(
                DueReminder(
                    phase.id, extension.closes_on, newest[1], newest[0], extension.organisation_id
                )
            )
    return due


def _has_come(moment: datetime, changed_at: datetime, now: datetime) -> bool:
    return now - moment < CAUGHT_UP_WITHIN and changed_at < moment


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
        if days >= 0 or phase.kind is not PhaseKind.APPROVAL
    ]
    return max((one for one in moments if one[0] <= now), default=None)
