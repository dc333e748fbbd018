"""The step that adds a proposal about the structure to the one ledger."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from reviewtool.domain.actors import Actor
from reviewtool.domain.contributions import Channel, ContributionKind, ContributionState
from reviewtool.domain.proposals import Proposed, lacking, only_what_counts
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.models.contributions import Contribution, ContributionSection
from reviewtool.models.drafts import DraftItem
from reviewtool.models.handbooks import Handbook
from reviewtool.models.phases import Phase
from reviewtool.models.proposals import Proposal
from reviewtool.models.sections import Revision, Section, SectionText
from reviewtool.queries.lineage import heir_for
from reviewtool.services._contributions import Words, add_contribution, check_length


def check_proposed(session: Session, handbook_id: str, proposed: Proposed) -> Proposed:
    """Check that a proposal is whole and names sections of the handbook; 1 query.

    A section may have been dropped since: a round shows the texts of its own draft. Gives the
    proposal without what its act doesn't name. Raises Refused: what is missing; too long; not
    found.
    """
    proposed = only_what_counts(proposed)
    reason = lacking(proposed)
    if reason is not None:
        raise Refused(reason)
    named = {proposed.section_id, proposed.parent_id, *proposed.others} - {None}
    known = session.scalars(
        select(Section.id).where(
            Section.id.in_(sorted(one for one in named if one)),
            Section.handbook_id == handbook_id,
        )
    )
    if named - set(known):
        raise Refused(Reason.NOT_FOUND)
    return proposed


def add_proposal(
    session: Session,
    actor: Actor,
    now: datetime,
    *,
    phase: Phase,
    proposed: Proposed,
    channel: Channel,
    author_id: str,
    organisation_id: str | None,
    language: str,
    words: str | Words = "",
    state: ContributionState = ContributionState.RECEIVED,
    said_on: date | None = None,
) -> Contribution:
    """Add a proposal by its author, or recorded on behalf of them; the words tell why.

    Takes the handbook's next number, which locks the handbook's row: call it late, then trace
    it by `trace_made`. Raises Refused as `check_proposed` does.
    """
    proposed = check_proposed(session, phase.handbook_id, proposed)
    said = Words(words=words) if isinstance(words, str) else words
    check_length(said.words)
    revision = _revision(session, phase, proposed.section_id)
    contribution = add_contribution(
        session,
        actor,
        now,
        phase=phase,
        kind=ContributionKind.PROPOSAL,
        channel=channel,
        author_id=author_id,
        organisation_id=organisation_id,
        language=language,
        section_id=proposed.section_id,
        revision_id=revision.id if revision else None,
        heir_id=heir_for(session, phase.handbook_id, revision, None),
        words=said,
        state=state,
        said_on=said_on,
    )
    session.add(
        Proposal(
            contribution_id=contribution.id,
            act=proposed.act,
            section_id=proposed.section_id,
            title=proposed.title,
            parent_id=proposed.parent_id,
            section_kind=proposed.kind,
        )
    )
    _name_others(session, contribution.id, proposed.others)
    return contribution


def _name_others(session: Session, contribution_id: str, others: Collection[str]) -> None:
    session.add_all(
        ContributionSection(contribution_id=contribution_id, section_id=other) for other in others
    )
    session.flush()


def _revision(session: Session, phase: Phase, section_id: str | None) -> Revision | None:
    """Give the text that the phase looks at, or else the working text."""
    if section_id is None:
        return None
    revisions = (
        select(Revision)
        .join(
            Handbook, (Handbook.id == phase.handbook_id) & (Handbook.language == Revision.language)
        )
        .where(Revision.section_id == section_id)
    )
    frozen = revisions.join(DraftItem, DraftItem.revision_id == Revision.id).where(
        DraftItem.draft_id == (phase.draft_id or "")
    )
    working = revisions.join(SectionText, SectionText.working_revision_id == Revision.id)
    return session.scalar(frozen.limit(1)) or session.scalar(working.limit(1))
