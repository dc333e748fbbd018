"""The step that each change of the tree ends with: its record, and the answer of its proposal."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.orm import Session

from reviewtool.domain.actors import Actor
from reviewtool.domain.answers import TAKING, AnswerKind, EvidenceKind
from reviewtool.domain.contributions import ContributionKind
from reviewtool.domain.people import fold
from reviewtool.domain.proposals import ProposalAct, StructureAct
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.domain.trace import Act
from reviewtool.infra.ids import new_id
from reviewtool.models.proposals import Proposal, StructureChange, StructureChangeSection
from reviewtool.models.sections import Revision
from reviewtool.services._answers import Answering, load_asked, write
from reviewtool.services._evidence import Stretch
from reviewtool.services._trace import trace


@dataclass(frozen=True)
class Decision:
    """Why the structure is changed, and the proposal that it answers."""

    proposal_id: str | None = None
    reason: str = ""

    @property
    def words(self) -> tuple[str, ...]:
        """List all of it: what a repeated press of a form is compared by."""
        return (self.proposal_id or "", self.reason)


@dataclass(frozen=True)
class Change:
    """What was changed: the section, and further ones that came of it or took part."""

    act: StructureAct
    section_id: str
    came_of_it: Collection[str] = field(default=())
    took_part: Collection[str] = field(default=())
    old_title: str = ""
    title: str = ""
    old_parent_id: str | None = None
    parent_id: str | None = None

    @property
    def standing(self) -> tuple[str, ...]:
        """List the sections in which the change is seen."""
        return tuple(self.came_of_it) or (self.section_id,)


def record_change(
    session: Session,
    actor: Actor,
    now: datetime,
    handbook_id: str,
    change: Change,
    decision: Decision | None,
) -> str:
    """Write a change down, and answer the proposal that it was made from; gives the change's id.

    Trace the change itself after this. Raises Refused: not found where there is no such proposal
    in the handbook; not possible now for a withdrawn one.
    """
    decision = decision or Decision()
    row = StructureChange(
        handbook_id=handbook_id,
        act=change.act,
        section_id=change.section_id,
        contribution_id=decision.proposal_id,
        old_title=change.old_title,
        title=change.title,
        old_parent_id=change.old_parent_id,
        parent_id=change.parent_id,
        note=decision.reason.strip(),
        person_id=actor.person_id,
        created_at=now,
    )
    session.add(row)
    session.flush()
    others = dict.fromkeys([*change.came_of_it, *change.took_part])
    session.add_all(
        StructureChangeSection(
            change_id=row.id, section_id=other, came_of_it=other in change.came_of_it
        )
        for other in others
        if other != change.section_id
    )
    session.flush()
    if decision.proposal_id is not None:
        _answer(session, actor, now, handbook_id, change, decision.proposal_id, decision.reason)
    return row.id


def settle_proposal(
    session: Session,
    actor: Actor,
    now: datetime,
    handbook_id: str,
    change: Change,
    decision: Decision | None,
) -> None:
    """Answer a proposal whose change stands already: nothing is written down a second time."""
    if decision is None or decision.proposal_id is None:
        return
    given = load_asked(session, [decision.proposal_id])[decision.proposal_id].answer
    if given is None or given.kind not in TAKING:
        _answer(session, actor, now, handbook_id, change, decision.proposal_id, decision.reason)


def trace_texts(
    session: Session, actor: Actor, now: datetime, handbook_id: str, made: Iterable[Revision]
) -> None:
    """Trace the revisions that a change of the tree made."""
    for revision in made:
        facts: dict[str, str | int | bool | None] = {
            "section": revision.section_id,
            "language": revision.language,
            "hash": revision.text_hash,
            "cause": revision.cause.value,
        }
        trace(session, actor, now, handbook_id, Act.REVISION_MADE, revision.id, facts)


def _answer(
    session: Session,
    actor: Actor,
    now: datetime,
    handbook_id: str,
    change: Change,
    proposal_id: str,
    reason: str,
) -> None:
    asked = load_asked(session, [proposal_id])[proposal_id]
    proposal = session.get(Proposal, proposal_id)
    said = asked.contribution
    if said.handbook_id != handbook_id or said.kind is not ContributionKind.PROPOSAL:
        raise Refused(Reason.NOT_FOUND)
    kind = AnswerKind.TAKEN
    if proposal is not None and not _as_proposed(proposal, change):
        kind = AnswerKind.TAKEN_IN_OTHER_WORDS
    revised = asked.answer is not None
    evidence = [Stretch(EvidenceKind.STRUCTURE, one) for one in change.standing]
    batch_id = new_id()
    answer = write(session, actor, now, asked, Answering(kind, reason), evidence, batch_id)
    act = Act.ANSWER_REVISED if revised else Act.ANSWER_GIVEN
    facts = {"kind": kind.value, "batch": batch_id, "version": answer.version}
    trace(session, actor, now, handbook_id, act, proposal_id, facts)


def _as_proposed(proposal: Proposal, change: Change) -> bool:
    """Tell whether a change is what was proposed, or another one made because of it."""
    if proposal.act.value != change.act.value:
        return False
    if proposal.act in (ProposalAct.ADD, ProposalAct.RENAME):
        return fold(proposal.title) == fold(change.title)
    if proposal.act is ProposalAct.MOVE:
        return proposal.parent_id == change.parent_id
    return True
