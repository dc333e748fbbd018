"""Suggestions as whole texts: on the revision that each was made on, or was placed in."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from reviewtool.domain.contributions import ContributionKind
from reviewtool.domain.merging import Suggestion
from reviewtool.models.answers import Answer
from reviewtool.models.contributions import Contribution, Placement
from reviewtool.queries.texts import read_texts


@dataclass(frozen=True)
class Origin:
    """Where a contribution's passage begins from: a revision and a range in it."""

    revision_id: str
    start: int
    end: int


def latest_placements(
    session: Session, contribution_ids: Sequence[str] | Select[Any]
) -> dict[str, Origin]:
    """Read where persons placed passages last, by contribution; 1 query.

    contribution_ids: the ids, or the query that gives them where they may be many.
    """
    rows = session.execute(
        select(Placement.contribution_id, Placement.revision_id, Placement.start, Placement.end)
        .where(Placement.contribution_id.in_(contribution_ids))
        .order_by(Placement.created_at, Placement.id)
    )
    return {row.contribution_id: Origin(row.revision_id, row.start, row.end) for row in rows}


def suggestions_of(session: Session, contribution_ids: Sequence[str]) -> list[Suggestion]:
    """Read the suggestions among contributions as texts to merge; 3 queries.

    One without a passage (about the section as a whole) can't be merged and is left out.
    """
    found = session.execute(
        select(Contribution, Answer.moved_section_id)
        .outerjoin(Answer, Answer.contribution_id == Contribution.id)
        .where(
            Contribution.id.in_(contribution_ids),
            Contribution.kind == ContributionKind.SUGGESTION,
            Contribution.replacement.is_not(None),
        )
    ).all()
    rows = [row.Contribution for row in found]
    moved = {row.Contribution.id for row in found if row.moved_section_id}
    placed = latest_placements(session, [row.id for row in rows])
    origins: dict[str, Origin] = {}
    for row in rows:
        if row.id in placed:
            origins[row.id] = placed[row.id]
        elif row.revision_id and row.start is not None and row.end is not None:
            origins[row.id] = Origin(row.revision_id, row.start, row.end)
    texts = read_texts(session, [origin.revision_id for origin in origins.values()])
    return [
        Suggestion(
            row.id,
            texts[origin.revision_id],
            origin.start,
            origin.end,
            row.replacement,
            origin.revision_id,
            row.heir_id if row.id in placed or row.id not in moved else None,
        )
        for row in rows
        if row.replacement is not None and (origin := origins.get(row.id)) is not None
    ]
