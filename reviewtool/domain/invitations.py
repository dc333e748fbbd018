"""Invitations: how a person comes to a phase, how far they are, and what may be done when."""

from enum import StrEnum

from reviewtool.domain.links import Purpose
from reviewtool.domain.messages import MessageKind
from reviewtool.domain.phases import PhaseKind
from reviewtool.domain.policy import Action
from reviewtool.domain.refusals import Reason
from reviewtool.domain.tables import Refusal, Step, Table
from reviewtool.domain.trace import Act


class InvitationState(StrEnum):
    """How far a person is in a phase; *came in* is their first POST, never an opening (rule 6)."""

    UNCONFIRMED = "unconfirmed"
    PREPARED = "prepared"
    INVITED = "invited"
    CAME_IN = "came-in"
    READY = "ready"
    DECLINED = "declined"
    PASSED_ON = "passed-on"
    CANCELLED = "cancelled"


class HowFar(StrEnum):
    """Where somebody stands who was asked: what came from them counts, not that they looked."""

    SILENT = "silent"
    BEGAN = "began"
    READY = "ready"
    DECLINED = "declined"


AWAITED = (HowFar.SILENT, HowFar.BEGAN)
"""Groups from which something is still awaited: they can be reminded."""


class Origin(StrEnum):
    """How a person came to a phase."""

    INVITED = "invited"
    SIGNED_UP = "signed-up"
    JOINED = "joined"
    PASSED_ON = "passed-on"
    SUCCESSOR = "successor"
    RECORDED = "recorded"
    DEPUTY = "deputy"
    BOX = "box"


ANSWERING_FOR = frozenset({Origin.DEPUTY, Origin.BOX})
"""How those came who answer for another invitation: once they are ready, it is answered too."""


class InvitationMove(StrEnum):
    """What can be done about a person's part in a phase."""

    PREPARE = "prepare"
    INVITE = "invite"
    COME_IN = "come-in"
    READY = "ready"
    UNREADY = "unready"
    DECLINE = "decline"
    PASS_ON = "pass-on"  # noqa: S105 (an act, not a password)
    CANCEL = "cancel"
    CONFIRM = "confirm"
    TAKE_OVER = "take-over"


def purpose_of(kind: PhaseKind) -> Purpose:
    """Tell what a personal link of a phase is for."""
    return Purpose.APPROVE if kind is PhaseKind.APPROVAL else Purpose.PARTICIPATE


def invitation_mail(kind: PhaseKind) -> MessageKind:
    """Tell which mail asks a person into a phase."""
    return {
        PhaseKind.APPROVAL: MessageKind.APPROVAL_REQUEST,
        PhaseKind.WORKSHOP: MessageKind.WORKSHOP_INVITATION,
    }.get(kind, MessageKind.INVITATION)


ASKED = frozenset({InvitationState.INVITED, InvitationState.CAME_IN})
"""Those from whom something is still awaited: they are reminded and told of an extension."""

OPEN_PART = ASKED | {InvitationState.PREPARED}
"""What a successor takes over: who is ready, or has declined, leaves nothing open."""

TAKING_PART = ASKED | {InvitationState.READY}
"""Those who have been asked and neither declined nor passed it on."""

COUNTED = TAKING_PART | {
    InvitationState.PREPARED,
    InvitationState.DECLINED,
    InvitationState.PASSED_ON,
}
"""Those whom the figures count as people of a phase: an unconfirmed address counts nowhere."""

WRITING = TAKING_PART | {InvitationState.DECLINED, InvitationState.PREPARED}
"""States whose link may write while the phase is open; who declined may think again."""

_S = InvitationState
_M = InvitationMove

