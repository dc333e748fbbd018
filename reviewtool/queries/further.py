"""Further texts that a contribution is for besides its own: an example fits several."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from reviewtool.models.contributions import ContributionSection
from reviewtool.models.drafts import Draft, DraftItem
from reviewtool.models.handbooks import Handbook
from reviewtool.models.sections import Revision, Section, SectionText


class FurtherText(NamedTuple):
    """A text by its id and title."""

    section_id: str
    title: str


Further = dict[str, tuple[FurtherText, ...]]
"""The further texts, by contribution."""


def further_texts(session: Session, contribution_ids: Collection[str]) -> Further:
    """Read them with the titles of the last draft, as everybody knows them; 1 query."""
    rows = session.execute(
        select(ContributionSection.contribution_id, DraftItem.section_id, Revision.title)
        .join(DraftItem, DraftItem.section_id == ContributionSection.section_id)
        .join(Draft, Draft.id == DraftItem.draft_id)
        .join(Handbook, Handbook.id == Draft.handbook_id)
        .join(Revision, Revision.id == DraftItem.revision_id)
        .where(
            ContributionSection.contribution_id.in_(list(contribution_ids)),
            DraftItem.language == Handbook.language,
        )
        .order_by(Draft.number, Draft.correction)
    )
    return _by_contribution(rows)


def further_working_texts(session: Session, contribution_ids: Collection[str]) -> Further:
    """Read them with the titles that their working texts have now, for editors; 1 query."""
    rows = session.execute(
        select(ContributionSection.contribution_id, Section.id.label("section_id"), Revision.title)
        .join(Section, Section.id == ContributionSection.section_id)
        .join(Handbook, Handbook.id == Section.handbook_id)
        .join(
            SectionText,
            (SectionText.section_id == Section.id) & (SectionText.language == Handbook.language),
        )
        .join(Revision, Revision.id == SectionText.working_revision_id)
        .where(ContributionSection.contribution_id.in_(list(contribution_ids)))
    )
    return _by_contribution(rows)


def _by_contribution(rows: Iterable[Any]) -> Further:
    """Keep the last title of each text."""
    found: dict[str, dict[str, FurtherText]] = {}
    for row in rows:
        text = FurtherText(row.section_id, row.title)
        found.setdefault(row.contribution_id, {})[row.section_id] = text
    return {
        key: tuple(sorted(texts.values(), key=lambda text: text.title))
        for key, texts in found.items()
    }
