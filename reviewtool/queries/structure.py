"""The tree as the structure page needs it: dropped sections, relations, what a drop would do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import case, exists, func, select
from sqlalchemy.orm import Session, aliased

from reviewtool.domain.actors import Actor
from reviewtool.domain.sections import LineageKind, SectionKind
from reviewtool.models.answers import Answer
from reviewtool.models.contributions import Contribution
from reviewtool.models.handbooks import Handbook
from reviewtool.models.people import Person
from reviewtool.models.sections import Buffer, Lineage, Relation, Revision, Section, SectionText
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


@dataclass(frozen=True)
class WholeText:
    """A text in another language that a split left whole: the new section hasn't its words yet."""

    section_id: str
    title: str
    new_id: str
    new_title: str
    language: str


def left_whole(
    session: Session, actor: Actor, handbook_id: str, section_id: str | None = None
) -> list[WholeText]:
    """List the texts in other languages that splits left whole, of one section or of all; 1 query.

    One is done with as soon as the new section has a text in that language.
    """
    editing(actor, handbook_id)
    old, new = (aliased(Section) for _one in range(2))
    other, own, old_text, new_text = (aliased(SectionText) for _one in range(4))
    old_title, new_title = (aliased(Revision) for _one in range(2))
    query = (
        select(old.id, old_title.title, new.id, new_title.title, other.language)
        .select_from(Lineage)
        .join(Handbook, Handbook.id == Lineage.handbook_id)
        .join(old, (old.id == Lineage.from_section_id) & old.dropped_at.is_(None))
        .join(new, (new.id == Lineage.to_section_id) & new.dropped_at.is_(None))
        .join(other, (other.section_id == old.id) & (other.language != Handbook.language))
        .outerjoin(own, (own.section_id == new.id) & (own.language == other.language))
        .join(old_text, (old_text.section_id == old.id) & (old_text.language == Handbook.language))
        .join(old_title, old_title.id == old_text.working_revision_id)
        .join(new_text, (new_text.section_id == new.id) & (new_text.language == Handbook.language))
        .join(new_title, new_title.id == new_text.working_revision_id)
        .where(
            Lineage.handbook_id == handbook_id,
            Lineage.kind == LineageKind.SPLIT,
            own.section_id.is_(None),
            exists().where(
                Revision.section_id == old.id,
                Revision.language == other.language,
                Revision.created_at <= Lineage.created_at,
            ),
        )
        .order_by(old_title.title, new_title.title, other.language)
    )
    if section_id is not None:
        query = query.where((old.id == section_id) | (new.id == section_id))
    return [WholeText(*row) for row in session.execute(query)]


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
