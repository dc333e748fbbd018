"""What proposals ask for, in words, for everybody who sees the contribution."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from sqlalchemy import select
from sqlalchemy.orm import Session

from reviewtool.domain.contributions import Channel
from reviewtool.models.contributions import Contribution, ContributionSection
from reviewtool.models.handbooks import Handbook
from reviewtool.models.proposals import Proposal
from reviewtool.models.sections import Revision, Section, SectionText
from reviewtool.queries.titles_then import TitlesThen, frozen_titles_then, titles_then
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
    called what they were called when it was said, before anything was made of it: in a workshop as
    they stood on its screen, elsewhere as in the draft that people had.
    """
    if not contribution_ids:
        return {}
    rows = session.execute(
        select(Proposal, Contribution.created_at, Contribution.channel)
        .join(Contribution, Contribution.id == Proposal.contribution_id)
        .where(Proposal.contribution_id.in_(contribution_ids))
    ).all()
    if not rows:
        return {}
    others = others_of(session, [row.Proposal.contribution_id for row in rows])
    named = [_sections(row.Proposal, others.get(row.Proposal.contribution_id, [])) for row in rows]
    ids = {one for some in named for one in some}
    working, frozen = titles_then(session, ids), frozen_titles_then(session, ids)
    asks = {}
    for proposal, at, channel in rows:
        drafts = TitlesThen({}) if channel is Channel.WORKSHOP else frozen
        title = partial(_title, drafts, working, at)
        asks[proposal.contribution_id] = proposed(
            proposal.act,
            Named(
                section=title(proposal.section_id),
                others=tuple(map(title, others.get(proposal.contribution_id, []))),
                title=proposal.title,
                parent=title(proposal.parent_id),
            ),
        )
    return asks


def _sections(proposal: Proposal, others: Sequence[str]) -> list[str]:
    return [one for one in (proposal.section_id, proposal.parent_id, *others) if one]


def _title(
    drafts: TitlesThen, working: TitlesThen, moment: datetime, section_id: str | None
) -> str:
    return drafts.at(section_id, moment) or working.at(section_id, moment)
