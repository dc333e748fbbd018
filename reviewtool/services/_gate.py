"""The gate of the freeze: what stands in the way of the next draft (rule 3)."""

from __future__ import annotations

from collections import defaultdict

from sqlalchemy import select
from sqlalchemy.orm import Session

from reviewtool.domain.answers import TAKING
from reviewtool.domain.contributions import ContributionState
from reviewtool.domain.refusals import Missing, Reason
from reviewtool.models.answers import Answer, Evidence
from reviewtool.models.contributions import Contribution
from reviewtool.models.sections import Revision, SectionText
from reviewtool.queries.openness import open_by_section
from reviewtool.services._evidence import stand, stretch_of


def open_items(session: Session, handbook_id: str) -> tuple[Missing, ...]:
    """List what keeps a handbook from freezing: by section what is unanswered, and one by one
    the taken contributions whose words are no longer in the working text.
    """
    return (*unanswered(session, handbook_id), *evidence_gone(session, handbook_id))


def unanswered(session: Session, handbook_id: str) -> tuple[Missing, ...]:
    """Count the open contributions of each section, and of the whole; 2 queries."""
    counts = open_by_section(session, handbook_id)
    titles = _titles(session, [section_id for section_id in counts if section_id])
    lines = [
        Missing(Reason.UNANSWERED, "section", section_id, titles.get(section_id, ""), count)
        for section_id, count in counts.items()
        if section_id is not None
    ]
    lines.sort(key=lambda line: (line.name, line.id))
    if counts.get(None):
        lines.append(Missing(Reason.UNANSWERED, "handbook", handbook_id, "", counts[None]))
    return tuple(lines)


def _titles(session: Session, section_ids: list[str]) -> dict[str, str]:
    rows = session.execute(
        select(SectionText.section_id, Revision.title)
        .join(Revision, Revision.id == SectionText.working_revision_id)
        .where(SectionText.section_id.in_(section_ids))
    )
    return {row.section_id: row.title for row in rows}


def evidence_gone(session: Session, handbook_id: str) -> tuple[Missing, ...]:
    """List the taken contributions whose evidence isn't in the text any more or was never named.

    Asked of answers that no draft has shown yet, also of those shown ahead of one: what an earlier
    draft showed may be rewritten later. 5 queries.
    """
    taken = session.execute(
        select(Contribution.id, Contribution.number, Answer.id.label("answer_id"))
        .join(Answer, Answer.contribution_id == Contribution.id)
        .where(
            Contribution.handbook_id == handbook_id,
            Contribution.state == ContributionState.RECEIVED,
            Answer.kind.in_(TAKING),
            Answer.published_draft_id.is_(None),
        )
        .order_by(Contribution.number)
    ).all()
    if not taken:
        return ()
    rows = session.scalars(
        select(Evidence).where(Evidence.answer_id.in_([row.answer_id for row in taken]))
    ).all()
    kept: dict[str, list[bool]] = defaultdict(list)
    for row, stands in zip(rows, stand(session, [stretch_of(one) for one in rows]), strict=True):
        kept[row.answer_id].append(stands)
    return tuple(
        Missing(Reason.EVIDENCE_GONE, "contribution", row.id, str(row.number))
        for row in taken
        if not kept[row.answer_id] or not all(kept[row.answer_id])
    )
