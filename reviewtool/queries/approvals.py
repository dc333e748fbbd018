"""Approvals as pages need them: an approver's texts and decisions, and the editors' map."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, select, true
from sqlalchemy.orm import Session

from reviewtool.domain.actors import Actor, ActorKind
from reviewtool.domain.approvals import (
    Capacity,
    CarryFacts,
    Decision,
    Standing,
    holds,
    objects,
    standing,
)
from reviewtool.domain.invitations import InvitationState
from reviewtool.models.approvals import Approval, Carry
from reviewtool.models.contributions import Contribution
from reviewtool.models.drafts import Draft
from reviewtool.models.invitations import Invitation
from reviewtool.models.organisations import Organisation
from reviewtool.models.people import Person
from reviewtool.models.phases import Phase
from reviewtool.queries.counting import known
from reviewtool.queries.newest_draft import newest_draft
from reviewtool.queries.tree import TreeLine


@dataclass(frozen=True)
class Decided:
    """A person's latest decision on a section, and how it stands against the text shown now."""

    approval_id: str
    invitation_id: str
    section_id: str
    decision: Decision
    capacity: Capacity
    capacity_detail: str
    statement: str
    text_hash: str
    revision_id: str
    decided_at: datetime
    words: str
    standing: Standing
    carry_id: str | None
    carry_note: str
    objected_at: datetime | None
    """When the person objected to holding it for the text shown."""
    objection: str

    @property
    def holds(self) -> bool:
        """Whether it counts as an approval of the text shown."""
        return holds(self.decision, self.standing)

    @property
    def objects(self) -> bool:
        """Whether it asks for changes in the text shown."""
        return objects(self.decision, self.standing)


def _of_editors(actor: Actor) -> ColumnElement[bool]:
    """The condition on phases whose handbook the actor edits."""
    if actor.kind is ActorKind.SYSTEM:
        return true()
    return Phase.handbook_id.in_(sorted(actor.roles))


def decisions_shown_to(actor: Actor) -> ColumnElement[bool]:
    """Give the condition on decisions (with their phases) that an actor sees.

    An approver sees their own, an editor those of all.
    """
    if actor.kind is ActorKind.LINK:
        return and_(
            Approval.invitation_id == actor.invitation_id, Approval.phase_id == actor.phase_id
        )
    return _of_editors(actor)


def decisions(
    session: Session,
    actor: Actor,
    phase_id: str,
    shown: dict[str, str],
    language: str,
    *,
    section_id: str | None = None,
) -> list[Decided]:
    """List the standing decisions of a phase on the texts in one language; 2 queries.

    shown: section id -> hash of the text that is shown now. An approver gets their own.
    """
    query = (
        select(Approval, Contribution.words)
        .join(Phase, Phase.id == Approval.phase_id)
        .outerjoin(Contribution, Contribution.id == Approval.contribution_id)
        .where(
            Approval.phase_id == phase_id,
            Approval.language == language,
            Approval.superseded_at.is_(None),
            decisions_shown_to(actor),
        )
        .order_by(Approval.decided_at, Approval.id)
    )
    if section_id is not None:
        query = query.where(Approval.section_id == section_id)
    rows = session.execute(query).all()
    carries: dict[str, list[Carry]] = defaultdict(list)
    for carry in session.scalars(
        select(Carry)
        .join(Approval, Approval.id == Carry.approval_id)
        .where(Approval.phase_id == phase_id, Approval.superseded_at.is_(None))
        .order_by(Carry.created_at, Carry.id)
    ):
        carries[carry.approval_id].append(carry)
    return [
        _decided(row.Approval, row.words or "", carries[row.Approval.id], shown) for row in rows
    ]


