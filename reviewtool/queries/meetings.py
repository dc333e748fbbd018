"""Texts of a frozen draft with the numbers that stay theirs: what a meeting has on its table."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from reviewtool.domain.actors import Actor
from reviewtool.domain.policy import Action, Facts, may
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.domain.sections import SectionKind
from reviewtool.models.drafts import Draft, DraftItem
from reviewtool.models.phases import Phase
from reviewtool.models.sections import Revision, Section


@dataclass(frozen=True)
class NumberedText:
    """A text of a draft. Its number is its place among all texts of the draft, from 1.

    A frozen draft never changes, so text 3 and its second paragraph stay 3 and 3.2.
    """

    number: int
    section_id: str
    revision_id: str
    kind: SectionKind
    title: str
    language: str
    text: str


def numbered_texts(
    session: Session,
    actor: Actor,
    draft_id: str,
    language: str,
    section_ids: Collection[str] | None = None,
) -> list[NumberedText]:
    """List texts of a frozen draft in reading order, some or all; 2 or 3 queries.

    For the handbook's editors, and for those whose phase looks at the draft or at a correction
    of the same one. Raises Refused (not found).
    """
    draft = session.get(Draft, draft_id)
    if draft is None or not _reads(session, actor, draft):
        raise Refused(Reason.NOT_FOUND)
    query = (
        select(DraftItem.place, Section.kind, Revision)
        .join(Section, Section.id == DraftItem.section_id)
        .join(Revision, Revision.id == DraftItem.revision_id)
        .where(DraftItem.draft_id == draft_id, DraftItem.language == language)
        .order_by(DraftItem.place)
    )
    if section_ids is not None:
        query = query.where(DraftItem.section_id.in_(list(section_ids)))
    return [
        NumberedText(
            number=row.place + 1,
            section_id=row.Revision.section_id,
            revision_id=row.Revision.id,
            kind=row.kind,
            title=row.Revision.title,
            language=language,
            text=row.Revision.text,
        )
        for row in session.execute(query)
    ]


def papers_of(session: Session, draft_id: str) -> list[tuple[str, str]]:
    """List (id, label) of a draft and its corrections, the newest first: the papers that may lie
    on a table. 2 queries.
    """
    draft = session.get(Draft, draft_id)
    if draft is None:
        return []
    drafts = session.scalars(
        select(Draft)
        .where(Draft.handbook_id == draft.handbook_id, Draft.number == draft.number)
        .order_by(Draft.correction.desc())
    )
    return [(one.id, one.label) for one in drafts]


def _reads(session: Session, actor: Actor, draft: Draft) -> bool:
    if may(actor, Action.EDIT, Facts(handbook_id=draft.handbook_id)):
        return True
    looked_at = session.scalar(
        select(Draft.number)
        .join(Phase, Phase.draft_id == Draft.id)
        .where(Phase.id == (actor.phase_id or ""), Phase.handbook_id == draft.handbook_id)
    )
    return looked_at == draft.number
