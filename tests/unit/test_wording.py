"""Kinds and states by name: what has the same value in two enums keeps its own words."""

import re
from datetime import date

import pytest

from reviewtool.domain.answers import AnswerKind
from reviewtool.domain.approvals import Capacity, Decision
from reviewtool.domain.contributions import NameShown, Sharing
from reviewtool.domain.invitations import InvitationState, Origin
from reviewtool.domain.messages import MessageState
from reviewtool.domain.phases import PhaseMove
from reviewtool.infra.i18n import speaking
from reviewtool.wording.names import wording
from reviewtool.wording.promises import promise, rule
from reviewtool.wording.statements import approval_statement


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (Sharing.NOBODY, "Only the editors see what you say"),
        (NameShown.NOBODY, "Neither name nor organisation is shown"),
        (AnswerKind.DEFERRED, "We return to this later"),
        (MessageState.DEFERRED, "Tried again later"),
        (InvitationState.INVITED, "Invited"),
        (Origin.INVITED, "Invited by the editors"),
        (InvitationState.CANCELLED, "Cancelled"),
        (MessageState.CANCELLED, "Not needed any more"),
        (PhaseMove.OPEN, "Open"),
    ],
)
def test_each_enum_has_its_own_words_for_a_shared_value(value: Sharing, words: str) -> None:
    with speaking("en"):
        assert wording(value) == words


@pytest.mark.parametrize(
    ("language", "minutes", "no_decision"),
    [
        ("fi", "päätös on sen pöytäkirjassa", "Tämä ei ole kunnan"),
        ("sv", "beslutet finns i organets protokoll", "Detta är inte kommunens"),
        ("en", "the decision is in its minutes", "no decision of the municipality"),
    ],
)
def test_what_a_board_has_decided_is_never_called_no_decision(
    language: str, minutes: str, no_decision: str
) -> None:
    with speaking(language):
        said = {
            capacity: approval_statement(Decision.APPROVED, capacity, "§ 12")
            for capacity in Capacity
        }
    for capacity, words in said.items():
        assert (minutes in words) is (capacity is Capacity.BOARD)
        assert (no_decision in words) is (capacity is not Capacity.BOARD)


@pytest.mark.parametrize(
    ("language", "person"),
    [("fi", r"\bnäet\b|palautteesi|nimesi"), ("sv", r"\bdu\b|\bdi(n|na|tt)\b"), ("en", r"\byou")],
)
@pytest.mark.parametrize("sharing", list(Sharing))
def test_a_promise_is_told_to_editors_as_a_rule_for_others(
    language: str, person: str, sharing: Sharing
) -> None:
    with speaking(language):
        for day in (None, date(2026, 10, 1)):
            assert not re.search(person, rule(sharing, day), re.IGNORECASE)
        if sharing is Sharing.NOBODY:
            assert re.search(person, promise(sharing, None), re.IGNORECASE)
