"""The rules of answering: every pair decided, what each kind needs, what stays open."""

import pytest

from reviewtool.domain.answers import (
    ANSWER_TABLE,
    NEEDS,
    AnswerKind,
    AnswerMove,
    AnswerStage,
    Given,
    closes_circle,
    keeps_open,
    missing_parts,
)
from reviewtool.domain.refusals import Reason
from reviewtool.domain.tables import undecided

EVERYTHING = Given("syy", True, True, True, True, True)


def test_every_stage_and_act_is_decided() -> None:
    assert undecided(ANSWER_TABLE, AnswerStage, AnswerMove) == []
    assert set(NEEDS) == set(AnswerKind)


@pytest.mark.parametrize("kind", AnswerKind)
def test_an_answer_that_names_everything_is_complete(kind: AnswerKind) -> None:
    assert missing_parts(kind, EVERYTHING) == ()


@pytest.mark.parametrize(
    ("kind", "reasons"),
    [
        (AnswerKind.TAKEN, (Reason.EVIDENCE_MISSING,)),
        (AnswerKind.TAKEN_IN_PART, (Reason.REASON_MISSING, Reason.EVIDENCE_MISSING)),
        (AnswerKind.TAKEN_IN_OTHER_WORDS, (Reason.EVIDENCE_MISSING,)),
        (AnswerKind.ALREADY_IN_TEXT, (Reason.PLACE_MISSING,)),
        (AnswerKind.NOT_TAKEN, (Reason.REASON_MISSING,)),
        (AnswerKind.OUTSIDE, (Reason.REASON_MISSING,)),
        (AnswerKind.TOGETHER_WITH, (Reason.OTHER_MISSING,)),
        (AnswerKind.DEFERRED, (Reason.PHASE_MISSING,)),
        (AnswerKind.MOVED, (Reason.SECTION_MISSING,)),
        (AnswerKind.NOTED, ()),
    ],
)
def test_what_an_empty_answer_lacks(kind: AnswerKind, reasons: tuple[Reason, ...]) -> None:
    assert missing_parts(kind, Given(reason="  ")) == reasons


def test_deferred_is_open_again_from_when_its_phase_opens() -> None:
    assert not keeps_open(AnswerKind.DEFERRED, phase_ahead=True)
    assert keeps_open(AnswerKind.DEFERRED, phase_ahead=False)


def test_moved_is_open_and_together_follows_the_other() -> None:
    assert keeps_open(AnswerKind.MOVED)
    assert keeps_open(AnswerKind.TOGETHER_WITH, other_open=True)
    assert not keeps_open(AnswerKind.TOGETHER_WITH, other_open=False)
    assert not keeps_open(AnswerKind.NOT_TAKEN)


def test_what_is_not_used_has_a_reason() -> None:
    assert missing_parts(AnswerKind.USED, Given()) == ()
    assert missing_parts(AnswerKind.NOT_USED, Given()) == (Reason.REASON_MISSING,)


def test_together_never_leads_back() -> None:
    together = {"b": "c", "c": "d"}
    assert closes_circle(together, "a", "a")
    assert closes_circle(together, "d", "b")
    assert not closes_circle(together, "a", "b")
