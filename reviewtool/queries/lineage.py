"""The lineage of sections, and the heir that a contribution on an earlier text belongs to."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from reviewtool.domain.lineage import Descent, Words, heirs, heirs_for
from reviewtool.models.sections import Lineage, Revision, Section, SectionText
from reviewtool.text.anchors import Passage


def lineage_of(session: Session, handbook_id: str) -> list[Descent]:
    """Read how a handbook's sections came from one another, oldest first; 1 query."""
    rows = session.execute(
        select(Lineage.from_section_id, Lineage.to_section_id, Lineage.kind)
        .where(Lineage.handbook_id == handbook_id)
        .order_by(Lineage.created_at, Lineage.id)
    )
    return [Descent(row.from_section_id, row.to_section_id, row.kind) for row in rows]


def heirs_of(session: Session, handbook_id: str, section_id: str) -> list[str]:
    """List the sections that may hold a section's words now; at most 2 queries.

    Empty where nothing was ever split or merged.
    """
    lineage = lineage_of(session, handbook_id)
    if not lineage:
        return []
    return heirs(section_id, lineage, standing_sections(session, handbook_id))


def heirs_by_section(session: Session, section_ids: Collection[str]) -> dict[str, list[str]]:
    """List for each section the sections that may hold its words now; at most 2 queries."""
    handbooks = select(Section.handbook_id).where(Section.id.in_(sorted(section_ids)))
    rows = session.execute(
        select(
            Lineage.handbook_id, Lineage.from_section_id, Lineage.to_section_id, Lineage.kind
        ).where(Lineage.handbook_id.in_(handbooks))
    ).all()
    if not rows:
        return {one: [one] for one in section_ids}
    lineage = [Descent(row.from_section_id, row.to_section_id, row.kind) for row in rows]
    standing = frozenset(
        session.scalars(
            select(Section.id).where(
                Section.handbook_id.in_({row.handbook_id for row in rows}),
                Section.dropped_at.is_(None),
            )
        )
    )
    return {one: heirs(one, lineage, standing) for one in section_ids}


def standing_sections(session: Session, handbook_id: str) -> frozenset[str]:
    """List the sections that stand in the handbook; 1 query."""
    return frozenset(
        session.scalars(
            select(Section.id).where(
                Section.handbook_id == handbook_id, Section.dropped_at.is_(None)
            )
        )
    )


def newest_texts(
    session: Session, section_ids: Sequence[str], language: str
) -> list[tuple[str, str]]:
    """Read (section, newest text) of sections in the order given; 1 query."""
    rows = session.execute(
        select(SectionText.section_id, Revision.text)
        .join(Revision, Revision.id == SectionText.working_revision_id)
        .where(SectionText.section_id.in_(section_ids), SectionText.language == language)
    )
    texts = {row.section_id: row.text for row in rows}
    return [(one, texts[one]) for one in section_ids if one in texts]


def heir_for(
    session: Session,
    handbook_id: str,
    revision: Revision | None,
    passage: Passage | None,
    replacement: str | None = None,
) -> str | None:
    """Find where a new contribution on an earlier text is dealt with; None: in its own section.

    A round looks at a frozen draft: its texts may have been split or merged meanwhile.
    At most 3 queries.
    """
    if revision is None:
        return None
    own = revision.section_id
    candidates = heirs_of(session, handbook_id, own)
    if candidates in ([], [own]):
        return None
    texts = newest_texts(session, candidates, revision.language)
    if not texts:
        return None
    heir = texts[0][0]
    if passage is not None:
        about = Words(passage.start, passage.end, replacement)
        heir = heirs_for(revision.text, [about], texts)[0]
    return None if heir == own else heir
