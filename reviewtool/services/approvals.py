"""The use case of approving: decisions on exact texts, all of a form or none (rule 5)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from reviewtool.domain.actors import Actor
from reviewtool.domain.approvals import (
    NEEDS_WORDS,
    Capacity,
    Decision,
)
from reviewtool.domain.contributions import Channel, ContributionKind
from reviewtool.domain.messages import MessageKind
from reviewtool.domain.policy import Action
from reviewtool.domain.refusals import Missing, Reason, Refused
from reviewtool.domain.trace import Act
from reviewtool.infra.i18n import speaking
from reviewtool.infra.installation import Installation
from reviewtool.models.approvals import Approval
from reviewtool.models.invitations import Invitation
from reviewtool.models.people import Person
from reviewtool.models.phases import Phase
from reviewtool.queries.facts import found, phase_facts
from reviewtool.queries.tree import TreeLine, draft_tree
from reviewtool.services._contributions import Words, add_contribution
from reviewtool.services._invitations import became_ready, came_in, load_invitation
from reviewtool.services._outbox import post
from reviewtool.services._policy import require
from reviewtool.services._requests import earlier, remember
from reviewtool.services._trace import trace
from reviewtool.wording.statements import approval_statement

MOST_WORDS = 20_000
"""The longest comment, in characters."""


@dataclass(frozen=True)
class Wish:
    """What somebody wants to record on one section: for exactly the text with this hash."""

    section_id: str
    text_hash: str
    decision: Decision
    words: str = ""


def decide(
    installation: Installation,
    actor: Actor,
    wishes: Sequence[Wish],
    *,
    capacity: Capacity,
    capacity_detail: str,
    language: str,
    request_id: str,
) -> str:
    """Record decisions on exact texts, all of them or none; gives the request's id.

    Raises Refused: text changed (nothing is recorded), empty (a comment or a reason is missing),
    too long, not allowed, round closed.
    """
    now = installation.clock.now()
    _check_wishes(wishes, capacity, capacity_detail)
    said = [f"{w.section_id}{w.text_hash}{w.decision.value}{w.words}" for w in wishes]
    with installation.database.write() as session:
        assert actor.phase_id is not None
        facts = phase_facts(session, actor.phase_id, now)
        if not facts.phase_open:
            raise Refused(Reason.ROUND_CLOSED)
        require(actor, Action.APPROVE, facts)
        # Locked first: decisions sent at once from two devices supersede one another.
        invitation = load_invitation(session, actor.invitation_id)
        before = earlier(session, actor, request_id, said)
        if before is not None and before.same_words:
            return before.object_id
        phase = found(session.get(Phase, actor.phase_id))
        shown = _shown(session, phase, language)
        _check_hashes(wishes, shown)
        answer = _Answer(actor, phase, invitation, language, capacity, capacity_detail.strip())
        given = [_record(session, answer, shown[w.section_id], w, now) for w in wishes]
        # Only now, as it may be the first to lock the trace: a comment takes a number before.
        came_in(session, actor, invitation, now)
        _note_ready(session, answer, shown, now)
        remember(session, actor, request_id, said, given[0].id, now)
        _post_receipt(session, answer, given[0].id, now)
        for approval in given:
            trace(
                session,
                actor,
                now,
                phase.handbook_id,
                Act.APPROVAL_GIVEN,
                approval.id,
                {
                    "section": approval.section_id,
                    "language": approval.language,
                    "text_hash": approval.text_hash,
                    "decision": approval.decision.value,
                    "capacity": approval.capacity.value,
                    "organisation": approval.organisation_id,
                },
            )
        return given[0].id


def _check_wishes(wishes: Sequence[Wish], capacity: Capacity, detail: str) -> None:
    if not wishes:
        raise Refused(Reason.EMPTY)
    if capacity is not Capacity.EXPERT and not detail.strip():
        raise Refused(Reason.EMPTY, details={"field": "capacity_detail"})
    for wish in wishes:
        if wish.decision in NEEDS_WORDS and not wish.words.strip():
            raise Refused(Reason.EMPTY, details={"field": "words"})
        if len(wish.words) > MOST_WORDS:
            raise Refused(Reason.TOO_LONG)


def _shown(session: Session, phase: Phase, language: str) -> dict[str, TreeLine]:
    if phase.draft_id is None:
        raise Refused(Reason.DRAFT_MISSING)
    return {line.section_id: line for line in draft_tree(session, phase.draft_id, language)}


def _check_hashes(wishes: Sequence[Wish], shown: dict[str, TreeLine]) -> None:
    """Refuse everything if one text isn't the one that the person saw (rule 5)."""
    changed = tuple(
        Missing(Reason.TEXT_CHANGED, "section", wish.section_id, shown[wish.section_id].title)
        if wish.section_id in shown
        else Missing(Reason.TEXT_CHANGED, "section", wish.section_id)
        for wish in wishes
        if wish.section_id not in shown or shown[wish.section_id].text_hash != wish.text_hash
    )
    if changed:
        raise Refused(Reason.TEXT_CHANGED, changed)


