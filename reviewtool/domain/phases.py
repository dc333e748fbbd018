"""Phases: kinds, states and the table of what may be done when."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from reviewtool.domain.contributions import Sharing
from reviewtool.domain.days import end_of_day, local_day, start_of_day
from reviewtool.domain.messages import MessageKind
from reviewtool.domain.policy import Action
from reviewtool.domain.refusals import Missing, Reason
from reviewtool.domain.tables import Refusal, Step, Table
from reviewtool.domain.trace import Act


class PhaseKind(StrEnum):
    """What a phase is for."""

    DRAFTING = "drafting"
    WORKSHOP = "workshop"
    ROUND = "round"
    INTERVIEWS = "interviews"
    APPROVAL = "approval"
    PUBLICATION = "publication"


class PhaseState(StrEnum):
    """Where a phase is; whether one can write is computed from its dates too."""

    PLANNED = "planned"
    OPEN = "open"
    CLOSED = "closed"


class PhaseMove(StrEnum):
    """What can be done to a phase."""

    PLAN = "plan"
    OPEN = "open"
    EXTEND = "extend"
    CLOSE = "close"
    REOPEN = "reopen"


ASKING = frozenset({PhaseKind.ROUND, PhaseKind.APPROVAL})
"""Kinds that put one frozen draft before people, and ask them for something until a last day."""


INVITING = ASKING | {PhaseKind.WORKSHOP}
"""Kinds into which people are invited, each by a link of their own."""


class RoundChannel(StrEnum):
    """How a round is held."""

    WEB = "web"
    EMAIL = "e-mail"


PHASE_TABLE: Table[PhaseState, PhaseMove] = {
    (PhaseState.PLANNED, PhaseMove.PLAN): Step(
        PhaseState.PLANNED, Action.RUN_PROCESS, Act.PHASE_PLANNED
    ),
    (PhaseState.PLANNED, PhaseMove.OPEN): Step(
        PhaseState.OPEN,
        Action.RUN_PROCESS,
        Act.PHASE_OPENED,
        (MessageKind.INVITATION, MessageKind.APPROVAL_REQUEST, MessageKind.WORKSHOP_INVITATION),
    ),
    (PhaseState.PLANNED, PhaseMove.EXTEND): Refusal(Reason.NOT_POSSIBLE_NOW),
    (PhaseState.PLANNED, PhaseMove.CLOSE): Refusal(Reason.NOT_POSSIBLE_NOW),
    (PhaseState.PLANNED, PhaseMove.REOPEN): Refusal(Reason.NOT_POSSIBLE_NOW),
    (PhaseState.OPEN, PhaseMove.PLAN): Step(PhaseState.OPEN, Action.RUN_PROCESS, Act.PHASE_PLANNED),
    (PhaseState.OPEN, PhaseMove.OPEN): Refusal(Reason.ALREADY_DONE),
    (PhaseState.OPEN, PhaseMove.EXTEND): Step(
        PhaseState.OPEN, Action.RUN_PROCESS, Act.PHASE_EXTENDED, (MessageKind.EXTENDED,)
    ),
    (PhaseState.OPEN, PhaseMove.CLOSE): Step(
        PhaseState.CLOSED, Action.RUN_PROCESS, Act.PHASE_CLOSED
    ),
    (PhaseState.OPEN, PhaseMove.REOPEN): Refusal(Reason.ALREADY_DONE),
    (PhaseState.CLOSED, PhaseMove.PLAN): Refusal(Reason.NOT_POSSIBLE_NOW),
    (PhaseState.CLOSED, PhaseMove.OPEN): Refusal(Reason.NOT_POSSIBLE_NOW),
    (PhaseState.CLOSED, PhaseMove.EXTEND): Refusal(Reason.NOT_POSSIBLE_NOW),
    (PhaseState.CLOSED, PhaseMove.CLOSE): Refusal(Reason.ALREADY_DONE),
    (PhaseState.CLOSED, PhaseMove.REOPEN): Step(
        PhaseState.OPEN, Action.RUN_PROCESS, Act.PHASE_REOPENED, (MessageKind.EXTENDED,)
    ),
}


@dataclass(frozen=True)
class PhaseTimes:
    """What decides whether a phase can be written in: its state, days and time zone."""

    state: PhaseState
    opens_on: date | None
    closes_on: date | None
    time_zone: str
    extended_to: date | None = None
    """The last day of one organisation that has been given more time than the others."""

    @property
    def last_day(self) -> date | None:
        """The last day that counts: the later of the phase's and the organisation's own."""
        if self.extended_to is None or self.closes_on is None:
            return self.closes_on
        return max(self.closes_on, self.extended_to)


def opens_at(times: PhaseTimes) -> datetime | None:
    """Give the moment at which a phase opens by its date."""
    return start_of_day(times.opens_on, times.time_zone) if times.opens_on else None


def closes_at(times: PhaseTimes) -> datetime | None:
    """Give the moment from which a phase no longer takes anything: the end of its last day."""
    return end_of_day(times.last_day, times.time_zone) if times.last_day else None


def is_open(times: PhaseTimes, now: datetime) -> bool:
    """Tell whether a phase takes contributions or decisions at a moment.

    Computed from state, dates and clock, so that a dead worker keeps nothing open: an open phase
    is over when its last day is, whether or not somebody has closed it. For an organisation with
    more time it goes on until their own last day, though it has been closed for the others.
    """
    if times.state is PhaseState.CLOSED and times.extended_to is not None:
        return now < end_of_day(times.extended_to, times.time_zone)
    if times.state is not PhaseState.OPEN:
        return False
    end = closes_at(times)
    return end is None or now < end


def ended_on(times: PhaseTimes, closed_at: datetime | None) -> date | None:
    """Give the last day as people are told it: of one that was closed early, the day it closed."""
    if times.state is not PhaseState.CLOSED or closed_at is None:
        return times.closes_on
    closed_on = local_day(closed_at, times.time_zone)
    return min(closed_on, times.closes_on) if times.closes_on else closed_on


@dataclass(frozen=True)
class OpeningFacts:
    """What decides whether a phase can open: counted and read by the caller.

    people: invitations that stand; today: the day in the handbook's time zone.
    """

    kind: PhaseKind
    phase_id: str
    handbook_id: str
    has_draft: bool
    opens_on: date | None
    closes_on: date | None
    today: date
    people: int
    open_to_all: bool
    has_time: bool = False
    """Of a workshop: it is known when it is held."""
    sharing: Sharing = Sharing.NOBODY
    shared_from: date | None = None
    has_contact: bool = False
    """Somebody is named whom people can write to or call."""
    has_controller: bool = False
    """It is known who asks, and is responsible for the personal data."""


def missing_to_open(facts: OpeningFacts) -> tuple[Missing, ...]:
    """List what stands in the way of opening a phase; nothing for one that can open."""
    missing = []
    asks = facts.kind in ASKING
    if asks and not facts.has_draft:
        missing.append(Missing(Reason.DRAFT_MISSING, "handbook", facts.handbook_id))
    if asks and facts.closes_on is None:
        missing.append(Missing(Reason.DATES_MISSING, "phase", facts.phase_id))
    if not days_fit(facts.opens_on, facts.closes_on, facts.today):
        missing.append(Missing(Reason.DATES_WRONG, "phase", facts.phase_id))
    if asks and facts.sharing is Sharing.FROM_DAY and facts.shared_from is None:
        missing.append(Missing(Reason.SHARING_DAY_MISSING, "phase", facts.phase_id))
    anyone = facts.open_to_all and facts.kind is PhaseKind.ROUND
    if asks and not anyone and not facts.people:
        missing.append(Missing(Reason.PEOPLE_MISSING, "people", facts.phase_id))
    if asks or (facts.kind is PhaseKind.WORKSHOP and facts.people):
        if not facts.has_contact:
            missing.append(Missing(Reason.CONTACT_MISSING, "phase", facts.phase_id))
        if not facts.has_controller:
            missing.append(Missing(Reason.CONTROLLER_MISSING, "handbook", facts.handbook_id))
    if facts.kind is PhaseKind.WORKSHOP and facts.people and not facts.has_time:
        missing.append(Missing(Reason.TIME_MISSING, "workshop", facts.phase_id))
    return tuple(missing)


def days_fit(opens_on: date | None, closes_on: date | None, today: date) -> bool:
    """Tell whether a last day isn't over, and doesn't come before the first."""
    if closes_on is None:
        return True
    return closes_on >= max(today, opens_on or today)


class PlanWarning(StrEnum):
    """What may make a round a bad time to be asked; a warning, never a refusal."""

    SHORT = "short"
    WEEKEND = "weekend"
    JULY = "july"
    CHRISTMAS = "christmas"


SHORTEST_ROUND = timedelta(days=14)
"""What people need at least to answer beside their work (the Finnish hearing guide)."""


def _in_july(day: date) -> bool:
    return day.month == 7


def _at_christmas(day: date) -> bool:
    return (day.month, day.day) >= (12, 24) or (day.month, day.day) <= (1, 6)


def plan_warnings(kind: PhaseKind, opens_on: date, closes_on: date | None) -> list[PlanWarning]:
    """Warn of a round or approval that is short, or falls on days when nobody works.

    It falls on July or Christmas when its last day does, or when too few days are left beside
    them: days on which people are away don't give them time.
    """
    if closes_on is None or kind not in ASKING:
        return []
    days = [opens_on + timedelta(days=n) for n in range((closes_on - opens_on).days + 1)]
    warnings = []
    if len(days) < SHORTEST_ROUND.days:
        warnings.append(PlanWarning.SHORT)
    if closes_on.weekday() >= 5:
        warnings.append(PlanWarning.WEEKEND)
    for away, warning in ((_in_july, PlanWarning.JULY), (_at_christmas, PlanWarning.CHRISTMAS)):
        at_work = sum(not away(day) for day in days)
        if away(closes_on) or at_work < min(len(days), SHORTEST_ROUND.days):
            warnings.append(warning)
    return warnings
