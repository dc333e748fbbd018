"""Use cases of carries: an approval held over an editorial change, and the approver's objection."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from reviewtool.domain.actors import Actor
from reviewtool.domain.approvals import APPROVAL_TABLE, CarryFacts, DecisionMove, standing
from reviewtool.domain.messages import MessageKind
from reviewtool.domain.policy import Action
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.domain.tables import Step
from reviewtool.domain.trace import Act
from reviewtool.infra.installation import Installation
from reviewtool.models.approvals import Approval, Carry
from reviewtool.models.invitations import Invitation
from reviewtool.models.links import Link
from reviewtool.models.people import Person
from reviewtool.models.phases import Phase
from reviewtool.models.sections import Revision
from reviewtool.queries.facts import found, phase_facts
from reviewtool.services._approval_receipts import post_receipt
from reviewtool.services._outbox import post
from reviewtool.services._policy import require
from reviewtool.services._requests import earlier, remember
from reviewtool.services._trace import trace
from reviewtool.services._unsent import forget_unsent

_CARRYABLE = frozenset(
    pair
    for pair, entry in APPROVAL_TABLE.items()
    if pair[1] is DecisionMove.CARRY and isinstance(entry, Step)
)


def carry(
    installation: Installation,
    actor: Actor,
    phase_id: str,
    section_id: str,
    *,
    to_revision_id: str,
    note: str,
    request_id: str | None = None,
) -> int:
    """Record that a section's approvals hold for an editorially changed text; gives how many.

    Every approver concerned is told with the difference, and can object (rule 5). Silence and
    decisions that already hold are left as they are.
    Raises Refused: reason missing, approvals missing (nobody's decision needs a carry).
    """
    now = installation.clock.now()
    if not note.strip():
        raise Refused(Reason.REASON_MISSING)
    words = [phase_id, section_id, to_revision_id, note]
    with installation.database.write() as session:
        facts = phase_facts(session, phase_id, now)
        require(actor, Action.RUN_PROCESS, facts)
        before = earlier(session, actor, request_id, words)
        if before is not None and before.same_words:
            return int(before.object_id)
        revision = found(session.get(Revision, to_revision_id))
        if revision.section_id != section_id:
            raise Refused(Reason.NOT_FOUND)
        carried = []
        for approval in session.scalars(
            select(Approval).where(
                Approval.phase_id == phase_id,
                Approval.section_id == section_id,
                Approval.language == revision.language,
                Approval.superseded_at.is_(None),
            )
        ):
            made = _carry_one(session, actor, approval, revision, note.strip(), now)
            if made is not None:
                carried.append(made)
        if not carried:
            raise Refused(Reason.APPROVALS_MISSING)
        assert facts.handbook_id is not None
        remember(session, actor, request_id, words, str(len(carried)), now)
        for made in carried:
            trace(
                session,
                actor,
                now,
                facts.handbook_id,
                Act.APPROVAL_CARRIED,
                made.approval_id,
                {"carry": made.id, "from": made.from_hash, "to": made.to_hash},
            )
        return len(carried)


def _carries(session: Session, approval_id: str) -> list[CarryFacts]:
    rows = session.scalars(
        select(Carry).where(Carry.approval_id == approval_id).order_by(Carry.created_at, Carry.id)
    )
    return [CarryFacts(c.from_hash, c.to_hash, c.objected_at is not None) for c in rows]


def _carry_one(
    session: Session, actor: Actor, approval: Approval, revision: Revision, note: str, now: datetime
) -> Carry | None:
    where = standing(approval.text_hash, revision.text_hash, _carries(session, approval.id))
    if (where, DecisionMove.CARRY) not in _CARRYABLE:
        return None
    made = Carry(
        approval_id=approval.id,
        from_hash=approval.text_hash,
        to_hash=revision.text_hash,
        to_revision_id=revision.id,
        note=note,
        carried_by_id=actor.person_id,
        created_at=now,
    )
    session.add(made)
    session.flush()
    invitation = found(session.get(Invitation, approval.invitation_id))
    link_id = session.scalar(
        select(Link.id).where(Link.invitation_id == invitation.id, Link.revoked_at.is_(None))
    )
    if invitation.address_id is not None and link_id is not None:
        person = found(session.get(Person, invitation.person_id))
        phase = found(session.get(Phase, approval.phase_id))
        post(
            session,
            now,
            MessageKind.APPROVAL_CARRIED,
            f"approval-carried:{made.id}",
            person_id=person.id,
            address_id=invitation.address_id,
            language=person.language,
            handbook_id=phase.handbook_id,
            phase_id=phase.id,
            context={"carry": made.id, "link": link_id},
        )
    return made


def object_to_carry(
    installation: Installation,
    actor: Actor,
    carry_id: str,
    words: str,
    request_id: str = "",
    form: str = "",
) -> None:
    """Object to a carry: the approval counts again as given to the earlier text.

    form: the key of the form in which it was half written, which ends with it. Possible as long as
    the link reads, also after the phase has closed; a receipt tells of it. Objecting twice changes
    nothing. Raises Refused: not found, not allowed.
    """
    now = installation.clock.now()
    with installation.database.write() as session:
        made = found(session.get(Carry, carry_id))
        approval = found(session.get(Approval, made.approval_id))
        facts = phase_facts(session, approval.phase_id, now)
        require(actor, Action.OBJECT, facts)
        if approval.person_id != actor.person_id:
            raise Refused(Reason.NOT_ALLOWED)
        if made.objected_at is not None:
            return
        remember(session, actor, request_id, [carry_id, words], carry_id, now)
        forget_unsent(session, actor, form)
        made.objected_at = now
        made.objection = words.strip()
        invitation = found(session.get(Invitation, approval.invitation_id))
        phase = found(session.get(Phase, approval.phase_id))
        post_receipt(session, now, actor, invitation, phase, event=made.id, complete=True)
        assert facts.handbook_id is not None
        trace(
            session,
            actor,
            now,
            facts.handbook_id,
            Act.CARRY_OBJECTED,
            approval.id,
            {"carry": made.id},
        )
