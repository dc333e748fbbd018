"""Use cases between the person and the editors: whether a note is what was said, and what then."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from reviewtool.domain.actors import Actor
from reviewtool.domain.contributions import ContributionState, TurnVisibility
from reviewtool.domain.interviews import NOTE_TABLE, NoteMove, NoteState, NoteWish, note_state
from reviewtool.domain.policy import Action, Facts
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.domain.tables import Step, step
from reviewtool.domain.trace import Act
from reviewtool.infra.installation import Installation
from reviewtool.models.contributions import Contribution, Turn
from reviewtool.models.interviews import InterviewNote
from reviewtool.queries.facts import found, handbook_facts
from reviewtool.services._contributions import Words, check_length, check_words, reword
from reviewtool.services._interviews import (
    Loaded,
    LoadedNote,
    load_interview,
    load_note,
    mail_person,
)
from reviewtool.services._invitations import came_in
from reviewtool.services._policy import require
from reviewtool.services._requests import earlier, remember
from reviewtool.services._trace import trace
from reviewtool.services._unsent import forget_unsent

__all__ = ["confirm", "dispute", "settle"]


def dispute(
    installation: Installation,
    actor: Actor,
    contribution_id: str,
    wish: NoteWish,
    words: str,
    request_id: str,
    form: str = "",
) -> None:
    """Tell the editors that a note isn't what one said; the words go into its thread.

    form: the key of the form in which it was half written, which ends with it. Possible as long as
    the link reads, also after the phase has closed. Raises Refused: empty where a correction isn't
    told, too long, not found, not possible now (taken back already).
    """
    now = installation.clock.now()
    words = words.strip()
    if not words and wish is NoteWish.CORRECT:
        raise Refused(Reason.EMPTY)
    check_length(words)
    key = [contribution_id, wish.value, words]
    with installation.database.write() as session:
        note = load_note(session, contribution_id)
        taken = _step(note, NoteMove.DISPUTE)
        _require_own(actor, note.interview, taken.action)
        before = earlier(session, actor, request_id, key)
        if before is not None and before.same_words:
            return
        note.row.wish, note.row.wished_at = wish, now
        note.interview.row.confirmed_at = None
        _say(session, actor, note, words, now)
        remember(session, actor, request_id, key, contribution_id, now)
        forget_unsent(session, actor, form)
        came_in(session, actor, note.interview.invitation, now)
        _trace(session, actor, now, note, taken, {"wish": wish.value})


def confirm(installation: Installation, actor: Actor, interview_id: str, request_id: str) -> None:
    """Say that the notes of one's interview are right as they stand.

    Raises Refused (not possible now) while the editors have been asked to mend one of them.
    """
    now = installation.clock.now()
    with installation.database.write() as session:
        interview = load_interview(session, interview_id)
        _require_own(actor, interview, Action.CHECK_INTERVIEW)
        if earlier(session, actor, request_id, [interview_id]) is not None:
            return
        asked = session.scalar(
            select(InterviewNote.contribution_id)
            .where(InterviewNote.interview_id == interview_id, InterviewNote.wish.is_not(None))
            .limit(1)
        )
        if asked is not None:
            raise Refused(Reason.NOT_POSSIBLE_NOW)
        interview.row.confirmed_at = now
        remember(session, actor, request_id, [interview_id], interview_id, now)
        came_in(session, actor, interview.invitation, now)
        handbook_id = interview.phase.handbook_id
        trace(session, actor, now, handbook_id, Act.INTERVIEW_CONFIRMED, interview_id)


def settle(
    installation: Installation,
    actor: Actor,
    contribution_id: str,
    move: NoteMove,
    version: int,
    words: str,
    reply: str,
    request_id: str,
) -> None:
    """Correct a note, take it back as its person wishes, or keep it with a reply.

    version: of the note that the editor saw; words: the corrected ones; reply: what is said to
    the person, who is mailed if they have been shown the notes. Raises Refused: empty or no
    change (a correction without new words), reason missing (kept without a reply), edit conflict,
    too long, not possible now.
    """
    now = installation.clock.now()
    words, reply = words.strip(), reply.strip()
    check_length(words, reply)
    if move is NoteMove.KEEP and not reply:
        raise Refused(Reason.REASON_MISSING)
    key = [contribution_id, move.value, words, reply]
    with installation.database.write() as session:
        note = load_note(session, contribution_id)
        handbook_id = note.contribution.handbook_id
        require(actor, Action.SEE_LEDGER, handbook_facts(session, handbook_id))
        before = earlier(session, actor, request_id, key)
        if before is not None and before.same_words:
            return
        if note.contribution.version != version:
            raise Refused(Reason.EDIT_CONFLICT)
        taken = _step(note, move)
        require(actor, taken.action, handbook_facts(session, handbook_id))
        if move is NoteMove.CORRECT:
            _correct(session, note.contribution, words, now)
        note.row.wish = note.row.wished_at = None
        if taken.state is NoteState.WITHDRAWN:
            _withdraw(note.contribution, now)
        turn_id = _say(session, actor, note, reply, now)
        if note.interview.row.sent_at is not None:
            event = f"interview-note:{contribution_id}:{request_id}"
            done = {"note": contribution_id, "done": move.value, "turn": turn_id}
            mail_person(session, now, note.interview, event, done)
        remember(session, actor, request_id, key, contribution_id, now)
        _trace(session, actor, now, note, taken, {"version": note.contribution.version})


def _step(note: LoadedNote, move: NoteMove) -> Step[NoteState]:
    return step(NOTE_TABLE, note_state(note.contribution.state, note.row.wish), move)


def _require_own(actor: Actor, interview: Loaded, action: Action) -> None:
    if actor.invitation_id != interview.invitation.id:
        raise Refused(Reason.NOT_FOUND)
    phase = interview.phase
    require(actor, action, Facts(handbook_id=phase.handbook_id, phase_id=phase.id))


def _correct(session: Session, contribution: Contribution, words: str, now: datetime) -> None:
    """Give a note the words that were meant; the earlier ones are kept, all else stays."""
    if words == contribution.words:
        raise Refused(Reason.NO_CHANGE)
    corrected = Words(
        words=words,
        publish_consent=contribution.publish_consent,
        name_shown=contribution.name_shown,
    )
    check_words(contribution.kind, corrected)
    reword(session, contribution, corrected, now)


def _withdraw(contribution: Contribution, now: datetime) -> None:
    contribution.state = ContributionState.WITHDRAWN
    contribution.withdrawn_at = now


def _say(session: Session, actor: Actor, note: LoadedNote, words: str, now: datetime) -> str:
    """Put words into the note's thread, which its person and the editors read; gives its id."""
    if not words:
        return ""
    turn = Turn(
        contribution_id=note.contribution.id,
        author_id=found(actor.person_id),
        visibility=TurnVisibility.AUTHOR,
        words=words,
        created_at=now,
    )
    session.add(turn)
    session.flush()
    return turn.id


def _trace(
    session: Session,
    actor: Actor,
    now: datetime,
    note: LoadedNote,
    taken: Step[NoteState],
    facts: dict[str, str | int | bool | None],
) -> None:
    if taken.traced is not None:
        contribution = note.contribution
        trace(session, actor, now, contribution.handbook_id, taken.traced, contribution.id, facts)