@dataclass(frozen=True)
class _Answer:
    """Who answers what, in what capacity: the same for all texts of one form."""

    actor: Actor
    phase: Phase
    invitation: Invitation
    language: str
    capacity: Capacity
    detail: str


def _record(
    session: Session, answer: _Answer, line: TreeLine, wish: Wish, now: datetime
) -> Approval:
    invitation = answer.invitation
    session.execute(
        update(Approval)
        .where(
            Approval.invitation_id == invitation.id,
            Approval.section_id == wish.section_id,
            Approval.language == answer.language,
            Approval.superseded_at.is_(None),
        )
        .values(superseded_at=now)
    )
    with speaking(answer.actor.language):
        statement = approval_statement(wish.decision, answer.capacity, answer.detail)
    approval = Approval(
        phase_id=answer.phase.id,
        invitation_id=invitation.id,
        person_id=invitation.person_id,
        organisation_id=invitation.organisation_id,
        section_id=wish.section_id,
        language=answer.language,
        text_hash=wish.text_hash,
        revision_id=line.revision_id,
        decision=wish.decision,
        capacity=answer.capacity,
        capacity_detail=answer.detail if answer.capacity is not Capacity.EXPERT else "",
        statement=statement,
        contribution_id=_comment(session, answer, line, wish, now),
        link_id=answer.actor.link_id,
        decided_at=now,
    )
    session.add(approval)
    session.flush()
    return approval


def _comment(
    session: Session, answer: _Answer, line: TreeLine, wish: Wish, now: datetime
) -> str | None:
    """Put the words of a decision into the ledger: they are a contribution like any other."""
    if not wish.words.strip():
        return None
    person = found(session.get(Person, answer.invitation.person_id))
    return add_contribution(
        session,
        answer.actor,
        now,
        phase=answer.phase,
        kind=ContributionKind.COMMENT,
        channel=Channel.WEB,
        author_id=person.id,
        organisation_id=answer.invitation.organisation_id,
        language=answer.actor.language,
        section_id=wish.section_id,
        revision_id=line.revision_id,
        words=Words(words=wish.words.strip(), name_shown=person.name_shown),
    ).id


def _note_ready(
    session: Session, answer: _Answer, shown: dict[str, TreeLine], now: datetime
) -> None:
    """Note that a person is ready once there is a decision on every text."""
    session.flush()
    decided = set(
        session.scalars(
            select(Approval.section_id).where(
                Approval.invitation_id == answer.invitation.id, Approval.superseded_at.is_(None)
            )
        )
    )
    if set(shown) <= decided:
        became_ready(session, answer.actor, answer.invitation, now)


def _post_receipt(session: Session, answer: _Answer, approval_id: str, now: datetime) -> None:
    if answer.invitation.address_id is None or answer.actor.link_id is None:
        return
    post(
        session,
        now,
        MessageKind.APPROVAL_RECEIPT,
        f"approval-receipt:{approval_id}",
        person_id=answer.invitation.person_id,
        address_id=answer.invitation.address_id,
        language=answer.actor.language,
        handbook_id=answer.phase.handbook_id,
        phase_id=answer.phase.id,
        context={"invitation": answer.invitation.id, "link": answer.actor.link_id},
    )
