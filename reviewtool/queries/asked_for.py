"""What proposals ask for, in words, for everybody who sees the contribution."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from reviewtool.models.contributions import Contribution, ContributionSection
from reviewtool.models.drafts import Draft, DraftItem
from reviewtool.models.handbooks import Handbook
from reviewtool.models.proposals import Proposal
from reviewtool.models.sections import Revision, Section, SectionText
from reviewtool.wording.proposals import Named, proposed


@dataclass(frozen=True)
class TitledSection:
    """A section by its newest title."""

    id: str
    title: str
    dropped: bool


def titles_of(session: Session, handbook_id: str) -> dict[str, TitledSection]:
    """Read the newest title of every section, the dropped ones too; 1 query."""
    rows = session.execute(
        select(Section.id, Section.dropped_at, Revision.title)
        .join(Handbook, Handbook.id == Section.handbook_id)
        .join(
            SectionText,
            (SectionText.section_id == Section.id) & (SectionText.language == Handbook.language),
        )
        .join(Revision, Revision.id == SectionText.working_revision_id)
        .where(Section.handbook_id == handbook_id)
    )
    return {row.id: TitledSection(row.id, row.title, row.dropped_at is not None) for row in rows}


def named_in(row: Proposal, others: Sequence[str], titles: dict[str, TitledSection]) -> Named:
    """Put titles to the sections that a proposal names."""

    def title(section_id: str | None) -> str:
        return titles[section_id].title if section_id in titles else ""

    return Named(
        section=title(row.section_id),
        others=tuple(title(one) for one in others),
        title=row.title,
        parent=title(row.parent_id),
    )


def others_of(session: Session, ids: Collection[str]) -> dict[str, list[str]]:
    """Read the further sections that contributions are about; 1 query."""
    rows = session.execute(
        select(ContributionSection.contribution_id, ContributionSection.section_id).where(
            ContributionSection.contribution_id.in_(ids)
        )
    )
    found_others: dict[str, list[str]] = {}
    for row in rows:
        found_others.setdefault(row.contribution_id, []).append(row.section_id)
    return found_others


def asked_for(session: Session, contribution_ids: Collection[str]) -> dict[str, str]:
    """Say what proposals ask for, by contribution id, in the present language; at most 4 queries.

    For everybody who sees the contribution: a proposal may be all in what it names. Texts are
    called as in the last draft, since only editors see newer names.
    """
    if not contribution_ids:
        return {}
    rows = session.execute(
        select(Proposal, Contribution.handbook_id)
        .join(Contribution, Contribution.id == Proposal.contribution_id)
        .where(Proposal.contribution_id.in_(contribution_ids))
    ).all()
    if not rows:
        return {}
    titles: dict[str, TitledSection] = {}
    for handbook_id in {row.handbook_id for row in rows}:
        titles.update(titles_of(session, handbook_id))
        titles.update(_frozen_titles(session, handbook_id))
    others = others_of(session, [row.Proposal.contribution_id for row in rows])
    return {
        row.Proposal.contribution_id: proposed(
            row.Proposal.act,
            named_in(row.Proposal, others.get(row.Proposal.contribution_id, []), titles),
        )
        for row in rows
    }


def _frozen_titles(session: Session, handbook_id: str) -> dict[str, TitledSection]:
    rows = session.execute(
        select(DraftItem.section_id, Revision.title)
        .join(Draft, Draft.id == DraftItem.draft_id)
        .join(Handbook, Handbook.id == Draft.handbook_id)
        .join(Revision, Revision.id == DraftItem.revision_id)
        .where(Draft.handbook_id == handbook_id, DraftItem.language == Handbook.language)
        .order_by(Draft.number, Draft.correction)
    )
    return {row.section_id: TitledSection(row.section_id, row.title, False) for row in rows}
