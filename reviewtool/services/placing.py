"""The use case of placing a passage by hand: the new origin of its anchor (rule 4)."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from reviewtool.domain.actors import Actor
from reviewtool.domain.contribution_moves import CONTRIBUTION_TABLE, ContributionMove
from reviewtool.domain.contributions import ContributionKind
from reviewtool.domain.passages import Place, keep_to_one_part, passage_in
from reviewtool.domain.policy import Action
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.domain.tables import step
from reviewtool.domain.trace import Act
from reviewtool.infra.installation import Installation
from reviewtool.models.answers import Answer
from reviewtool.models.contributions import Contribution, Placement
from reviewtool.models.sections import Revision, Section
from reviewtool.queries.facts import found, handbook_facts
from reviewtool.services._policy import require
from reviewtool.services._requests import earlier, remember
from reviewtool.services._trace import trace


def place(
    installation: Installation,
    actor: Actor,
    contribution_id: str,
    revision_id: str,
    where: Place,
    request_id: str,
) -> str:
    """Say where in a revision a contribution's passage stands now; gives the placement's id.

    revision_id: of any section of the handbook. Raises Refused: passage gone where there is no
    such place; across parts for a suggestion; not possible now for a withdrawn contribution.
    """
    now = installation.clock.now()
    words = ["place", contribution_id, revision_id, str(where)]
    with installation.database.write() as session:
        contribution = found(session.get(Contribution, contribution_id))
        require(actor, Action.EDIT, handbook_facts(session, contribution.handbook_id))
        before = earlier(session, actor, request_id, words)
        if before is not None and before.same_words:
            return before.object_id
        step(CONTRIBUTION_TABLE, contribution.state, ContributionMove.PLACE)
        revision = found(
            session.scalar(
                select(Revision)
                .join(Section, Section.id == Revision.section_id)
                .where(Revision.id == revision_id, Section.handbook_id == contribution.handbook_id)
            )
        )
        passage = passage_in(revision.text, where)
        if passage is None:
            raise Refused(Reason.PASSAGE_GONE)
        if contribution.kind is ContributionKind.SUGGESTION:
            keep_to_one_part(revision.text, passage)
        if revision.section_id != _place_now(session, contribution):
            contribution.heir_id = revision.section_id
        placement = Placement(
            contribution_id=contribution_id,
            revision_id=revision_id,
            start=passage.start,
            end=passage.end,
            placed_by_id=actor.person_id,
            created_at=now,
        )
        session.add(placement)
        session.flush()
        remember(session, actor, request_id, words, placement.id, now)
        facts = {"revision": revision_id, "placement": placement.id}
        trace(
            session,
            actor,
            now,
            contribution.handbook_id,
            Act.CONTRIBUTION_PLACED,
            contribution_id,
            facts,
        )
        return placement.id


def _place_now(session: Session, contribution: Contribution) -> str | None:
    moved = session.scalar(
        select(Answer.moved_section_id).where(Answer.contribution_id == contribution.id)
    )
    return contribution.heir_id or moved or contribution.section_id
