"""The use case of vouching: the editors say whether somebody speaks for an organisation."""

from __future__ import annotations

from reviewtool.domain.actors import Actor
from reviewtool.domain.policy import Action
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.domain.trace import Act
from reviewtool.infra.installation import Installation
from reviewtool.models.phases import Phase
from reviewtool.queries.facts import handbook_facts
from reviewtool.services._invitations import load_invitation
from reviewtool.services._policy import require
from reviewtool.services._requests import earlier, remember
from reviewtool.services._trace import trace


def vouch(
    installation: Installation,
    actor: Actor,
    handbook_id: str,
    invitation_id: str,
    request_id: str,
    *,
    vouched: bool = True,
) -> None:
    """Say that whoever takes part in an organisation's name speaks for it, or take that back.

    Nobody is mailed; what was begun meanwhile stays. Raises Refused: not possible now (in nobody's
    name), not found, not allowed.
    """
    now = installation.clock.now()
    form = ["vouch", invitation_id, str(vouched)]
    with installation.database.write() as session:
        require(actor, Action.RUN_PROCESS, handbook_facts(session, handbook_id))
        invitation = load_invitation(session, invitation_id)
        if session.get_one(Phase, invitation.phase_id).handbook_id != handbook_id:
            raise Refused(Reason.NOT_FOUND)
        before = earlier(session, actor, request_id, form)
        if (before is not None and before.same_words) or invitation.vouched is vouched:
            return
        if invitation.organisation_id is None:
            raise Refused(Reason.NOT_POSSIBLE_NOW)
        invitation.vouched = vouched
        remember(session, actor, request_id, form, invitation_id, now)
        facts: dict[str, str | int | bool | None] = {
            "phase": invitation.phase_id,
            "organisation": invitation.organisation_id,
            "vouched": vouched,
        }
        trace(session, actor, now, handbook_id, Act.PERSON_VOUCHED, invitation_id, facts)
