"""Interviews: what may be done about a note, once the person has read it; every pair decided."""

from enum import StrEnum

from reviewtool.domain.contributions import ContributionState
from reviewtool.domain.messages import MessageKind
from reviewtool.domain.policy import Action
from reviewtool.domain.refusals import Reason
from reviewtool.domain.tables import Refusal, Step, Table
from reviewtool.domain.trace import Act


class NoteWish(StrEnum):
    """What a person asks of a note that isn't what they said."""

    CORRECT = "correct"
    WITHDRAW = "withdraw"


class NoteState(StrEnum):
    """How a note stands between the person and the editors."""

    STANDS = "stands"
    DISPUTED = "disputed"
    WITHDRAWN = "withdrawn"


class NoteMove(StrEnum):
    """What can be done about a note."""

    DISPUTE = "dispute"
    CORRECT = "correct"
    WITHDRAW = "withdraw"
    KEEP = "keep"


_S, _M = NoteState, NoteMove
_DISPUTED = Step(_S.DISPUTED, Action.CHECK_INTERVIEW, Act.NOTE_DISPUTED)
_TOLD = (MessageKind.INTERVIEW_NOTES,)
_CORRECTED = Step(_S.STANDS, Action.SEE_LEDGER, Act.CONTRIBUTION_EDITED, _TOLD)

NOTE_TABLE: Table[NoteState, NoteMove] = {
    (_S.STANDS, _M.DISPUTE): _DISPUTED,
    (_S.STANDS, _M.CORRECT): _CORRECTED,
    # An editor never takes back what somebody said, unless they ask for it.
    (_S.STANDS, _M.WITHDRAW): Refusal(Reason.NOT_POSSIBLE_NOW),
    (_S.STANDS, _M.KEEP): Refusal(Reason.ALREADY_DONE),
    (_S.DISPUTED, _M.DISPUTE): _DISPUTED,
    (_S.DISPUTED, _M.CORRECT): _CORRECTED,
    (_S.DISPUTED, _M.WITHDRAW): Step(
        _S.WITHDRAWN, Action.SEE_LEDGER, Act.CONTRIBUTION_WITHDRAWN, _TOLD
    ),
    (_S.DISPUTED, _M.KEEP): Step(_S.STANDS, Action.SEE_LEDGER, Act.NOTE_KEPT, _TOLD),
    (_S.WITHDRAWN, _M.DISPUTE): Refusal(Reason.NOT_POSSIBLE_NOW),
    (_S.WITHDRAWN, _M.CORRECT): Refusal(Reason.NOT_POSSIBLE_NOW),
    (_S.WITHDRAWN, _M.WITHDRAW): Refusal(Reason.ALREADY_DONE),
    (_S.WITHDRAWN, _M.KEEP): Refusal(Reason.NOT_POSSIBLE_NOW),
}


def note_state(state: ContributionState, wish: NoteWish | None) -> NoteState:
    """Tell how a note stands, from its contribution's state and what the person asked for."""
    if state is ContributionState.WITHDRAWN:
        return NoteState.WITHDRAWN
    return NoteState.STANDS if wish is None else NoteState.DISPUTED
