"""How far a workshop is, and the codes that people type."""

from datetime import UTC, datetime, timedelta

import pytest

from reviewtool.domain.phases import PhaseState
from reviewtool.domain.workshops import RoomCode, Stage, read_code, stage

BEGINS = datetime(2026, 9, 28, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("state", "phase_open", "before", "expected"),
    [
        (PhaseState.PLANNED, False, timedelta(), Stage.PLANNED),
        (PhaseState.OPEN, True, timedelta(days=3), Stage.INVITED),
        (PhaseState.OPEN, True, timedelta(minutes=61), Stage.INVITED),
        (PhaseState.OPEN, True, timedelta(minutes=60), Stage.RUNNING),
        (PhaseState.OPEN, True, -timedelta(hours=5), Stage.RUNNING),
        (PhaseState.OPEN, False, timedelta(), Stage.OVER),
        (PhaseState.CLOSED, False, timedelta(days=3), Stage.OVER),
    ],
)
def test_the_room_opens_an_hour_before_and_closes_with_the_phase(
    state: PhaseState, phase_open: bool, before: timedelta, expected: Stage
) -> None:
    assert stage(state, phase_open, BEGINS, BEGINS - before) is expected


def test_a_workshop_without_a_time_runs_while_its_phase_is_open() -> None:
    assert stage(PhaseState.OPEN, True, None, BEGINS) is Stage.RUNNING


@pytest.mark.parametrize("typed", ["48291537", "482 91 537", "482-91-537 ", "482.91.537"])
def test_a_code_is_read_however_it_is_typed(typed: str) -> None:
    assert read_code(typed) == RoomCode("482", "91537")


@pytest.mark.parametrize("typed", ["", "4829153", "482915377", "48291S37", "٤٨٢٩١٥٣٧"])
def test_what_is_no_code_is_none(typed: str) -> None:
    assert read_code(typed) is None


def test_a_code_is_shown_in_parts() -> None:
    assert RoomCode("482", "91537").shown == "482 91 537"
