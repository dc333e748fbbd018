"""Every state and act of a phase; what opening needs; when a round is warned of."""

from datetime import date

import pytest

from reviewtool.domain.messages import MessageKind
from reviewtool.domain.phases import (
    PHASE_TABLE,
    OpeningFacts,
    PhaseKind,
    PhaseMove,
    PhaseState,
    PlanWarning,
    missing_to_open,
    plan_warnings,
)
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.domain.tables import allowed, step, undecided

EXPECTED = {
    "planned": "planned open x x x",
    "open": "open x open closed x",
    "closed": "x x x x open",
}
"""The state after plan, open, extend, close, reopen; x where it is refused."""


def test_every_pair_is_decided() -> None:
    assert undecided(PHASE_TABLE, PhaseState, PhaseMove) == []


@pytest.mark.parametrize("state", list(PhaseState))
@pytest.mark.parametrize("move", list(PhaseMove))
def test_each_act_in_each_state(state: PhaseState, move: PhaseMove) -> None:
    after = EXPECTED[state.value].split()[list(PhaseMove).index(move)]
    if after == "x":
        with pytest.raises(Refused) as refused:
            step(PHASE_TABLE, state, move)
        assert refused.value.reason in (Reason.NOT_POSSIBLE_NOW, Reason.ALREADY_DONE)
    else:
        taken = step(PHASE_TABLE, state, move)
        assert taken.state.value == after
        assert taken.traced is not None


def test_doing_it_again_says_that_it_is_done() -> None:
    for state, move in ((PhaseState.OPEN, PhaseMove.OPEN), (PhaseState.CLOSED, PhaseMove.CLOSE)):
        with pytest.raises(Refused) as refused:
            step(PHASE_TABLE, state, move)
        assert refused.value.reason is Reason.ALREADY_DONE


def test_buttons_are_what_the_table_allows() -> None:
    assert allowed(PHASE_TABLE, PhaseState.OPEN, PhaseMove) == (
        PhaseMove.PLAN,
        PhaseMove.EXTEND,
        PhaseMove.CLOSE,
    )


def test_whoever_is_invited_hears_of_opening_and_of_more_time() -> None:
    opening = step(PHASE_TABLE, PhaseState.PLANNED, PhaseMove.OPEN)
    assert MessageKind.INVITATION in opening.mailed
    for state, move in ((PhaseState.OPEN, PhaseMove.EXTEND), (PhaseState.CLOSED, PhaseMove.REOPEN)):
        assert step(PHASE_TABLE, state, move).mailed == (MessageKind.EXTENDED,)


TODAY = date(2026, 9, 14)


def facts(**changes: object) -> OpeningFacts:
    """Give the facts of a round that can open, with some of them changed."""
    usual: dict[str, object] = {
        "kind": PhaseKind.ROUND,
        "phase_id": "p" * 16,
        "handbook_id": "h" * 16,
        "has_draft": True,
        "opens_on": TODAY,
        "closes_on": date(2026, 10, 9),
        "today": TODAY,
        "people": 3,
        "open_to_all": False,
        "has_contact": True,
        "has_controller": True,
    }
    return OpeningFacts(**{**usual, **changes})  # type: ignore[arg-type]  # checked by the class


@pytest.mark.parametrize(
    ("changes", "reasons"),
    [
        ({}, []),
        ({"has_draft": False}, [Reason.DRAFT_MISSING]),
        ({"closes_on": None}, [Reason.DATES_MISSING]),
        ({"closes_on": date(2026, 9, 13)}, [Reason.DATES_WRONG]),
        ({"closes_on": TODAY}, []),
        ({"closes_on": date(2026, 9, 20), "opens_on": date(2026, 9, 21)}, [Reason.DATES_WRONG]),
        ({"people": 0}, [Reason.PEOPLE_MISSING]),
        ({"people": 0, "open_to_all": True}, []),
        ({"has_contact": False}, [Reason.CONTACT_MISSING]),
        ({"has_controller": False}, [Reason.CONTROLLER_MISSING]),
        (
            {"people": 0, "open_to_all": True, "kind": PhaseKind.APPROVAL},
            [Reason.PEOPLE_MISSING],
        ),
        (
            {"has_draft": False, "closes_on": None, "people": 0},
            [Reason.DRAFT_MISSING, Reason.DATES_MISSING, Reason.PEOPLE_MISSING],
        ),
    ],
)
def test_what_a_round_needs_before_it_opens(
    changes: dict[str, object], reasons: list[Reason]
) -> None:
    assert [missing.reason for missing in missing_to_open(facts(**changes))] == reasons


@pytest.mark.parametrize(
    "kind",
    [PhaseKind.DRAFTING, PhaseKind.WORKSHOP, PhaseKind.INTERVIEWS, PhaseKind.PUBLICATION],
)
def test_other_phases_open_without_a_draft_people_or_a_last_day(kind: PhaseKind) -> None:
    assert missing_to_open(facts(kind=kind, has_draft=False, closes_on=None, people=0)) == ()
    past = missing_to_open(facts(kind=kind, people=0, closes_on=date(2026, 9, 1)))
    assert [missing.reason for missing in past] == [Reason.DATES_WRONG]


@pytest.mark.parametrize(
    ("opens_on", "closes_on", "warnings"),
    [
        (date(2026, 9, 14), date(2026, 9, 28), []),
        (date(2026, 9, 14), date(2026, 9, 25), [PlanWarning.SHORT]),
        # Fourteen days, the first and the last counted in.
        (date(2026, 9, 15), date(2026, 9, 28), []),
        (date(2026, 9, 1), date(2026, 9, 27), [PlanWarning.WEEKEND]),
        (date(2026, 6, 1), date(2026, 7, 1), [PlanWarning.JULY]),
        (date(2026, 12, 1), date(2026, 12, 24), [PlanWarning.CHRISTMAS]),
        (date(2026, 12, 20), date(2026, 12, 26), [PlanWarning.SHORT, PlanWarning.WEEKEND,
                                                  PlanWarning.CHRISTMAS]),
        (date(2026, 12, 1), date(2026, 12, 23), []),
        # Most of the round lies where people are away, though its last day doesn't.
        (date(2026, 6, 29), date(2026, 8, 7), [PlanWarning.JULY]),
        (date(2026, 6, 15), date(2026, 8, 7), []),
        (date(2026, 12, 18), date(2027, 1, 8), [PlanWarning.CHRISTMAS]),
        (date(2026, 12, 7), date(2027, 1, 15), []),
        (date(2026, 12, 1), None, []),
    ],
)  # fmt: skip
def test_bad_times_to_be_asked_are_warned_of(
    opens_on: date, closes_on: date | None, warnings: list[PlanWarning]
) -> None:
    assert plan_warnings(PhaseKind.ROUND, opens_on, closes_on) == warnings
    assert plan_warnings(PhaseKind.DRAFTING, opens_on, closes_on) == []