_NOT_NOW = Refusal(Reason.NOT_POSSIBLE_NOW)
_DONE = Refusal(Reason.ALREADY_DONE)
_ASKED_FIRST = Step(
    _S.INVITED,
    Action.RUN_PROCESS,
    Act.PERSON_INVITED,
    (MessageKind.INVITATION, MessageKind.APPROVAL_REQUEST, MessageKind.WORKSHOP_INVITATION),
)
_PREPARED = Step(_S.PREPARED, Action.RUN_PROCESS, Act.PERSON_INVITED)
_ASKED_AGAIN = Step(_S.INVITED, Action.RUN_PROCESS, Act.PERSON_INVITED, (MessageKind.NEW_LINK,))
_CAME_IN = Step(_S.CAME_IN, Action.ANSWER_INVITATION, Act.PERSON_CAME_IN)
_READY = Step(
    _S.READY,
    Action.ANSWER_INVITATION,
    Act.PERSON_READY,
    (MessageKind.RECEIPT, MessageKind.APPROVAL_RECEIPT),
)
_DECLINED = Step(_S.DECLINED, Action.ANSWER_INVITATION, Act.PERSON_DECLINED)
_PASSED_ON = Step(
    _S.PASSED_ON, Action.ANSWER_INVITATION, Act.PERSON_PASSED_ON, (MessageKind.PASSED_ON,)
)
_CANCELLED = Step(_S.CANCELLED, Action.RUN_PROCESS, Act.PERSON_CANCELLED)


def _link_again(state: InvitationState) -> Step[InvitationState]:
    """Mail the way in anew to somebody who is in already; nothing else changes."""
    return Step(state, Action.RUN_PROCESS, None, (MessageKind.NEW_LINK,))


def _as_it_is(state: InvitationState) -> Step[InvitationState]:
    """Leave a person as they are for the phase that hasn't begun: its opening asks them in."""
    return Step(state, Action.RUN_PROCESS, None)


# A colleague names them for their own task; the trace has it with the one who passed it on.
_NAMED = Step(_S.INVITED, Action.ANSWER_INVITATION, Act.PERSON_PASSED_ON, (MessageKind.PASSED_ON,))


def _takes_part_already(state: InvitationState) -> Step[InvitationState]:
    """Let somebody who takes part answer for a colleague's task too, where they stand."""
    return Step(state, Action.ANSWER_INVITATION, None, (MessageKind.PASSED_ON,))


