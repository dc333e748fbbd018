"""The use case of calling a workshop off: its phase closes, and its people's calendars are told."""

from __future__ import annotations

from reviewtool.domain.actors import Actor
from reviewtool.domain.invitations import TAKING_PART
from reviewtool.domain.messages import MessageKind
from reviewtool.domain.policy import Action
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.domain.trace import Act
from reviewtool.domain.workshops import can_be_cancelled
from reviewtool.infra.installation import Installation
from reviewtool.models.workshops import Workshop
from reviewtool.queries.workshops import stage_of
from reviewtool.services._mailing import mail_many, recipients
from reviewtool.services._phases import close_now, zone_of
from reviewtool.services._requests import earlier, remember
from reviewtool.services._trace import trace
from reviewtool.services._workshops import load_for

LONGEST_REASON = 1_000


def cancel_workshop(
    installation: Installation, actor: Actor, phase_id: str, reason: str, request_id: str
) -> int:
    """Call a workshop off before it begins; gives how many people are mailed that it isn't held.

    reason: told to them. Its phase is closed; reopened and planned anew, the workshop is held
    after all. Raises Refused: reason missing, too long, not possible now, not allowed.
    """
    reason = reason.strip()
    now = installation.clock.now()
    words = ["cancel-workshop", reason]
    with installation.database.write() as session:
        phase = load_for(session, actor, Action.RUN_PROCESS, phase_id, now)
        before = earlier(session, actor, request_id, words)
        if before is not None and before.same_words:
            return 0
        if not reason:
            raise Refused(Reason.REASON_MISSING)
        if len(reason) > LONGEST_REASON:
            raise Refused(Reason.TOO_LONG)
        workshop = session.get(Workshop, phase_id, with_for_update=True)
        now_at = stage_of(phase, workshop, zone_of(session, phase), now)
        if workshop is None or not can_be_cancelled(now_at, workshop.starts_at, now):
            raise Refused(Reason.NOT_POSSIBLE_NOW)
        workshop.cancelled_at, workshop.cancel_reason = now, reason
        workshop.sequence += 1
        workshop.version += 1
        people = recipients(session, phase_id, TAKING_PART)
        kind = MessageKind.WORKSHOP_CANCELLED
        event = f"{kind.value}:{phase_id}:{workshop.sequence}"
        mailed = mail_many(session, now, phase, kind, lambda _one: event, people)
        remember(session, actor, request_id, words, phase_id, now)
        facts: dict[str, str | int | bool | None] = {"mailed": mailed}
        trace(session, actor, now, phase.handbook_id, Act.WORKSHOP_CANCELLED, phase_id, facts)
        close_now(session, actor, phase, now)
        return mailed
