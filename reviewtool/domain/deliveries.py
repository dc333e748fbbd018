"""The table of one outgoing mail: what the background work and an editor may do to it."""

from enum import StrEnum

from reviewtool.domain.messages import MessageState
from reviewtool.domain.policy import Action
from reviewtool.domain.refusals import Reason
from reviewtool.domain.tables import Refusal, Step, Table


class MessageMove(StrEnum):
    """What can be done to an outgoing mail."""

    CLAIM = "claim"
    SEND = "send"
    DEFER = "defer"
    FAIL = "fail"
    RELEASE = "release"
    DROP = "drop"
    """Found to be no longer relevant, by the claim that was about to send it."""
    SEND_AGAIN = "send-again"
    CANCEL = "cancel"


_DONE = Refusal(Reason.ALREADY_DONE)
_NOT_NOW = Refusal(Reason.NOT_POSSIBLE_NOW)


def _to(state: MessageState) -> Step[MessageState]:
    return Step(state, Action.RUN_PROCESS, None)


_UNSENT: dict[MessageMove, Step[MessageState] | Refusal] = {
    MessageMove.CLAIM: _to(MessageState.SENDING),
    MessageMove.SEND: _NOT_NOW,
    MessageMove.DEFER: _NOT_NOW,
    MessageMove.FAIL: _NOT_NOW,
    MessageMove.RELEASE: _NOT_NOW,
    MessageMove.DROP: _NOT_NOW,
    MessageMove.SEND_AGAIN: _to(MessageState.QUEUED),
    MessageMove.CANCEL: _to(MessageState.CANCELLED),
}

_ENDED: dict[MessageMove, Step[MessageState] | Refusal] = {
    **_UNSENT,
    MessageMove.CLAIM: _NOT_NOW,
    MessageMove.CANCEL: _NOT_NOW,
}

_ROWS: dict[MessageState, dict[MessageMove, Step[MessageState] | Refusal]] = {
    MessageState.QUEUED: {**_UNSENT, MessageMove.SEND_AGAIN: _DONE},
    MessageState.DEFERRED: _UNSENT,
    MessageState.SENDING: {
        MessageMove.CLAIM: _NOT_NOW,
        MessageMove.SEND: _to(MessageState.SENT),
        MessageMove.DEFER: _to(MessageState.DEFERRED),
        MessageMove.FAIL: _to(MessageState.FAILED),
        MessageMove.RELEASE: _to(MessageState.QUEUED),
        MessageMove.DROP: _to(MessageState.CANCELLED),
        # Its claim may be in the middle of sending it: only that claim may settle it.
        MessageMove.SEND_AGAIN: _NOT_NOW,
        MessageMove.CANCEL: _NOT_NOW,
    },
    MessageState.SENT: _ENDED,
    MessageState.FAILED: {**_ENDED, MessageMove.CANCEL: _to(MessageState.CANCELLED)},
    MessageState.CANCELLED: {**_ENDED, MessageMove.CANCEL: _DONE},
}

MESSAGE_TABLE: Table[MessageState, MessageMove] = {
    (state, move): entry for state, row in _ROWS.items() for move, entry in row.items()
}
