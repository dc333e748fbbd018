"""What texts were called at a moment: whatever tells of the past names them as they were then."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from reviewtool.models.drafts import Draft, DraftItem
from reviewtool.models.handbooks import Handbook
from reviewtool.models.sections import Revision, Section


@dataclass(frozen=True)
class TitlesThen:
    """The titles that sections have had, each from a moment on."""

    by_section: dict[str, list[tuple[datetime, str]]]

    def at(self, section_id: str | None, moment: datetime) -> str:
        """Give the title at a moment; empty for a section that had none yet."""
        known = self.by_section.get(section_id or "", [])
        place = bisect_right(known, moment, key=lambda one: one[0])
        return known[place - 1][1] if place else ""


def titles_then(session: Session, section_ids: Collection[str]) -> TitlesThen:
    """Read the working titles of sections, in the handbook's language; 1 query."""
    rows = session.execute(
        select(Revision.section_id, Revision.created_at, Revision.title)
        .join(Section, Section.id == Revision.section_id)
        .join(Handbook, Handbook.id == Section.handbook_id)
        .where(Revision.section_id.in_(section_ids), Revision.language == Handbook.language)
        .order_by(Revision.created_at, Revision.number)
    )
    found: dict[str, list[tuple[datetime, str]]] = defaultdict(list)
    for section_id, moment, title in rows:
        found[section_id].append((moment, title))
    return TitlesThen(found)


def frozen_titles_then(session: Session, section_ids: Collection[str]) -> TitlesThen:
    """Read the titles of sections in the drafts, in the handbook's language; 1 query."""
    rows = session.execute(
        select(DraftItem.section_id, Draft.frozen_at, Revision.title)
        .join(Draft, Draft.id == DraftItem.draft_id)
        .join(Handbook, Handbook.id == Draft.handbook_id)
        .join(Revision, Revision.id == DraftItem.revision_id)
        .where(DraftItem.section_id.in_(section_ids), DraftItem.language == Handbook.language)
        .order_by(Draft.frozen_at, Draft.number, Draft.correction)
    )
    found: dict[str, list[tuple[datetime, str]]] = defaultdict(list)
    for section_id, moment, title in rows:
        found[section_id].append((moment, title))
    return TitlesThen(found)
