"""Phases: kinds, states and the table of what may be done when."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from reviewtool.domain.days import end_of_day, start_of_day
from reviewtool.domain.messages import MessageKind
from reviewtool.domain.policy import Action
from reviewtool.domain.refusals import Reason
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
        (MessageKind.INVITATION, MessageKind.APPROVAL_REQUEST),
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


def opens_at(times: PhaseTimes) -> datetime | None:
    """Give the moment at which a phase opens by its date."""
    return start_of_day(times.opens_on, times.time_zone) if times.opens_on else None


def closes_at(times: PhaseTimes) -> datetime | None:
    """Give the moment from which a phase no longer takes anything: the end of its last day."""
    return end_of_day(times.closes_on, times.time_zone) if times.closes_on else None


def is_open(times: PhaseTimes, now: datetime) -> bool:
    """Tell whether a phase takes contributions or decisions at a moment.

    Computed from state, dates and clock, so that a dead worker keeps nothing open: an open phase
    is over when its last day is, whether or not somebody has closed it.
    """
    if times.state is not PhaseState.OPEN:
        return False
    end = closes_at(times)
    return end is None or now < end
