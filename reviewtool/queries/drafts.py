"""Drafts as the editors' pages need them: lists, one draft, and two compared lazily."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.orm import Session

from reviewtool.domain.actors import Actor
from reviewtool.domain.phases import ASKING, PhaseTimes, is_open
from reviewtool.domain.sections import SectionKind
from reviewtool.models.drafts import Draft, DraftItem
from reviewtool.models.handbooks import Handbook
from reviewtool.models.people import Person
from reviewtool.models.phases import Phase
from reviewtool.models.publications import Publication
from reviewtool.models.sections import Revision
from reviewtool.queries.facts import found
from reviewtool.queries.sections import editing
from reviewtool.queries.tree import TreeLine, draft_tree
from reviewtool.text import drafts as text_drafts
from reviewtool.text.drafts import Entry, Fate


@dataclass(frozen=True)
class DraftLine:
    """A draft in a list."""

    id: str
    label: str
    number: int
    correction: int
    reason: str
    frozen_at: datetime
    frozen_by: str
    sections: int
    words: int
    published: bool


@dataclass(frozen=True)
class SectionComparison:
    """One section in two trees: its revisions in both, and how they differ (by hash, unread)."""

    section_id: str
    kind: SectionKind
    depth: int
    title: str
    old_title: str
    old_revision_id: str | None
    new_revision_id: str | None
    changes: frozenset[Fate]
    """Empty for one that is unchanged."""


def drafts_of_handbook(session: Session, actor: Actor, handbook_id: str) -> list[DraftLine]:
    """List a handbook's drafts, the newest first; 1 query."""
    editing(actor, handbook_id)
    return _lines(session, Draft.handbook_id == handbook_id)


def one_draft(session: Session, actor: Actor, handbook_id: str, draft_id: str) -> DraftLine:
    """Read one draft; 1 query. Raises Refused (not found)."""
    editing(actor, handbook_id)
    lines = _lines(session, (Draft.id == draft_id) & (Draft.handbook_id == handbook_id))
    return found(lines[0] if lines else None)


@dataclass(frozen=True)
class Reading:
    """An open phase, and the draft that its people have before them."""

    phase_id: str
    title: dict[str, str]
    draft_label: str


def read_now(session: Session, actor: Actor, handbook_id: str, now: datetime) -> list[Reading]:
    """List the open phases whose people read a draft, in order; 1 query."""
    editing(actor, handbook_id)
    rows = session.execute(
        select(Phase, Draft, Handbook.time_zone)
        .join(Draft, Draft.id == Phase.draft_id)
        .join(Handbook, Handbook.id == Phase.handbook_id)
        .where(Phase.handbook_id == handbook_id, Phase.kind.in_(ASKING))
        .order_by(Phase.position)
    )
    return [
        Reading(row.Phase.id, row.Phase.title, row.Draft.label)
        for row in rows
        if is_open(
            PhaseTimes(row.Phase.state, row.Phase.opens_on, row.Phase.closes_on, row.time_zone),
            now,
        )
    ]


def _lines(session: Session, condition: ColumnElement[bool]) -> list[DraftLine]:
    rows = session.execute(
        select(
            Draft,
            Person.name,
            exists().where(Publication.draft_id == Draft.id).label("published"),
            func.count(DraftItem.id).label("sections"),
            func.coalesce(func.sum(Revision.words), 0).label("words"),
        )
        .join(Handbook, Handbook.id == Draft.handbook_id)
        .outerjoin(Person, Person.id == Draft.frozen_by_id)
        .outerjoin(
            DraftItem,
            (DraftItem.draft_id == Draft.id) & (DraftItem.language == Handbook.language),
        )
        .outerjoin(Revision, Revision.id == DraftItem.revision_id)
        .where(condition)
        .group_by(Draft.id, Person.name)
        .order_by(Draft.number.desc(), Draft.correction.desc())
    ).all()
    return [
        DraftLine(
            id=row.Draft.id,
            label=row.Draft.label,
            number=row.Draft.number,
            correction=row.Draft.correction,
            reason=row.Draft.reason,
            frozen_at=row.Draft.frozen_at,
            frozen_by=row.name or "",
            sections=row.sections,
            words=int(row.words),
            published=row.published,
        )
        for row in rows
    ]


def compare_drafts(
    session: Session, actor: Actor, handbook_id: str, old_id: str, new_id: str, language: str
) -> list[SectionComparison]:
    """Compare two drafts of a handbook section by section, without reading a text; 4 queries.

    In the order of the new one, dropped ones after what they followed. Raises Refused.
    """
    for draft_id in (old_id, new_id):
        one_draft(session, actor, handbook_id, draft_id)
    return compare_trees(
        draft_tree(session, old_id, language), draft_tree(session, new_id, language)
    )


def compare_trees(old: Sequence[TreeLine], new: Sequence[TreeLine]) -> list[SectionComparison]:
    """Compare two trees section by section: by hash, title, parent and order."""
    before = {line.section_id: line for line in old}
    after = {line.section_id: line for line in new}
    return [
        _compared(before.get(change.id), after.get(change.id), change.fates)
        for change in text_drafts.compare_drafts(_entries(old), _entries(new))
    ]


def _entries(tree: Sequence[TreeLine]) -> list[Entry]:
    return [
        Entry(line.section_id, line.title, line.parent_id, place, line.text_hash)
        for place, line in enumerate(tree)
    ]


def _compared(
    old: TreeLine | None, new: TreeLine | None, fates: frozenset[Fate]
) -> SectionComparison:
    line = found(new or old)
    return SectionComparison(
        section_id=line.section_id,
        kind=line.kind,
        depth=line.depth,
        title=line.title,
        old_title=old.title if old else "",
        old_revision_id=old.revision_id if old else None,
        new_revision_id=new.revision_id if new else None,
        changes=fates - {Fate.UNCHANGED},
    )
