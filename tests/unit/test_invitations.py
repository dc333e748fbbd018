"""Every state and act of an invitation, the refused ones too."""

import pytest

from reviewtool.domain.invitations import (
    ASKED,
    INVITATION_TABLE,
    TAKING_PART,
    WRITING,
    InvitationMove,
    InvitationState,
)
from reviewtool.domain.messages import MessageKind
from reviewtool.domain.policy import Action
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.domain.tables import step, undecided

# The state after each act; x where it is refused, = where nothing changes.
EXPECTED = """
            prepare  invite  come-in ready unready decline  pass-on   cancel    confirm take-over
unconfirmed prepared invited x       x     x       x        x         cancelled invited invited
prepared    =        invited came-in ready x       declined x         cancelled x       invited
invited     =        =       came-in ready x       declined passed-on cancelled x       =
came-in     =        =       =       ready x       declined passed-on x         x       =
ready       =        =       =       x     came-in x        x         x         x       =
declined    =        invited came-in ready x       x        passed-on x         x       invited
passed-on   =        invited x       x     x       x        x         x         x       invited
cancelled   prepared invited x       x     x       x        x         x         x       x
"""


def expected() -> dict[tuple[str, str], str]:
    """Read the table above."""
    head, *lines = [line.split() for line in EXPECTED.strip().splitlines()]
    return {
        (line[0], move): line[0] if after == "=" else after
        for line in lines
        for move, after in zip(head, line[1:], strict=True)
    }


def test_every_pair_is_decided() -> None:
    assert undecided(INVITATION_TABLE, InvitationState, InvitationMove) == []


@pytest.mark.parametrize("state", list(InvitationState))
@pytest.mark.parametrize("move", list(InvitationMove))
def test_each_act_in_each_state(state: InvitationState, move: InvitationMove) -> None:
    after = expected()[(state.value, move.value)]
    if after == "x":
        with pytest.raises(Refused) as refused:
            step(INVITATION_TABLE, state, move)
        assert refused.value.reason in (Reason.NOT_POSSIBLE_NOW, Reason.ALREADY_DONE)
        return
    taken = step(INVITATION_TABLE, state, move)
    assert taken.state.value == after
    # Whatever changes is traced; what changes nothing isn't.
    assert (taken.traced is not None) == (taken.state is not state)


@pytest.mark.parametrize("move", list(InvitationMove))
def test_editors_invite_and_cancel_and_people_answer_for_themselves(move: InvitationMove) -> None:
    actions = {
        entry.action
        for (_state, one), entry in INVITATION_TABLE.items()
        if one is move and not hasattr(entry, "reason")
    }
    moves_of_editors = (InvitationMove.PREPARE, InvitationMove.INVITE, InvitationMove.CANCEL)
    own = dict.fromkeys(moves_of_editors, Action.RUN_PROCESS)
    own[InvitationMove.CONFIRM] = Action.FOLLOW_LINK
    assert actions == {own.get(move, Action.ANSWER_INVITATION)}


def test_who_is_in_already_gets_the_link_again_and_no_second_invitation() -> None:
    for state in TAKING_PART:
        again = step(INVITATION_TABLE, state, InvitationMove.INVITE)
        assert (again.state, again.mailed) == (state, (MessageKind.NEW_LINK,))


def test_only_those_who_may_come_in_may_write() -> None:
    for state in InvitationState:
        entry = INVITATION_TABLE[(state, InvitationMove.COME_IN)]
        assert (state in WRITING) == hasattr(entry, "state")


def test_neither_the_ready_nor_the_declined_are_asked_anything_more() -> None:
    assert {InvitationState.INVITED, InvitationState.CAME_IN} == ASKED
