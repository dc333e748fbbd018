"""Use cases of proposals about the structure: making one, by an editor or a round's participant."""

from __future__ import annotations

from sqlalchemy.orm import Session

from reviewtool.domain.actors import Actor
from reviewtool.domain.contributions import Channel
from reviewtool.domain.phases import PhaseKind
from reviewtool.domain.policy import Action
from reviewtool.domain.proposals import Proposed
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.infra.installation import Installation
from reviewtool.models.phases import Phase
from reviewtool.queries.facts import found, handbook_facts
from reviewtool.services._contributions import (
    Words,
    find_round,
    require_writing,
    state_now,
    trace_made,
)
from reviewtool.services._invitations import came_in, load_invitation
from reviewtool.services._policy import require
from reviewtool.services._proposals import add_proposal
from reviewtool.services._requests import earlier, remember
from reviewtool.services._speaking import speaking_for
from reviewtool.services._structure_changes import Decision
from reviewtool.services._unsent import forget_unsent

__all__ = ["Decision", "Proposed", "Words", "propose", "propose_as_editor"]


def propose(
    installation: Installation,
    actor: Actor,
    proposed: Proposed,
    words: Words,
    request_id: str,
    *,
    late: bool = False,
    organisation_id: str | None = None,
    form: str = "",
) -> str:
    """Take a participant's proposal, made with the link of their round; gives the contribution.

    organisation_id: for whom they speak; none: for the invitation's organisation. form: the one
    that it was written in, whose private copy ends now.

    The same request id again gives the same one. Raises Refused: round closed or not open; what
    the proposal still has to name; not found; too long.
    """
    now = installation.clock.now()
    key = [*proposed.all, organisation_id or "", *words.all]
    with installation.database.write() as session:
        found_round = find_round(session, actor, now)
        if found_round.phase.kind is PhaseKind.WORKSHOP:  # there one speaks in the room only
            raise Refused(Reason.NOT_ALLOWED)
        require_writing(actor, found_round, late=late)
        invitation = load_invitation(session, actor.invitation_id)
        forget_unsent(session, actor, form)
        before = earlier(session, actor, request_id, key)
        if before is not None and before.same_words:
            return before.object_id
        contribution = add_proposal(
            session,
            actor,
            now,
            phase=found_round.phase,
            proposed=proposed,
            channel=Channel.WEB,
            author_id=invitation.person_id,
            organisation_id=speaking_for(session, invitation, organisation_id),
            language=actor.language,
            words=words,
            state=state_now(found_round),
        )
        remember(session, actor, request_id, key, contribution.id, now)
        if found_round.is_open:
            came_in(session, actor, invitation, now)
        trace_made(session, actor, now, contribution)
        return contribution.id


def propose_as_editor(
    installation: Installation,
    actor: Actor,
    phase_id: str,
    proposed: Proposed,
    words: str,
    request_id: str,
) -> str:
    """Take an editor's own proposal, tied to the phase in which it came up; gives the contribution.

    Raises Refused: what the proposal still has to name; not found; too long.
    """
    now = installation.clock.now()
    key = [phase_id, *proposed.all, words]
    with installation.database.write() as session:
        phase = _phase(session, actor, phase_id)
        before = earlier(session, actor, request_id, key)
        if before is not None and before.same_words:
            return before.object_id
        contribution = add_proposal(
            session,
            actor,
            now,
            phase=phase,
            proposed=proposed,
            channel=Channel.WEB,
            author_id=found(actor.person_id),
            organisation_id=None,
            language=actor.language,
            words=words,
        )
        remember(session, actor, request_id, key, contribution.id, now)
        trace_made(session, actor, now, contribution)
        return contribution.id


def _phase(session: Session, actor: Actor, phase_id: str) -> Phase:
    phase = found(session.get(Phase, phase_id))
    require(actor, Action.EDIT, handbook_facts(session, phase.handbook_id))
    return phase
