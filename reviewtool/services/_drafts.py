"""Steps on drafts: numbering them, and freezing a tree of revisions as their items (rule 1)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from reviewtool.domain.actors import Actor
from reviewtool.models.drafts import Draft, DraftItem
from reviewtool.models.handbooks import Handbook, Process
from reviewtool.queries.facts import found
from reviewtool.queries.tree import TreeLine


@dataclass(frozen=True)
class FrozenDraft:
    """A draft that has been frozen."""

    id: str
    label: str


def lock_drafts(session: Session, handbook_id: str) -> None:
    """Let one draft at a time be frozen."""
    session.execute(select(Handbook.id).where(Handbook.id == handbook_id).with_for_update())


def add_draft(
    session: Session,
    actor: Actor,
    now: datetime,
    handbook_id: str,
    number: int,
) -> Draft:
    """Add a draft of the handbook's present process, without items yet."""
    process_id = session.scalar(
        select(Process.id)
        .where(Process.handbook_id == handbook_id)
        .order_by(Process.number.desc())
        .limit(1)
    )
    draft = Draft(
        handbook_id=handbook_id,
        process_id=found(process_id),
        number=number,
        frozen_by_id=actor.person_id,
        frozen_at=now,
    )
    session.add(draft)
    session.flush()
    return draft


def add_correction(
    session: Session, actor: Actor, now: datetime, newest: Draft, reason: str
) -> Draft:
    """Add the next correction of a draft, without items yet; it belongs to the draft's own run."""
    draft = Draft(
        handbook_id=newest.handbook_id,
        process_id=newest.process_id,
        number=newest.number,
        correction=newest.correction + 1,
        reason=reason,
        frozen_by_id=actor.person_id,
        frozen_at=now,
    )
    session.add(draft)
    session.flush()
    return draft


def draft_items(draft_id: str, lines: Sequence[TreeLine]) -> list[DraftItem]:
    """Make the items of a draft from its sections in reading order, language by language."""
    places: dict[str, int] = {}
    items = []
    for line in lines:
        place = places[line.language] = places.get(line.language, -1) + 1
        items.append(
            DraftItem(
                draft_id=draft_id,
                section_id=line.section_id,
                language=line.language,
                revision_id=line.revision_id,
                parent_id=line.parent_id,
                place=place,
            )
        )
    return items


def frozen(draft: Draft) -> FrozenDraft:
    """Say what was frozen."""
    return FrozenDraft(draft.id, draft.label)
