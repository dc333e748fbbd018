"""What was done to the tree, in words: each text is called what it was called then."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from reviewtool.models.proposals import StructureChange, StructureChangeSection
from reviewtool.queries.titles_then import TitlesThen, titles_then
from reviewtool.wording.proposals import Named, changed


def is_carried_out(session: Session, contribution_id: str) -> bool:
    """Tell whether the tree was changed because of a proposal; 1 query."""
    made = exists().where(StructureChange.contribution_id == contribution_id)
    return bool(session.scalar(select(made)))


def made_from(session: Session, contribution_ids: Collection[str]) -> dict[str, tuple[str, ...]]:
    """Say what was done because of proposals, by contribution, oldest first; 3 queries."""
    changes = session.scalars(
        select(StructureChange)
        .where(StructureChange.contribution_id.in_(contribution_ids))
        .order_by(StructureChange.created_at, StructureChange.id)
    ).all()
    words = in_words(session, changes)
    made: dict[str, list[str]] = defaultdict(list)
    for change in changes:
        made[change.contribution_id or ""].append(words[change.id])
    return {key: tuple(own) for key, own in made.items()}


def in_words(session: Session, changes: Sequence[StructureChange]) -> dict[str, str]:
    """Say what changes of the tree did, by their ids; 2 queries."""
    if not changes:
        return {}
    parts: dict[str, list[str]] = defaultdict(list)
    for row in session.execute(
        select(StructureChangeSection.change_id, StructureChangeSection.section_id).where(
            StructureChangeSection.change_id.in_([one.id for one in changes])
        )
    ):
        parts[row.change_id].append(row.section_id)
    ids = {id for change in changes for id in _sections(change, parts[change.id])}
    titles = titles_then(session, ids)
    return {one.id: changed(one.act, _named(one, parts[one.id], titles)) for one in changes}


def _sections(change: StructureChange, parts: Sequence[str]) -> list[str]:
    own = (change.section_id, change.parent_id, change.old_parent_id, *parts)
    return [one for one in own if one]


def _named(change: StructureChange, parts: Sequence[str], titles: TitlesThen) -> Named:
    def title(section_id: str | None) -> str:
        return titles.at(section_id, change.created_at)

    return Named(
        section=title(change.section_id),
        others=tuple(title(one) for one in parts),
        title=change.title,
        old_title=change.old_title,
        parent=title(change.parent_id),
        old_parent=title(change.old_parent_id),
    )
