"""The tree as the structure page needs it: dropped sections, relations, what a drop would do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from reviewtool.domain.actors import Actor
from reviewtool.domain.sections import SectionKind
from reviewtool.models.answers import Answer
from reviewtool.models.contributions import Contribution
from reviewtool.models.people import Person
from reviewtool.models.sections import Buffer, Relation, Revision, Section, SectionText
from reviewtool.queries.openness import standing_section
from reviewtool.queries.sections import editing
from reviewtool.queries.tree import TreeLine


@dataclass(frozen=True)
class DroppedLine:
    """A section that was taken out of the handbook."""

    section_id: str
    parent_id: str | None
    kind: SectionKind
    title: str
    dropped_at: datetime


@dataclass(frozen=True)
class Related:
    """A section that belongs together with another."""

    section_id: str
    title: str
    dropped: bool


@dataclass(frozen=True)
class DropConsequences:
    """What dropping a section would take along: those beneath it, and what was said on all."""

    sections: tuple[TreeLine, ...]
    contributions: int


def dropped_sections(
    session: Session, actor: Actor, handbook_id: str, language: str
) -> list[DroppedLine]:
    """List the dropped sections that can be restored, the latest first; 1 query.

    One that went together with its parent comes back with it, and isn't listed by itself.
    """
    editing(actor, handbook_id)
    rows = session.execute(
        select(Section, Revision.title)
        .join(
            SectionText,
            (SectionText.section_id == Section.id) & (SectionText.language == language),
        )
        .join(Revision, Revision.id == SectionText.working_revision_id)
        .where(Section.handbook_id == handbook_id, Section.dropped_at.is_not(None))
        .order_by(Section.dropped_at.desc(), Section.position)
    ).all()
    went = {row.Section.id: row.Section.dropped_at for row in rows}
    return [
        DroppedLine(
            row.Section.id,
            row.Section.parent_id,
            row.Section.kind,
            row.title,
            row.Section.dropped_at,
        )
        for row in rows
        if went.get(row.Section.parent_id) != row.Section.dropped_at
    ]


def related_sections(
    session: Session, actor: Actor, handbook_id: str, section_id: str, language: str
) -> list[Related]:
    """List the sections that belong together with one; 1 query."""
    editing(actor, handbook_id)
    other = case((Relation.section_id == section_id, Relation.other_id), else_=Relation.section_id)
    rows = session.execute(
        select(Section.id, Section.dropped_at, Revision.title)
        .select_from(Relation)
        .join(Section, Section.id == other)
        .join(
            SectionText,
            (SectionText.section_id == Section.id) & (SectionText.language == language),
        )
        .join(Revision, Revision.id == SectionText.working_revision_id)
        .where(
            (Relation.section_id == section_id) | (Relation.other_id == section_id),
            Section.handbook_id == handbook_id,
        )
        .order_by(Revision.title)
    )
    return [Related(row.id, row.title, row.dropped_at is not None) for row in rows]


def drop_consequences(
    session: Session, actor: Actor, handbook_id: str, tree: Sequence[TreeLine], section_id: str
) -> DropConsequences:
    """Tell what dropping a section would take along; 1 query."""
    editing(actor, handbook_id)
    going = beneath(tree, section_id)
    said = said_on(session, [section_id, *(line.section_id for line in going)])
    return DropConsequences(tuple(going), said)


def said_on(session: Session, section_ids: Sequence[str]) -> int:
    """Count the contributions that are dealt with in some sections; 1 query."""
    return (
        session.scalar(
            select(func.count())
            .select_from(Contribution)
            .outerjoin(Answer, Answer.contribution_id == Contribution.id)
            .where(standing_section().in_(section_ids))
        )
        or 0
    )


def unsaved_by_others(session: Session, actor: Actor, section_ids: Sequence[str]) -> list[str]:
    """Name the other editors who have unsaved words on some sections; 1 query."""
    return list(
        session.scalars(
            select(Person.name)
            .join(Buffer, Buffer.person_id == Person.id)
            .where(Buffer.section_id.in_(section_ids), Buffer.person_id != actor.person_id)
            .distinct()
            .order_by(Person.name)
        )
    )


def beneath(tree: Sequence[TreeLine], section_id: str) -> list[TreeLine]:
    """List the lines beneath a section, in reading order."""
    inside = {section_id}
    going = []
    for line in tree:
        if line.parent_id in inside:
            inside.add(line.section_id)
            going.append(line)
    return going
