"""Approvals: one person's decision on one exact text, in a stated capacity (rule 5)."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from reviewtool.domain.messages import MessageKind
from reviewtool.domain.policy import Action
from reviewtool.domain.refusals import Reason
from reviewtool.domain.tables import Refusal, Step, Table
from reviewtool.domain.trace import Act


class Decision(StrEnum):
    """What a person decided on a text."""

    APPROVED = "approved"
    WITH_COMMENTS = "approved-with-comments"
    CHANGES_REQUESTED = "changes-requested"
    NO_POSITION = "no-position"
    NOTHING_TO_SAY = "nothing-to-say"


class Capacity(StrEnum):
    """In what capacity a person answers; none of them is a decision of the municipality."""

    EXPERT = "own-expert-view"
    WORKING_GROUP = "working-group"
    BOARD = "board"


class Standing(StrEnum):
    """How a decision stands against the text shown now."""

    CURRENT = "current"
    CARRIED = "carried"
    EARLIER_TEXT = "earlier-text"
    SILENT = "silent"


class DecisionMove(StrEnum):
    """What can be done about a person's decision on a text."""

    DECIDE = "decide"
    DECIDE_AGAIN = "decide-again"
    CARRY = "carry"
    OBJECT = "object"


APPROVING = frozenset({Decision.APPROVED, Decision.WITH_COMMENTS})
"""Decisions that count as an approval of the text."""

NEEDS_WORDS = frozenset({Decision.WITH_COMMENTS, Decision.CHANGES_REQUESTED})
"""Decisions that are incomplete without words: the comment, or what should be changed."""

_DECIDED = Step(
    Standing.CURRENT, Action.APPROVE, Act.APPROVAL_GIVEN, (MessageKind.APPROVAL_RECEIPT,)
)
_CARRIED = Step(
    Standing.CARRIED, Action.RUN_PROCESS, Act.APPROVAL_CARRIED, (MessageKind.APPROVAL_CARRIED,)
)
_OBJECTED = Step(Standing.EARLIER_TEXT, Action.OBJECT, Act.CARRY_OBJECTED)

APPROVAL_TABLE: Table[Standing, DecisionMove] = {
    (Standing.SILENT, DecisionMove.DECIDE): _DECIDED,
    (Standing.SILENT, DecisionMove.DECIDE_AGAIN): Refusal(Reason.NOT_POSSIBLE_NOW),
    # Silence never becomes an approval, whoever wants to carry it.
    (Standing.SILENT, DecisionMove.CARRY): Refusal(Reason.APPROVALS_MISSING),
    (Standing.SILENT, DecisionMove.OBJECT): Refusal(Reason.NOT_POSSIBLE_NOW),
    (Standing.CURRENT, DecisionMove.DECIDE): Refusal(Reason.ALREADY_DONE),
    (Standing.CURRENT, DecisionMove.DECIDE_AGAIN): _DECIDED,
    (Standing.CURRENT, DecisionMove.CARRY): Refusal(Reason.ALREADY_DONE),
    (Standing.CURRENT, DecisionMove.OBJECT): Refusal(Reason.NOT_POSSIBLE_NOW),
    (Standing.CARRIED, DecisionMove.DECIDE): Refusal(Reason.ALREADY_DONE),
    (Standing.CARRIED, DecisionMove.DECIDE_AGAIN): _DECIDED,
    (Standing.CARRIED, DecisionMove.CARRY): Refusal(Reason.ALREADY_DONE),
    (Standing.CARRIED, DecisionMove.OBJECT): _OBJECTED,
    (Standing.EARLIER_TEXT, DecisionMove.DECIDE): Refusal(Reason.ALREADY_DONE),
    (Standing.EARLIER_TEXT, DecisionMove.DECIDE_AGAIN): _DECIDED,
    (Standing.EARLIER_TEXT, DecisionMove.CARRY): _CARRIED,
    (Standing.EARLIER_TEXT, DecisionMove.OBJECT): Refusal(Reason.NOT_POSSIBLE_NOW),
}


@dataclass(frozen=True)
class CarryFacts:
    """A recorded carry: from which text to which, and whether the approver objected."""

    from_hash: str
    to_hash: str
    objected: bool


def standing(decided_hash: str | None, shown_hash: str, carries: Iterable[CarryFacts]) -> Standing:
    """Tell how a decision stands against the text that is shown.

    decided_hash: the text that was decided on; None where nothing came.
    carries: those recorded for this decision, oldest first; a chain of them holds as long as
    no link of it was objected to.
    """
    if decided_hash is None:
        return Standing.SILENT
    if decided_hash == shown_hash:
        return Standing.CURRENT
    reached = {decided_hash}
    for carry in carries:
        if carry.from_hash in reached and not carry.objected:
            reached.add(carry.to_hash)
    return Standing.CARRIED if shown_hash in reached else Standing.EARLIER_TEXT


def holds(decision: Decision, where: Standing) -> bool:
    """Tell whether a decision counts as an approval of the text that is shown."""
    return decision in APPROVING and where in (Standing.CURRENT, Standing.CARRIED)


def objects(decision: Decision, where: Standing) -> bool:
    """Tell whether a decision asks for changes in the very text that is shown."""
    return decision is Decision.CHANGES_REQUESTED and where in (
        Standing.CURRENT,
        Standing.CARRIED,
    )
