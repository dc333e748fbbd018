"""Use cases of relations: two sections that belong together across areas."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from reviewtool.domain.actors import Actor
from reviewtool.domain.policy import Action
from reviewtool.domain.proposals import StructureAct
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.domain.trace import Act
from reviewtool.infra.installation import Installation
from reviewtool.models.sections import Relation, Section
from reviewtool.queries.facts import found, handbook_facts
from reviewtool.services._policy import require
from reviewtool.services._structure_changes import (
    Change,
    Decision,
    record_change,
    settle_proposal,
)
from reviewtool.services._trace import trace


def relate(
    installation: Installation,
    actor: Actor,
    section_id: str,
    other_id: str,
    decision: Decision | None = None,
) -> None:
    """Note that two sections of a handbook belong together; once, whichever is named first."""
    now = installation.clock.now()
    with installation.database.write() as session:
        section = found(session.get(Section, section_id, with_for_update=True))
        other = found(session.get(Section, other_id))
        require(actor, Action.EDIT, handbook_facts(session, section.handbook_id))
        if section.handbook_id != other.handbook_id or section_id == other_id:
            raise Refused(Reason.NOT_POSSIBLE_NOW)
        change = Change(StructureAct.RELATE, section_id, took_part=(other_id,))
        if _relation(session, section_id, other_id) is not None:
            settle_proposal(session, actor, now, section.handbook_id, change, decision)
            return
        session.add(Relation(section_id=section_id, other_id=other_id))
        record_change(session, actor, now, section.handbook_id, change, decision)
        trace(
            session,
            actor,
            now,
            section.handbook_id,
            Act.SECTION_RELATED,
            section_id,
            {"other": other_id},
        )


def unrelate(installation: Installation, actor: Actor, section_id: str, other_id: str) -> None:
    """Take back that two sections belong together."""
    now = installation.clock.now()
    with installation.database.write() as session:
        section = found(session.get(Section, section_id, with_for_update=True))
        require(actor, Action.EDIT, handbook_facts(session, section.handbook_id))
        relation = _relation(session, section_id, other_id)
        if relation is None:
            return
        session.delete(relation)
        change = Change(StructureAct.UNRELATE, section_id, took_part=(other_id,))
        record_change(session, actor, now, section.handbook_id, change, None)
        trace(
            session,
            actor,
            now,
            section.handbook_id,
            Act.SECTION_UNRELATED,
            section_id,
            {"other": other_id},
        )


def _relation(session: Session, section_id: str, other_id: str) -> Relation | None:
    return session.scalar(
        select(Relation).where(
            ((Relation.section_id == section_id) & (Relation.other_id == other_id))
            | ((Relation.section_id == other_id) & (Relation.other_id == section_id))
        )
    )
