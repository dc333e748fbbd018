"""The use case of approving: decisions on exact texts, all of a form or none (rule 5)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from reviewtool.domain.actors import Actor
from reviewtool.domain.approvals import (
    NEEDS_WORDS,
    Capacity,
    Decision,
)
from reviewtool.domain.contributions import (
    MOST_CHARACTERS,
    Channel,
    ContributionKind,
    ContributionState,
)
from reviewtool.domain.policy import Action
from reviewtool.domain.refusals import Missing, Reason, Refused
from reviewtool.domain.trace import Act
from reviewtool.infra.i18n import speaking
from reviewtool.infra.installation import Installation
from reviewtool.models.approvals import Approval
from reviewtool.models.contributions import Contribution
from reviewtool.models.invitations import Invitation
from reviewtool.models.phases import Phase
from reviewtool.queries.facts import found, phase_facts
from reviewtool.queries.tree import TreeLine, draft_tree
from reviewtool.services._approval_receipts import post_receipt
from reviewtool.services._contributions import Words, add_contribution, trace_made
from reviewtool.services._invitations import became_ready, came_in, load_invitation
from reviewtool.services._policy import require
from reviewtool.services._requests import earlier, remember
from reviewtool.services._speaking import speaking_for
from reviewtool.services._trace import trace
from reviewtool.services._unsent import forget_unsent
from reviewtool.wording.statements import approval_statement


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
    organisation_id: str | None = None,
    form: str = "",
) -> str:
    """Record decisions on exact texts, all of them or none; gives the request's id.

    organisation_id: for whom one answers; none: for the invitation's organisation. form: the key
    of the form in which it was half written, which ends with it.
    Raises Refused: text changed (nothing is recorded), empty (a comment or a reason is missing),
    too long, not allowed, round closed.
    """
    now = installation.clock.now()
    _check_wishes(wishes, capacity, capacity_detail)
    said = [capacity.value, capacity_detail, language, organisation_id or ""]
    said += [f"{w.section_id}{w.text_hash}{w.decision.value}{w.words}" for w in wishes]
    with installation.database.write() as session:
        assert actor.phase_id is not None
        facts = phase_facts(session, actor.phase_id, now, actor)
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
        own = speaking_for(session, invitation, organisation_id)
        answer = _Answer(actor, phase, invitation, own, language, capacity, capacity_detail.strip())
        stood = _standing(session, answer)
        given = [
            _record(session, answer, shown[w.section_id], w, stood.get(w.section_id), now)
            for w in wishes
        ]
        forget_unsent(session, actor, form)
        lacking = set(shown) - set(stood)
        left = lacking - {wish.section_id for wish in wishes}
        # Only now, as it may be the first to lock the trace: a comment takes a number before.
        came_in(session, actor, invitation, now)
        if not left:
            became_ready(session, actor, invitation, now)
        remember(session, actor, request_id, said, given[0].id, now)
        complete = bool(lacking) and not left
        post_receipt(session, now, actor, invitation, phase, event=given[0].id, complete=complete)
        for approval in given:
            _trace_given(session, answer, approval, stood.get(approval.section_id), now)
        return given[0].id


def _trace_given(
    session: Session, answer: _Answer, approval: Approval, before: Approval | None, now: datetime
) -> None:
    """Trace a decision, and the comment that came with it unless it is the one of before."""
    said = approval.contribution_id
    if said is not None and (before is None or before.contribution_id != said):
        trace_made(session, answer.actor, now, session.get_one(Contribution, said))
    trace(
        session,
        answer.actor,
        now,
        answer.phase.handbook_id,
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


def _check_wishes(wishes: Sequence[Wish], capacity: Capacity, detail: str) -> None:
    if not wishes:
        raise Refused(Reason.EMPTY)
    if capacity is not Capacity.EXPERT and not detail.strip():
        raise Refused(Reason.EMPTY, details={"field": "capacity_detail"})
    for wish in wishes:
        if wish.decision in NEEDS_WORDS and not wish.words.strip():
            raise Refused(Reason.EMPTY, details={"field": "words"})
        if len(wish.words) > MOST_CHARACTERS:
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
    organisation_id: str | None
    language: str
    capacity: Capacity
    detail: str


def _record(
    session: Session,
    answer: _Answer,
    line: TreeLine,
    wish: Wish,
    before: Approval | None,
    now: datetime,
) -> Approval:
    invitation = answer.invitation
    if before is not None:
        before.superseded_at = now
    with speaking(answer.actor.language):
        statement = approval_statement(wish.decision, answer.capacity, answer.detail)
    approval = Approval(
        phase_id=answer.phase.id,
        invitation_id=invitation.id,
        person_id=invitation.person_id,
        organisation_id=answer.organisation_id,
        section_id=wish.section_id,
        language=answer.language,
        text_hash=wish.text_hash,
        revision_id=line.revision_id,
        decision=wish.decision,
        capacity=answer.capacity,
        capacity_detail=answer.detail if answer.capacity is not Capacity.EXPERT else "",
        statement=statement,
        contribution_id=_comment(session, answer, line, wish, before, now),
        link_id=answer.actor.link_id,
        decided_at=now,
    )
    session.add(approval)
    session.flush()
    return approval


def _comment(
    session: Session,
    answer: _Answer,
    line: TreeLine,
    wish: Wish,
    before: Approval | None,
    now: datetime,
) -> str | None:
    """Put the words of a decision into the ledger: they are a contribution like any other.

    The same words on the same text, given again with another decision, stay one contribution.
    """
    words = wish.words.strip()
    if not words:
        return None
    if before is not None and before.contribution_id and before.text_hash == wish.text_hash:
        said = found(session.get(Contribution, before.contribution_id))
        if said.words == words and said.state is ContributionState.RECEIVED:
            return said.id
    return add_contribution(
        session,
        answer.actor,
        now,
        phase=answer.phase,
        kind=ContributionKind.COMMENT,
        channel=Channel.WEB,
        author_id=answer.invitation.person_id,
        organisation_id=answer.organisation_id,
        language=answer.actor.language,
        section_id=wish.section_id,
        revision_id=line.revision_id,
        words=Words(words=words),
    ).id


def _standing(session: Session, answer: _Answer) -> dict[str, Approval]:
    """Read the decisions of the invited that no later one supersedes, by their sections."""
    rows = session.scalars(
        select(Approval).where(
            Approval.invitation_id == answer.invitation.id,
            Approval.language == answer.language,
            Approval.superseded_at.is_(None),
        )
    )
    return {approval.section_id: approval for approval in rows}
