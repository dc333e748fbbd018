"""Use cases of threads: notes between editors on a contribution; never counted (rule 2)."""

from __future__ import annotations

from sqlalchemy import select

from reviewtool.domain.actors import Actor
from reviewtool.domain.contributions import MOST_CHARACTERS, TurnVisibility
from reviewtool.domain.policy import Action
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.domain.trace import Act
from reviewtool.infra.installation import Installation
from reviewtool.models.contributions import Contribution, Turn
from reviewtool.queries.facts import found, handbook_facts
from reviewtool.services._policy import require
from reviewtool.services._requests import earlier, remember
from reviewtool.services._trace import trace


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
