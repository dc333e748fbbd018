"""Drafts as the editors' pages need them: lists, one draft, and two compared lazily."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.orm import Session

from reviewtool.domain.actors import Actor
from reviewtool.domain.sections import SectionKind
from reviewtool.models.drafts import Draft, DraftItem
from reviewtool.models.handbooks import Handbook
from reviewtool.models.people import Person
from reviewtool.models.publications import Publication
from reviewtool.models.sections import Revision
from reviewtool.queries.facts import found
from reviewtool.queries.sections import editing
from reviewtool.queries.tree import TreeLine, draft_tree


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


class SectionChange(StrEnum):
    """What became of a section between two trees; several may hold at once."""

    NEW = "new"
    DROPPED = "dropped"
    CHANGED = "changed"
    RENAMED = "renamed"
    MOVED = "moved"


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
    changes: frozenset[SectionChange]


def drafts_of_handbook(session: Session, actor: Actor, handbook_id: str) -> list[DraftLine]:
    """List a handbook's drafts, the newest first; 1 query."""
    editing(actor, handbook_id)
    return _lines(session, Draft.handbook_id == handbook_id)


def one_draft(session: Session, actor: Actor, handbook_id: str, draft_id: str) -> DraftLine:
    """Read one draft; 1 query. Raises Refused (not found)."""
    editing(actor, handbook_id)
    lines = _lines(session, (Draft.id == draft_id) & (Draft.handbook_id == handbook_id))
    return found(lines[0] if lines else None)


def newest_draft_id(session: Session, actor: Actor, handbook_id: str) -> str | None:
    """Give the draft of the highest number, in its last correction; 1 query."""
    editing(actor, handbook_id)
    return session.scalar(
        select(Draft.id)
        .where(Draft.handbook_id == handbook_id)
        .order_by(Draft.number.desc(), Draft.correction.desc())
        .limit(1)
    )


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

    The sections of the new one in its order, then the dropped ones. Raises Refused.
    """
    for draft_id in (old_id, new_id):
        one_draft(session, actor, handbook_id, draft_id)
    return compare_trees(
        draft_tree(session, old_id, language), draft_tree(session, new_id, language)
    )


def compare_trees(old: Sequence[TreeLine], new: Sequence[TreeLine]) -> list[SectionComparison]:
    """Compare two trees section by section: by hash, title, parent and order."""
    before = {line.section_id: line for line in old}
    after = {line.section_id for line in new}
    strayed = _strayed(old, new)
    lines = [_compared(before.get(line.section_id), line, strayed) for line in new]
    dropped = [
        SectionComparison(
            section_id=line.section_id,
            kind=line.kind,
            depth=line.depth,
            title=line.title,
            old_title=line.title,
            old_revision_id=line.revision_id,
            new_revision_id=None,
            changes=frozenset({SectionChange.DROPPED}),
        )
        for line in old
        if line.section_id not in after
    ]
    return lines + dropped


def _compared(old: TreeLine | None, new: TreeLine, strayed: set[str]) -> SectionComparison:
    changes = set()
    if old is None:
        changes.add(SectionChange.NEW)
    else:
        if old.text_hash != new.text_hash:
            changes.add(SectionChange.CHANGED)
        if old.title != new.title:
            changes.add(SectionChange.RENAMED)
        if new.section_id in strayed:
            changes.add(SectionChange.MOVED)
    return SectionComparison(
        section_id=new.section_id,
        kind=new.kind,
        depth=new.depth,
        title=new.title,
        old_title=old.title if old else "",
        old_revision_id=old.revision_id if old else None,
        new_revision_id=new.revision_id,
        changes=frozenset(changes),
    )


def _strayed(old: Sequence[TreeLine], new: Sequence[TreeLine]) -> set[str]:
    """The sections under another parent, or out of the order that most of their siblings kept."""
    parents = {line.section_id: line.parent_id for line in old}
    places = {line.section_id: place for place, line in enumerate(old)}
    siblings: dict[str | None, list[str]] = {}
    moved = set()
    for line in new:
        if line.section_id not in places:
            continue
        if parents[line.section_id] != line.parent_id:
            moved.add(line.section_id)
        else:
            siblings.setdefault(line.parent_id, []).append(line.section_id)
    for ids in siblings.values():
        moved |= set(ids) - _longest_rising(ids, places)
    return moved


def _longest_rising(ids: Sequence[str], places: dict[str, int]) -> set[str]:
    """The largest set of siblings that kept their order among themselves."""
    best: list[list[str]] = []
    for one in ids:
        chain: list[str] = []
        for kept in best:
            if places[kept[-1]] < places[one] and len(kept) > len(chain):
                chain = kept
        best.append([*chain, one])
    longest: list[str] = max(best, key=len, default=[])
    return set(longest)
