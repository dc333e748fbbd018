"""Use cases of phases: planning, opening, extending, closing, reopening; by hand and by date."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from reviewtool.domain.actors import SYSTEM, Actor
from reviewtool.domain.contributions import Sharing
from reviewtool.domain.days import local_day
from reviewtool.domain.phases import (
    ASKING,
    PHASE_TABLE,
    PhaseMove,
    PhaseState,
    PhaseTimes,
    closes_at,
    days_fit,
    opens_at,
)
from reviewtool.domain.policy import Action
from reviewtool.domain.refusals import Missing, Reason, Refused
from reviewtool.domain.tables import step
from reviewtool.infra.installation import Installation
from reviewtool.models.drafts import Draft
from reviewtool.models.handbooks import Handbook
from reviewtool.models.phases import Phase, PhaseSection
from reviewtool.models.sections import Section
from reviewtool.queries.facts import found, handbook_facts, phase_facts
from reviewtool.services._conveners import set_conveners
from reviewtool.services._phases import (
    close_now,
    load_phase,
    mailed_by,
    note_change,
    open_now,
    tell_of_new_end,
    zone_of,
)
from reviewtool.services._policy import require
from reviewtool.services._requests import earlier, remember

LONGEST_REQUEST = 10_000
MOST_CONVENERS = 4
LONGEST_CONVENER = 200
MOST_REMINDERS = 6
FURTHEST_REMINDER = 60
"""Days from a reminder to the last day, at the most."""


@dataclass(frozen=True)
class Plan:
    """What an editor decides about a phase before it opens.

    request: what is asked and why, by language. reminder_days: days before the last day,
    negative ones after it. version: the phase's version that the editor saw. title: by language;
    conveners: names of organisations; sections: those that a round is about, all where none is
    named. None leaves these three as they are.
    """

    version: int
    opens_on: date | None
    closes_on: date | None
    sharing: Sharing
    open_to_all: bool
    request: Mapping[str, str]
    shared_from: date | None = None
    responsible_name: str = ""
    responsible_phone: str = ""
    responsible_email: str = ""
    reminder_days: Sequence[int] = ()
    title: Mapping[str, str] | None = None
    conveners: Sequence[str] | None = None
    sections: Sequence[str] | None = None

    @property
    def words(self) -> list[str]:
        """Spell the plan for telling a repeated form from an edit."""
        return [
            *(f"{code}={self.request[code]}" for code in sorted(self.request)),
            *(
                str(day)
                for day in (self.opens_on, self.closes_on, self.shared_from, *self.reminder_days)
            ),
            self.sharing.value,
            str(self.open_to_all),
            self.responsible_name,
            self.responsible_phone,
            self.responsible_email,
            *(f"{code}={words}" for code, words in sorted((self.title or {}).items())),
            *(self.conveners or ()),
            *sorted(self.sections or ()),
        ]


def plan(
    installation: Installation, actor: Actor, phase_id: str, plan: Plan, request_id: str
) -> None:
    """Change the plan of a phase that isn't closed.

    In an open one the days, the texts, what participants see of one another and who may join stay
    as they were promised; extending is an act of its own. Raises Refused.
    """

    def act(session: Session, phase: Phase, now: datetime) -> None:
        step(PHASE_TABLE, phase.state, PhaseMove.PLAN)
        if phase.version != plan.version:
            raise Refused(Reason.EDIT_CONFLICT)
        _check_plan(plan)
        if phase.state is PhaseState.PLANNED:
            if plan.closes_on and plan.opens_on and plan.closes_on < plan.opens_on:
                raise Refused(Reason.DATES_WRONG)
            phase.opens_on, phase.closes_on = plan.opens_on, plan.closes_on
            phase.sharing, phase.open_to_all = plan.sharing, plan.open_to_all
            phase.shared_from = plan.shared_from if plan.sharing is Sharing.FROM_DAY else None
            if plan.sections is not None:
                _choose_sections(session, phase, plan.sections)
        if plan.title is not None:
            phase.title = {code: words for code, words in plan.title.items() if words}
        if plan.conveners is not None:
            set_conveners(session, phase.id, plan.conveners, now)
        phase.request = {code: words for code, words in plan.request.items() if words}
        phase.responsible_name = plan.responsible_name
        phase.responsible_phone = plan.responsible_phone
        phase.responsible_email = plan.responsible_email
        phase.reminder_days = sorted(set(plan.reminder_days), reverse=True)
        note_change(session, actor, phase, PhaseMove.PLAN, now)

    _do(installation, actor, phase_id, request_id, ["plan", *plan.words], act)


def open_phase(
    installation: Installation,
    actor: Actor,
    phase_id: str,
    request_id: str,
    *,
    draft_id: str | None = None,
) -> None:
    """Open a planned phase; mails those who are invited. Raises Refused, naming what is missing."""

    def act(session: Session, phase: Phase, now: datetime) -> None:
        if draft_id is not None:
            draft = session.get(Draft, draft_id)
            if draft is None or draft.handbook_id != phase.handbook_id:
                raise Refused(Reason.DRAFT_MISSING)
        open_now(session, actor, phase, now, draft_id)

    _do(installation, actor, phase_id, request_id, ["open", draft_id or ""], act)


def extend(
    installation: Installation,
    actor: Actor,
    phase_id: str,
    closes_on: date,
    reason: str,
    request_id: str,
) -> None:
    """Give an open phase a later last day, and tell those who can still answer. Raises Refused."""

    def act(session: Session, phase: Phase, now: datetime) -> None:
        step(PHASE_TABLE, phase.state, PhaseMove.EXTEND)
        today = local_day(now, zone_of(session, phase))
        if closes_on < today or (phase.closes_on is not None and closes_on <= phase.closes_on):
            raise Refused(Reason.DATES_WRONG, (Missing(Reason.DATES_WRONG, "phase", phase.id),))
        _move_end(session, actor, phase, closes_on, PhaseMove.EXTEND, reason, now)

    words = ["extend", closes_on.isoformat(), reason]
    _do(installation, actor, phase_id, request_id, words, act)


def close(installation: Installation, actor: Actor, phase_id: str, request_id: str) -> None:
    """Close an open phase: links lose writing and keep reading. Raises Refused."""

    def act(session: Session, phase: Phase, now: datetime) -> None:
        close_now(session, actor, phase, now)

    _do(installation, actor, phase_id, request_id, ["close"], act)


def reopen(
    installation: Installation,
    actor: Actor,
    phase_id: str,
    closes_on: date | None,
    reason: str,
    request_id: str,
) -> None:
    """Open a closed phase again, with a reason and for a round a new last day. Raises Refused."""

    def act(session: Session, phase: Phase, now: datetime) -> None:
        step(PHASE_TABLE, phase.state, PhaseMove.REOPEN)
        if not reason.strip():
            raise Refused(Reason.REASON_MISSING)
        if closes_on is None and phase.kind in ASKING:
            raise Refused(Reason.DATES_MISSING)
        if not days_fit(phase.opens_on, closes_on, local_day(now, zone_of(session, phase))):
            raise Refused(Reason.DATES_WRONG)
        phase.closed_at = None
        _move_end(session, actor, phase, closes_on, PhaseMove.REOPEN, reason, now)

    words = ["reopen", str(closes_on), reason]
    _do(installation, actor, phase_id, request_id, words, act)


def mails_announced(session: Session, actor: Actor, phase_id: str, move: PhaseMove) -> int:
    """Count the mails that an act on a phase would send now: what its page says before the button.

    Raises Refused.
    """
    phase = found(session.get(Phase, phase_id))
    require(actor, Action.RUN_PROCESS, handbook_facts(session, phase.handbook_id))
    return len(mailed_by(session, phase, move))


def _move_end(
    session: Session,
    actor: Actor,
    phase: Phase,
    closes_on: date | None,
    move: PhaseMove,
    reason: str,
    now: datetime,
) -> None:
    phase.closes_on = closes_on
    mailed = 0
    if phase.kind in ASKING:
        mailed = tell_of_new_end(session, phase, now, reopened=move is PhaseMove.REOPEN)
    note_change(session, actor, phase, move, now, reason=reason.strip(), facts={"mailed": mailed})


def _choose_sections(session: Session, phase: Phase, sections: Sequence[str]) -> None:
    wanted = set(sections)
    known = session.scalars(
        select(Section.id).where(Section.id.in_(wanted), Section.handbook_id == phase.handbook_id)
    )
    if set(known) != wanted:
        raise Refused(Reason.NOT_FOUND)
    session.execute(delete(PhaseSection).where(PhaseSection.phase_id == phase.id))
    session.add_all(PhaseSection(phase_id=phase.id, section_id=one) for one in sorted(wanted))
    session.flush()


def _check_plan(plan: Plan) -> None:
    if plan.title is not None and not any(plan.title.values()):
        raise Refused(Reason.EMPTY)
    texts = (plan.responsible_name, plan.responsible_phone, plan.responsible_email)
    if any(len(words) > LONGEST_REQUEST for words in plan.request.values()) or any(
        len(words) > 300 for words in (*texts, *(plan.title or {}).values())
    ):
        raise Refused(Reason.TOO_LONG)
    conveners = plan.conveners or ()
    if len(conveners) > MOST_CONVENERS or any(len(one) > LONGEST_CONVENER for one in conveners):
        raise Refused(Reason.TOO_LONG)
    days = plan.reminder_days
    if len(days) > MOST_REMINDERS or any(abs(day) > FURTHEST_REMINDER for day in days):
        raise Refused(Reason.DATES_WRONG)


def _do(
    installation: Installation,
    actor: Actor,
    phase_id: str,
    request_id: str,
    words: Sequence[str],
    act: Callable[[Session, Phase, datetime], None],
) -> None:
    """Do one act on a phase in one short transaction; a repeated form does nothing more."""
    now = installation.clock.now()
    with installation.database.write() as session:
        phase = load_phase(session, phase_id)
        require(actor, Action.RUN_PROCESS, phase_facts(session, phase_id, now))
        before = earlier(session, actor, request_id, words)
        if before is not None and before.same_words:
            return
        remember(session, actor, request_id, words, phase_id, now)
        act(session, phase, now)


@dataclass(frozen=True)
class Ticked:
    """What a tick did: the phases that it opened and closed, and those that could not open."""

    opened: tuple[str, ...]
    closed: tuple[str, ...]
    blocked: tuple[str, ...]


def tick(installation: Installation) -> Ticked:
    """Open and close phases whose day has come; done again, it does nothing more.

    A planned phase opens on its first day, or as soon after it as nothing is missing; an open
    one closes at the end of its last day. Each in a transaction of its own.
    """
    now = installation.clock.now()
    with installation.database.read() as session:
        opening, closing = _due(session, now)
    opened, closed, blocked = [], [], []
    for phase_id in opening:
        try:
            with installation.database.write() as session:
                phase = load_phase(session, phase_id)
                if phase.state is PhaseState.PLANNED:
                    open_now(session, SYSTEM, phase, now)
                    opened.append(phase_id)
        except Refused:
            blocked.append(phase_id)
    for phase_id in closing:
        with installation.database.write() as session:
            phase = load_phase(session, phase_id)
            if phase.state is PhaseState.OPEN and _over(phase, zone_of(session, phase), now):
                close_now(session, SYSTEM, phase, now)
                closed.append(phase_id)
    return Ticked(tuple(opened), tuple(closed), tuple(blocked))


def _due(session: Session, now: datetime) -> tuple[list[str], list[str]]:
    rows = session.execute(
        select(Phase, Handbook.time_zone)
        .join(Handbook, Handbook.id == Phase.handbook_id)
        .where(
            ((Phase.state == PhaseState.PLANNED) & Phase.opens_on.is_not(None))
            | ((Phase.state == PhaseState.OPEN) & Phase.closes_on.is_not(None))
        )
        .order_by(Phase.handbook_id, Phase.position)
    ).all()
    opening, closing = [], []
    for phase, zone in rows:
        start = opens_at(PhaseTimes(phase.state, phase.opens_on, phase.closes_on, zone))
        if phase.state is PhaseState.PLANNED and start is not None and start <= now:
            opening.append(phase.id)
        elif phase.state is PhaseState.OPEN and _over(phase, zone, now):
            closing.append(phase.id)
    return opening, closing


def _over(phase: Phase, zone: str, now: datetime) -> bool:
    end = closes_at(PhaseTimes(phase.state, phase.opens_on, phase.closes_on, zone))
    return end is not None and end <= now
