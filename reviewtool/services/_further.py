"""The step that says for which further texts of its round a contribution is meant."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from reviewtool.domain.contributions import ContributionKind
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.models.contributions import Contribution, ContributionSection
from reviewtool.models.drafts import DraftItem
from reviewtool.models.phases import Phase, PhaseSection


def set_further(
    session: Session, phase: Phase, contribution: Contribution, section_ids: Collection[str]
) -> bool:
    """Say for which further texts an example is meant; False where nothing changes.

    Only an example fits several texts. Raises Refused (not found) for a text that isn't in the
    round.
    """
    if contribution.kind is not ContributionKind.EXAMPLE:
        return False
    wanted = set(section_ids) - {contribution.section_id}
    if wanted - _in_round(session, phase, wanted):
        raise Refused(Reason.NOT_FOUND)
    of_this = ContributionSection.contribution_id == contribution.id
    named = set(session.scalars(select(ContributionSection.section_id).where(of_this)))
    if wanted == named:
        return False
    gone = named - wanted
    session.execute(
        delete(ContributionSection).where(of_this, ContributionSection.section_id.in_(sorted(gone)))
    )
    session.add_all(
        ContributionSection(contribution_id=contribution.id, section_id=one)
        for one in sorted(wanted - named)
    )
    session.flush()
    return True


def _in_round(session: Session, phase: Phase, section_ids: Collection[str]) -> set[str]:
    if not section_ids:
        return set()
    there = set(
        session.scalars(
            select(DraftItem.section_id).where(
                DraftItem.draft_id == (phase.draft_id or ""),
                DraftItem.section_id.in_(sorted(section_ids)),
            )
        )
    )
    chosen = set(
        session.scalars(select(PhaseSection.section_id).where(PhaseSection.phase_id == phase.id))
    )
    return there & chosen if chosen else there
