"""Use cases of threads: editors' notes on a contribution, participants' replies; never counted."""

from __future__ import annotations

from sqlalchemy import select

from reviewtool.domain.actors import Actor
from reviewtool.domain.contributions import MOST_CHARACTERS, NameShown, TurnVisibility
from reviewtool.domain.policy import Action
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.domain.trace import Act
from reviewtool.infra.installation import Installation
from reviewtool.models.contributions import Contribution, Turn
from reviewtool.queries.consent import name_shown_before
from reviewtool.queries.facts import found, handbook_facts, seen_contribution_facts
from reviewtool.services._invitations import came_in, load_invitation
from reviewtool.services._policy import require
from reviewtool.services._requests import earlier, remember
from reviewtool.services._trace import trace
from reviewtool.services._unsent import forget_unsent


def add_note(
    installation: Installation, actor: Actor, contribution_id: str, words: str, request_id: str
) -> str:
    """Write an internal note, seen by editors only; gives its id.

    Sending the same form again with other words changes the note. Raises Refused (empty, too long).
    """
    words = words.strip()
    if not words:
        raise Refused(Reason.EMPTY)
    if len(words) > MOST_CHARACTERS:
        raise Refused(Reason.TOO_LONG)
    now = installation.clock.now()
    with installation.database.write() as session:
        handbook_id = found(
            session.scalar(
                select(Contribution.handbook_id).where(Contribution.id == contribution_id)
            )
        )
        require(actor, Action.SEE_LEDGER, handbook_facts(session, handbook_id))
        before = earlier(session, actor, request_id, ["note", contribution_id, words])
        turn = session.get(Turn, before.object_id) if before else None
        if turn is None or turn.contribution_id != contribution_id:
            turn = Turn(
                contribution_id=contribution_id,
                author_id=found(actor.person_id),
                visibility=TurnVisibility.EDITORS,
                created_at=now,
            )
            session.add(turn)
        elif before is not None and before.same_words:
            return turn.id
        turn.words = words
        session.flush()
        remember(session, actor, request_id, ["note", contribution_id, words], turn.id, now)
        trace(session, actor, now, handbook_id, Act.TURN_ADDED, contribution_id, {"turn": turn.id})
        return turn.id


def reply(
    installation: Installation,
    actor: Actor,
    contribution_id: str,
    words: str,
    request_id: str,
    *,
    form: str = "",
) -> str:
    """Reply to what a participant said, as a participant of the same round; gives the turn's id.

    It is seen by whoever sees the contribution: its promise holds for the reply too. The same
    request id again changes nothing. form: whose private copy ends now. Raises Refused: empty, too
    long, not found, not allowed.
    """
    words = words.strip()
    if not words:
        raise Refused(Reason.EMPTY)
    if len(words) > MOST_CHARACTERS:
        raise Refused(Reason.TOO_LONG)
    now = installation.clock.now()
    key = ["reply", contribution_id, words]
    with installation.database.write() as session:
        facts = seen_contribution_facts(session, actor, contribution_id, now)
        require(actor, Action.REPLY, facts)
        invitation = load_invitation(session, actor.invitation_id)
        forget_unsent(session, actor, form)
        before = earlier(session, actor, request_id, key)
        if before is not None and before.same_words:
            return before.object_id
        turn = Turn(
            contribution_id=contribution_id,
            author_id=invitation.person_id,
            visibility=TurnVisibility.PARTICIPANTS,
            name_shown=session.scalar(
                select(name_shown_before(invitation.phase_id, invitation.person_id))
            )
            or NameShown.ORGANISATION,
            words=words,
            created_at=now,
        )
        session.add(turn)
        session.flush()
        remember(session, actor, request_id, key, turn.id, now)
        came_in(session, actor, invitation, now)
        handbook_id = found(facts.handbook_id)
        trace(session, actor, now, handbook_id, Act.TURN_ADDED, contribution_id, {"turn": turn.id})
        return turn.id
