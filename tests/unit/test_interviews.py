"""What may be done about a note: every pair of state and act is decided."""

from reviewtool.domain.contributions import ContributionState
from reviewtool.domain.interviews import NOTE_TABLE, NoteMove, NoteState, NoteWish, note_state
from reviewtool.domain.policy import Action
from reviewtool.domain.tables import Step, allowed, undecided


def test_every_pair_is_decided() -> None:
    assert undecided(NOTE_TABLE, NoteState, NoteMove) == []


def test_the_person_disputes_and_the_editors_settle() -> None:
    for (_state, move), entry in NOTE_TABLE.items():
        if isinstance(entry, Step):
            own = move is NoteMove.DISPUTE
            assert entry.action is (Action.CHECK_INTERVIEW if own else Action.SEE_LEDGER)


def test_nobody_takes_back_what_its_person_did_not_ask_to() -> None:
    assert NoteMove.WITHDRAW not in allowed(NOTE_TABLE, NoteState.STANDS, NoteMove)
    assert NoteMove.WITHDRAW in allowed(NOTE_TABLE, NoteState.DISPUTED, NoteMove)


def test_a_note_stands_until_something_is_asked() -> None:
    received, withdrawn = ContributionState.RECEIVED, ContributionState.WITHDRAWN
    assert note_state(received, None) is NoteState.STANDS
    assert note_state(received, NoteWish.WITHDRAW) is NoteState.DISPUTED
    assert note_state(withdrawn, NoteWish.CORRECT) is NoteState.WITHDRAWN
