"""The table of what may be done to a contribution."""

from reviewtool.domain.contribution_moves import CONTRIBUTION_TABLE, ContributionMove
from reviewtool.domain.contributions import ContributionState
from reviewtool.domain.tables import Step, undecided


def test_every_pair_is_decided() -> None:
    assert undecided(CONTRIBUTION_TABLE, ContributionState, ContributionMove) == []


def test_nothing_said_is_ever_taken_away_by_a_step() -> None:
    steps = [entry for entry in CONTRIBUTION_TABLE.values() if isinstance(entry, Step)]
    assert {entry.state for entry in steps} == set(ContributionState)
    leaving = {
        state
        for (state, _), entry in CONTRIBUTION_TABLE.items()
        if isinstance(entry, Step) and entry.state is not state
    }
    assert leaving == {
        ContributionState.LATE,
        ContributionState.LEFT_OUT,
        ContributionState.RECEIVED,
    }