def _decided(
    approval: Approval, words: str, carries: list[Carry], shown: dict[str, str]
) -> Decided:
    facts = [CarryFacts(c.from_hash, c.to_hash, c.objected_at is not None) for c in carries]
    # A section that is no longer in the draft has no text that the decision could hold for.
    where = standing(approval.text_hash, shown.get(approval.section_id, ""), facts)
    last = carries[-1] if carries else None
    refused = None
    if where is Standing.EARLIER_TEXT:
        here = shown.get(approval.section_id)
        refused = next((c for c in carries if c.objected_at and c.to_hash == here), None)
    return Decided(
        approval_id=approval.id,
        invitation_id=approval.invitation_id,
        section_id=approval.section_id,
        decision=approval.decision,
        capacity=approval.capacity,
        capacity_detail=approval.capacity_detail,
        statement=approval.statement,
        text_hash=approval.text_hash,
        revision_id=approval.revision_id,
        decided_at=approval.decided_at,
        words=words,
        standing=where,
        carry_id=last.id if last and where is Standing.CARRIED else None,
        carry_note=last.note if last else "",
        objected_at=refused.objected_at if refused else None,
        objection=refused.objection if refused else "",
    )


@dataclass(frozen=True)
class Approver:
    """Somebody who is asked to approve."""

    invitation_id: str
    name: str
    organisation: str
    state: InvitationState


def approvers(session: Session, actor: Actor, phase_id: str) -> list[Approver]:
    """List for its editors who is asked in an approval phase, by organisation and name; 1 query."""
    rows = session.execute(
        select(
            Invitation.id, Invitation.state, Person.name, Organisation.name.label("organisation")
        )
        .join(Person, Person.id == Invitation.person_id)
        .outerjoin(Organisation, Organisation.id == Invitation.organisation_id)
        .join(Phase, Phase.id == Invitation.phase_id)
        .where(
            Invitation.phase_id == phase_id,
            known(),
            _of_editors(actor),
        )
        .order_by(Organisation.folded, Person.name, Invitation.id)
    )
    return [Approver(row.id, row.name, row.organisation or "", row.state) for row in rows]


@dataclass(frozen=True)
class ApprovalDraft:
    """The frozen draft that an approval phase is about, and the newest one there is."""

    id: str
    label: str
    newest: str

    @property
    def is_newest(self) -> bool:
        """Whether no later draft has been frozen."""
        return self.label == self.newest


def approval_draft(session: Session, actor: Actor, phase_id: str) -> ApprovalDraft | None:
    """Give the draft that an approval phase is about; None before it opens; 2 queries."""
    draft = session.scalar(
        select(Draft)
        .join(Phase, Phase.draft_id == Draft.id)
        .where(Phase.id == phase_id, _of_editors(actor))
    )
    if draft is None:
        return None
    newest = newest_draft(session, draft.handbook_id)
    return ApprovalDraft(draft.id, draft.label, newest.label if newest else draft.label)


@dataclass(frozen=True)
class SectionTally:
    """How the decisions on one section stand."""

    line: TreeLine
    approved: int
    with_comments: int
    changes_requested: int
    no_position: int
    earlier: int
    objected: int
    """Of those: how many object to an editorial change."""
    silent: int

    @property
    def ready(self) -> bool:
        """Whether the text can be published: approved by somebody, objected to by nobody."""
        return self.approved + self.with_comments > 0 and not self.open_objection

    @property
    def open_objection(self) -> bool:
        """Whether somebody asks for changes, or objects to one that was made."""
        return self.changes_requested + self.objected > 0


def tally(lines: list[TreeLine], given: list[Decided], asked: int) -> list[SectionTally]:
    """Count the decisions of each section; silence is what is left, never an approval."""
    by_section: dict[str, list[Decided]] = defaultdict(list)
    for decided in given:
        by_section[decided.section_id].append(decided)
    result = []
    for line in lines:
        here = by_section[line.section_id]
        holding = [d for d in here if d.standing in (Standing.CURRENT, Standing.CARRIED)]
        counts = {kind: sum(d.decision is kind for d in holding) for kind in Decision}
        result.append(
            SectionTally(
                line=line,
                approved=counts[Decision.APPROVED],
                with_comments=counts[Decision.WITH_COMMENTS],
                changes_requested=counts[Decision.CHANGES_REQUESTED],
                no_position=counts[Decision.NO_POSITION] + counts[Decision.NOTHING_TO_SAY],
                earlier=len(here) - len(holding),
                objected=sum(d.objected_at is not None for d in here),
                silent=max(0, asked - len(here)),
            )
        )
    return result
