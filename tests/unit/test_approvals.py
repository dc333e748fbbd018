"""The rules of approvals: how a decision stands against the text that is shown."""

import pytest

from reviewtool.domain.approvals import (
    APPROVAL_TABLE,
    CarryFacts,
    Decision,
    DecisionMove,
    Standing,
    holds,
    objects,
    standing,
)
from reviewtool.domain.refusals import Refused
from reviewtool.domain.tables import step, undecided

OLD, MIDDLE, NEW = "a" * 64, "b" * 64, "c" * 64


def test_every_state_and_act_is_decided() -> None:
    assert undecided(APPROVAL_TABLE, Standing, DecisionMove) == []


@pytest.mark.parametrize(
    ("decided", "shown", "carries", "expected"),
    [
        (None, NEW, [], Standing.SILENT),
        (NEW, NEW, [], Standing.CURRENT),
        (OLD, NEW, [], Standing.EARLIER_TEXT),
        (OLD, NEW, [CarryFacts(OLD, NEW, objected=False)], Standing.CARRIED),
        (OLD, NEW, [CarryFacts(OLD, NEW, objected=True)], Standing.EARLIER_TEXT),
        (OLD, NEW, [CarryFacts(OLD, MIDDLE, objected=False)], Standing.EARLIER_TEXT),
        (
            OLD,
            NEW,
            [CarryFacts(OLD, MIDDLE, objected=False), CarryFacts(MIDDLE, NEW, objected=False)],
            Standing.CARRIED,
        ),
        (
            OLD,
            NEW,
            [CarryFacts(OLD, MIDDLE, objected=True), CarryFacts(MIDDLE, NEW, objected=False)],
            Standing.EARLIER_TEXT,
        ),
    ],
)
def test_a_decision_holds_for_one_text_only(
    decided: str | None, shown: str, carries: list[CarryFacts], expected: Standing
) -> None:
    assert standing(decided, shown, carries) is expected


def test_silence_is_never_carried_into_an_approval() -> None:
    with pytest.raises(Refused):
        step(APPROVAL_TABLE, Standing.SILENT, DecisionMove.CARRY)


@pytest.mark.parametrize("decision", list(Decision))
@pytest.mark.parametrize("where", list(Standing))
def test_only_an_approval_of_the_shown_text_counts(decision: Decision, where: Standing) -> None:
    here = where in (Standing.CURRENT, Standing.CARRIED)
    approving = decision in (Decision.APPROVED, Decision.WITH_COMMENTS)
    assert holds(decision, where) is (here and approving)
    assert objects(decision, where) is (here and decision is Decision.CHANGES_REQUESTED)
