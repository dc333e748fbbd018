"""What may be done to a contribution in each state, every pair decided."""

from enum import StrEnum

from reviewtool.domain.contributions import ContributionState
from reviewtool.domain.policy import Action
from reviewtool.domain.refusals import Reason
from reviewtool.domain.tables import Refusal, Step, Table
from reviewtool.domain.trace import Act


class ContributionMove(StrEnum):
    """What can be done to a contribution after it has been made."""

    EDIT = "edit"
    ATTACH = "attach"
    WITHDRAW = "withdraw"
    ADMIT = "admit"
    LEAVE_OUT = "leave-out"
    SUPPORT = "support"
    UNSUPPORT = "unsupport"
    PLACE = "place"
    MASK = "mask"


_LATE, _LEFT_OUT, _RECEIVED, _WITHDRAWN = (
    ContributionState.LATE,
    ContributionState.LEFT_OUT,
    ContributionState.RECEIVED,
    ContributionState.WITHDRAWN,
)

CONTRIBUTION_TABLE: Table[ContributionState, ContributionMove] = {
    # A late one waits as it was sent: its author can't change its words, and may still attach a
    # file that it tells of; the editors may admit it.
    (_LATE, ContributionMove.ATTACH): Step(_LATE, Action.CONTRIBUTE_LATE, Act.FILE_ATTACHED),
    (_LATE, ContributionMove.EDIT): Refusal(Reason.ROUND_CLOSED),
    (_LATE, ContributionMove.WITHDRAW): Refusal(Reason.ROUND_CLOSED),
    (_LATE, ContributionMove.ADMIT): Step(_RECEIVED, Action.SEE_LEDGER, Act.CONTRIBUTION_ADMITTED),
    (_LATE, ContributionMove.LEAVE_OUT): Step(
        _LEFT_OUT, Action.SEE_LEDGER, Act.CONTRIBUTION_LEFT_OUT
    ),
    (_LATE, ContributionMove.SUPPORT): Refusal(Reason.NOT_POSSIBLE_NOW),
    (_LATE, ContributionMove.UNSUPPORT): Refusal(Reason.NOT_POSSIBLE_NOW),
    (_LATE, ContributionMove.PLACE): Step(_LATE, Action.SEE_LEDGER, Act.CONTRIBUTION_PLACED),
    (_LATE, ContributionMove.MASK): Step(_LATE, Action.SEE_LEDGER, Act.CONTRIBUTION_MASKED),
    # Left out it stays as it was said, with the reason; the editors may still admit it.
    (_LEFT_OUT, ContributionMove.EDIT): Refusal(Reason.ROUND_CLOSED),
    (_LEFT_OUT, ContributionMove.ATTACH): Refusal(Reason.ROUND_CLOSED),
    (_LEFT_OUT, ContributionMove.WITHDRAW): Refusal(Reason.ROUND_CLOSED),
    (_LEFT_OUT, ContributionMove.ADMIT): Step(
        _RECEIVED, Action.SEE_LEDGER, Act.CONTRIBUTION_ADMITTED
    ),
    (_LEFT_OUT, ContributionMove.LEAVE_OUT): Refusal(Reason.ALREADY_DONE),
    (_LEFT_OUT, ContributionMove.SUPPORT): Refusal(Reason.NOT_POSSIBLE_NOW),
    (_LEFT_OUT, ContributionMove.UNSUPPORT): Refusal(Reason.NOT_POSSIBLE_NOW),
    (_LEFT_OUT, ContributionMove.PLACE): Refusal(Reason.NOT_POSSIBLE_NOW),
    (_LEFT_OUT, ContributionMove.MASK): Step(_LEFT_OUT, Action.SEE_LEDGER, Act.CONTRIBUTION_MASKED),
    (_RECEIVED, ContributionMove.EDIT): Step(_RECEIVED, Action.CHANGE_OWN, Act.CONTRIBUTION_EDITED),
    (_RECEIVED, ContributionMove.ATTACH): Step(_RECEIVED, Action.CHANGE_OWN, Act.FILE_ATTACHED),
    (_RECEIVED, ContributionMove.WITHDRAW): Step(
        _WITHDRAWN, Action.CHANGE_OWN, Act.CONTRIBUTION_WITHDRAWN
    ),
    (_RECEIVED, ContributionMove.ADMIT): Refusal(Reason.ALREADY_DONE),
    (_RECEIVED, ContributionMove.LEAVE_OUT): Refusal(Reason.NOT_POSSIBLE_NOW),
    (_RECEIVED, ContributionMove.SUPPORT): Step(
        _RECEIVED, Action.SUPPORT, Act.CONTRIBUTION_SUPPORTED
    ),
    (_RECEIVED, ContributionMove.UNSUPPORT): Step(
        _RECEIVED, Action.SUPPORT, Act.CONTRIBUTION_UNSUPPORTED
    ),
    (_RECEIVED, ContributionMove.PLACE): Step(
        _RECEIVED, Action.SEE_LEDGER, Act.CONTRIBUTION_PLACED
    ),
    (_RECEIVED, ContributionMove.MASK): Step(_RECEIVED, Action.SEE_LEDGER, Act.CONTRIBUTION_MASKED),
    # Withdrawing leaves a mark for good; whoever changes their mind says it anew.
    (_WITHDRAWN, ContributionMove.EDIT): Refusal(Reason.NOT_POSSIBLE_NOW),
    (_WITHDRAWN, ContributionMove.ATTACH): Refusal(Reason.NOT_POSSIBLE_NOW),
    (_WITHDRAWN, ContributionMove.WITHDRAW): Refusal(Reason.ALREADY_DONE),
    (_WITHDRAWN, ContributionMove.ADMIT): Refusal(Reason.NOT_POSSIBLE_NOW),
    (_WITHDRAWN, ContributionMove.LEAVE_OUT): Refusal(Reason.NOT_POSSIBLE_NOW),
    (_WITHDRAWN, ContributionMove.SUPPORT): Refusal(Reason.NOT_POSSIBLE_NOW),
    (_WITHDRAWN, ContributionMove.UNSUPPORT): Refusal(Reason.NOT_POSSIBLE_NOW),
    (_WITHDRAWN, ContributionMove.PLACE): Refusal(Reason.NOT_POSSIBLE_NOW),
    (_WITHDRAWN, ContributionMove.MASK): Step(
        _WITHDRAWN, Action.SEE_LEDGER, Act.CONTRIBUTION_MASKED
    ),
}