INVITATION_TABLE: Table[InvitationState, InvitationMove] = {
    # Signed up, the address not confirmed: an editor's invitation settles it as well.
    (_S.UNCONFIRMED, _M.PREPARE): _PREPARED,
    (_S.UNCONFIRMED, _M.INVITE): _ASKED_FIRST,
    (_S.UNCONFIRMED, _M.COME_IN): _NOT_NOW,
    (_S.UNCONFIRMED, _M.READY): _NOT_NOW,
    (_S.UNCONFIRMED, _M.UNREADY): _NOT_NOW,
    (_S.UNCONFIRMED, _M.DECLINE): _NOT_NOW,
    (_S.UNCONFIRMED, _M.PASS_ON): _NOT_NOW,
    (_S.UNCONFIRMED, _M.CANCEL): _CANCELLED,
    # Showing that an address is one's own begins nothing yet: from here on they are as invited.
    (_S.UNCONFIRMED, _M.CONFIRM): Step(
        _S.INVITED, Action.FOLLOW_LINK, Act.PERSON_CONFIRMED, (MessageKind.SIGNED_UP,)
    ),
    (_S.UNCONFIRMED, _M.TAKE_OVER): _NAMED,
    (_S.PREPARED, _M.PREPARE): _as_it_is(_S.PREPARED),
    (_S.PREPARED, _M.INVITE): _ASKED_FIRST,
    (_S.PREPARED, _M.COME_IN): _CAME_IN,
    (_S.PREPARED, _M.READY): _READY,
    (_S.PREPARED, _M.UNREADY): _NOT_NOW,
    (_S.PREPARED, _M.DECLINE): _DECLINED,
    (_S.PREPARED, _M.PASS_ON): _NOT_NOW,
    (_S.PREPARED, _M.CANCEL): _CANCELLED,
    (_S.PREPARED, _M.CONFIRM): _NOT_NOW,
    (_S.PREPARED, _M.TAKE_OVER): _NAMED,
    (_S.INVITED, _M.PREPARE): _as_it_is(_S.INVITED),
    (_S.INVITED, _M.INVITE): _link_again(_S.INVITED),
    (_S.INVITED, _M.COME_IN): _CAME_IN,
    (_S.INVITED, _M.READY): _READY,
    (_S.INVITED, _M.UNREADY): _NOT_NOW,
    (_S.INVITED, _M.DECLINE): _DECLINED,
    (_S.INVITED, _M.PASS_ON): _PASSED_ON,
    (_S.INVITED, _M.CANCEL): _CANCELLED,
    (_S.INVITED, _M.CONFIRM): _DONE,
    (_S.INVITED, _M.TAKE_OVER): _takes_part_already(_S.INVITED),
    (_S.CAME_IN, _M.PREPARE): _as_it_is(_S.CAME_IN),
    (_S.CAME_IN, _M.INVITE): _link_again(_S.CAME_IN),
    (_S.CAME_IN, _M.COME_IN): Step(_S.CAME_IN, Action.ANSWER_INVITATION, None),
    (_S.CAME_IN, _M.READY): _READY,
    (_S.CAME_IN, _M.UNREADY): _NOT_NOW,
    (_S.CAME_IN, _M.DECLINE): _DECLINED,
    (_S.CAME_IN, _M.PASS_ON): _PASSED_ON,
    # What they have said stands, and they keep reading it: there is nothing to cancel.
    (_S.CAME_IN, _M.CANCEL): _NOT_NOW,
    (_S.CAME_IN, _M.CONFIRM): _DONE,
    (_S.CAME_IN, _M.TAKE_OVER): _takes_part_already(_S.CAME_IN),
    (_S.READY, _M.PREPARE): _as_it_is(_S.READY),
    (_S.READY, _M.INVITE): _link_again(_S.READY),
    (_S.READY, _M.COME_IN): Step(_S.READY, Action.ANSWER_INVITATION, None),
    (_S.READY, _M.READY): _DONE,
    (_S.READY, _M.UNREADY): Step(_S.CAME_IN, Action.ANSWER_INVITATION, Act.PERSON_NOT_READY),
    (_S.READY, _M.DECLINE): _NOT_NOW,
    (_S.READY, _M.PASS_ON): _NOT_NOW,
    (_S.READY, _M.CANCEL): _NOT_NOW,
    (_S.READY, _M.CONFIRM): _DONE,
    (_S.READY, _M.TAKE_OVER): _takes_part_already(_S.READY),
    (_S.DECLINED, _M.PREPARE): _as_it_is(_S.DECLINED),
    (_S.DECLINED, _M.INVITE): _ASKED_AGAIN,
    (_S.DECLINED, _M.COME_IN): _CAME_IN,
    (_S.DECLINED, _M.READY): _READY,
    (_S.DECLINED, _M.UNREADY): _NOT_NOW,
    (_S.DECLINED, _M.DECLINE): _DONE,
    (_S.DECLINED, _M.PASS_ON): _PASSED_ON,
    (_S.DECLINED, _M.CANCEL): _NOT_NOW,
    (_S.DECLINED, _M.CONFIRM): _DONE,
    (_S.DECLINED, _M.TAKE_OVER): _NAMED,
    # The task is a colleague's now: this link only reads, unless it is given back.
    (_S.PASSED_ON, _M.PREPARE): _as_it_is(_S.PASSED_ON),
    (_S.PASSED_ON, _M.INVITE): _ASKED_AGAIN,
    (_S.PASSED_ON, _M.COME_IN): _NOT_NOW,
    (_S.PASSED_ON, _M.READY): _NOT_NOW,
    (_S.PASSED_ON, _M.UNREADY): _NOT_NOW,
    (_S.PASSED_ON, _M.DECLINE): _NOT_NOW,
    (_S.PASSED_ON, _M.PASS_ON): _DONE,
    (_S.PASSED_ON, _M.CANCEL): _NOT_NOW,
    (_S.PASSED_ON, _M.CONFIRM): _DONE,
    (_S.PASSED_ON, _M.TAKE_OVER): _NAMED,
    (_S.CANCELLED, _M.PREPARE): _PREPARED,
    (_S.CANCELLED, _M.INVITE): _ASKED_AGAIN,
    (_S.CANCELLED, _M.COME_IN): _NOT_NOW,
    (_S.CANCELLED, _M.READY): _NOT_NOW,
    (_S.CANCELLED, _M.UNREADY): _NOT_NOW,
    (_S.CANCELLED, _M.DECLINE): _NOT_NOW,
    (_S.CANCELLED, _M.PASS_ON): _NOT_NOW,
    (_S.CANCELLED, _M.CANCEL): _DONE,
    (_S.CANCELLED, _M.CONFIRM): _NOT_NOW,
    # The editors took them out: no colleague undoes that.
    (_S.CANCELLED, _M.TAKE_OVER): _NOT_NOW,
}
