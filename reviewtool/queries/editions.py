"""Editions: what was published when, the drafts that led there, and their texts by permalink."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, tuple_
from sqlalchemy.orm import Session

from reviewtool.domain.actors import Actor
from reviewtool.domain.policy import Action, may
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.models.drafts import Draft, DraftItem
from reviewtool.models.handbooks import Handbook
from reviewtool.models.publications import Publication
from reviewtool.queries.facts import found, handbook_facts
from reviewtool.queries.tree import TreeLine, draft_tree


@dataclass(frozen=True)
class Edition:
    """A publication as readers count them: 1, 2 for the next run of the process, 1.1 for a later
    publication of the same run.
    """

    label: str
    draft_id: str
    draft_label: str
    published_at: datetime
    reason: str
    """Why the draft was corrected; empty for one that is no correction."""
    note: str
    """Why it was published although something was missing."""
    current: bool


@dataclass(frozen=True)
class PublicDraft:
    """A frozen draft that readers may see: of a run that was published, up to what was."""

    id: str
    label: str
    frozen_at: datetime
    reason: str
    texts: int


def editions_of(session: Session, actor: Actor, handbook_id: str) -> list[Edition]:
    """List a handbook's editions, the newest first; 2 queries. Raises Refused (not found)."""
    _published(session, actor, handbook_id)
    rows = session.execute(
        select(Publication, Draft)
        .join(Draft, Draft.id == Publication.draft_id)
        .where(Publication.handbook_id == handbook_id)
        .order_by(Publication.published_at, Publication.id)
    ).all()
    runs: dict[str, int] = {}
    editions = []
    for number, (publication, draft) in enumerate(rows, 1):
        again = draft.process_id in runs
        runs[draft.process_id] = runs.get(draft.process_id, -1) + 1
        rank = list(runs).index(draft.process_id) + 1
        editions.append(
            Edition(
                label=f"{rank}.{runs[draft.process_id]}" if again else str(rank),
                draft_id=draft.id,
                draft_label=draft.label,
                published_at=publication.published_at,
                reason=draft.reason,
                note=publication.note,
                current=number == len(rows),
            )
        )
    return list(reversed(editions))


def edition(session: Session, actor: Actor, handbook_id: str, label: str) -> Edition:
    """Find an edition by its label. Raises Refused (not found)."""
    every = editions_of(session, actor, handbook_id)
    return found(next((one for one in every if one.label == label), None))


def public_drafts(session: Session, actor: Actor, handbook_id: str) -> list[PublicDraft]:
    """List the drafts that led to what is published, the newest first; 4 queries.

    A later draft is for those who work on it, until it is published.
    """
    _published(session, actor, handbook_id)
    newest = session.execute(
        select(Draft.number, Draft.correction)
        .join(Publication, Publication.draft_id == Draft.id)
        .where(Publication.handbook_id == handbook_id)
        .order_by(Draft.number.desc(), Draft.correction.desc())
        .limit(1)
    ).one_or_none()
    if newest is None:
        return []
    language = session.scalar(select(Handbook.language).where(Handbook.id == handbook_id))
    drafts = session.scalars(
        select(Draft)
        .where(
            Draft.handbook_id == handbook_id,
            tuple_(Draft.number, Draft.correction) <= (newest.number, newest.correction),
        )
        .order_by(Draft.number.desc(), Draft.correction.desc())
    ).all()
    counts: dict[str, int] = {}
    for draft_id in session.scalars(
        select(DraftItem.draft_id).where(
            DraftItem.draft_id.in_([draft.id for draft in drafts]), DraftItem.language == language
        )
    ):
        counts[draft_id] = counts.get(draft_id, 0) + 1
    return [
        PublicDraft(draft.id, draft.label, draft.frozen_at, draft.reason, counts.get(draft.id, 0))
        for draft in drafts
    ]


def public_draft(session: Session, actor: Actor, handbook_id: str, label: str) -> PublicDraft:
    """Find a draft that readers may see by its number. Raises Refused (not found)."""
    every = public_drafts(session, actor, handbook_id)
    return found(next((one for one in every if one.label == label), None))


def draft_lines(session: Session, actor: Actor, handbook_id: str, draft_id: str) -> list[TreeLine]:
    """List the texts of a draft in the handbook's language; 3 queries.

    Which draft a reader may see is told by edition and public_drafts, whose ids these are.
    """
    _published(session, actor, handbook_id)
    language = found(session.scalar(select(Handbook.language).where(Handbook.id == handbook_id)))
    return draft_tree(session, draft_id, language)


def _published(session: Session, actor: Actor, handbook_id: str) -> None:
    facts = handbook_facts(session, handbook_id)
    if not may(actor, Action.READ_PUBLISHED, facts):
        raise Refused(Reason.NOT_FOUND)
