"""The section tree of a handbook: the working texts, or a draft as it was frozen.

Steps: they ask nobody. A page has asked for the handbook at its door, and has a draft's id from
a query that asked; the texts themselves are read by queries/texts.py.
"""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, case, exists, literal, select
from sqlalchemy.orm import Session, aliased

from reviewtool.domain.sections import SectionKind
from reviewtool.models.drafts import DraftItem
from reviewtool.models.sections import Revision, Section, SectionText


@dataclass(frozen=True)
class TreeLine:
    """A section in reading order, with the revision that is shown of it."""

    section_id: str
    parent_id: str | None
    kind: SectionKind
    depth: int
    title: str
    language: str
    revision_id: str
    revision_number: int
    text_hash: str
    words: int


def working_tree(session: Session, handbook_id: str, language: str) -> list[TreeLine]:
    """List the sections that stand in the handbook, in reading order; 1 query."""
    rows = session.execute(
        select(
            Section.id,
            Section.parent_id,
            Section.kind,
            Section.position,
            Revision.id.label("revision_id"),
            Revision.number,
            Revision.title,
            Revision.text_hash,
            Revision.words,
        )
        .join(
            SectionText,
            (SectionText.section_id == Section.id) & (SectionText.language == language),
        )
        .join(Revision, Revision.id == SectionText.working_revision_id)
        .where(Section.handbook_id == handbook_id, Section.dropped_at.is_(None))
        .order_by(Section.position, Section.id)
    ).all()
    children: dict[str | None, list[int]] = {}
    known = {row.id for row in rows}
    for number, row in enumerate(rows):
        parent = row.parent_id if row.parent_id in known else None
        children.setdefault(parent, []).append(number)
    lines: list[TreeLine] = []

    def visit(parent: str | None, depth: int) -> None:
        for number in children.get(parent, []):
            row = rows[number]
            lines.append(
                TreeLine(
                    section_id=row.id,
                    parent_id=parent,
                    kind=row.kind,
                    depth=depth,
                    title=row.title,
                    language=language,
                    revision_id=row.revision_id,
                    revision_number=row.number,
                    text_hash=row.text_hash,
                    words=row.words,
                )
            )
            visit(row.id, depth + 1)

    visit(None, 0)
    return lines


def draft_tree(
    session: Session, draft_id: str, language: str, otherwise: str | None = None
) -> list[TreeLine]:
    """List the sections of a frozen draft in its reading order; 1 query.

    otherwise: the language that is shown where the draft has no text in the one asked for.
    """
    shown: ColumnElement[str] = literal(language)
    if otherwise is not None:
        item = aliased(DraftItem)
        there = exists().where(item.draft_id == draft_id, item.language == language)
        shown = case((there, language), else_=otherwise)
    rows = session.execute(
        select(
            DraftItem.section_id,
            DraftItem.language,
            DraftItem.parent_id,
            Section.kind,
            Revision.id.label("revision_id"),
            Revision.number,
            Revision.title,
            Revision.text_hash,
            Revision.words,
        )
        .join(Section, Section.id == DraftItem.section_id)
        .join(Revision, Revision.id == DraftItem.revision_id)
        .where(DraftItem.draft_id == draft_id, DraftItem.language == shown)
        .order_by(DraftItem.place)
    ).all()
    depths: dict[str, int] = {}
    lines = []
    for row in rows:
        depths[row.section_id] = depths.get(row.parent_id, -1) + 1 if row.parent_id else 0
        lines.append(
            TreeLine(
                section_id=row.section_id,
                parent_id=row.parent_id,
                kind=row.kind,
                depth=depths[row.section_id],
                title=row.title,
                language=row.language,
                revision_id=row.revision_id,
                revision_number=row.number,
                text_hash=row.text_hash,
                words=row.words,
            )
        )
    return lines
