"""The use case of passing a link's task on to a colleague."""

from __future__ import annotations

from reviewtool.domain.actors import Actor
from reviewtool.domain.invitations import InvitationMove, Origin
from reviewtool.domain.messages import MessageKind
from reviewtool.domain.policy import Action
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.infra.installation import Installation
from reviewtool.models.phases import Phase
from reviewtool.queries.facts import found, phase_facts
from reviewtool.services._invitations import change, load_invitation, mail_way_in
from reviewtool.services._passing_on import checked_name, find_colleague, hand_over, receive
from reviewtool.services._policy import require
from reviewtool.services._requests import earlier, remember
from reviewtool.services._statements import hand_on
from reviewtool.services._trace import trace


def pass_on(
    installation: Installation, actor: Actor, name: str, address: str, request_id: str
) -> str:
    """Pass one's task on to a colleague, who gets their own link; gives the new invitation's id.

    The assignments of one's organisation go with it, and its joint statement; one's own link keeps
    reading. Raises Refused: empty, bad address, not possible now (to oneself, twice, when ready, by
    a deputy, to somebody whom the editors took out of the phase), not allowed.
    """
    name, address = checked_name(name, address)
    now = installation.clock.now()
    with installation.database.write() as session:
        giver = load_invitation(session, actor.invitation_id)
        before = earlier(session, actor, request_id, [name, address])
        if before is not None and before.same_words:
            return before.object_id
        require(actor, Action.ANSWER_INVITATION, phase_facts(session, giver.phase_id, now, actor))
        if giver.origin is Origin.DEPUTY:
            # Their days end by themselves; a colleague's wouldn't.
            raise Refused(Reason.NOT_POSSIBLE_NOW)
        phase = found(session.get(Phase, giver.phase_id))
        taken = change(giver, InvitationMove.PASS_ON, now)
        person, own = find_colleague(session, giver.person_id, name, address, now)
        move, origin = InvitationMove.TAKE_OVER, Origin.PASSED_ON
        receiver = receive(session, giver, phase, person, own.id, origin, move, now)
        hand_over(session, giver, receiver)
        new = hand_on(session, phase.id, giver.person_id, receiver.person_id, now)
        mail_way_in(
            session,
            phase,
            receiver,
            MessageKind.PASSED_ON,
            f"{MessageKind.PASSED_ON.value}:{giver.id}:{receiver.id}",
            now,
        )
        remember(session, actor, request_id, [name, address], receiver.id, now)
        for one in new:
            one.trace(session, actor, now)
        if taken.traced is not None:
            facts: dict[str, str | int | bool | None] = {"phase": phase.id, "to": receiver.id}
            trace(session, actor, now, phase.handbook_id, taken.traced, giver.id, facts)
        return receiver.id
