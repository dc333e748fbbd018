"""Editions: what was published when, the drafts that led there, and their texts by permalink."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, tuple_
from sqlalchemy.orm import Session

from reviewtool.domain.actors import Actor
from reviewtool.domain.editions import Number
from reviewtool.domain.policy import Action, may
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.models.drafts import Draft, DraftItem
from reviewtool.models.handbooks import Handbook, Process
from reviewtool.models.publications import Publication
from reviewtool.queries.facts import found, handbook_facts
from reviewtool.queries.tree import TreeLine, draft_tree


@dataclass(frozen=True)
class Edition:
    """A publication as readers count them: 1, 2 for the next draft that is published, 1.1 for a
    correction of what edition 1 holds.
    """

    label: str
    run: int
    """Which run of the handbook's process it came of, from 1."""
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
        select(Publication, Draft, Process.number)
        .join(Draft, Draft.id == Publication.draft_id)
        .join(Process, Process.id == Draft.process_id)
        .where(Publication.handbook_id == handbook_id)
        .order_by(Publication.edition.desc(), Publication.correction.desc())
    ).all()
    return [
        Edition(
            label=str(publication.number),
            run=run,
            draft_id=draft.id,
            draft_label=draft.label,
            published_at=publication.published_at,
            reason=draft.reason,
            note=publication.note,
            current=place == 0,
        )
        for place, (publication, draft, run) in enumerate(rows)
    ]


@dataclass(frozen=True)
class Newest:
    """What the public reads now: its edition's number, and the number of its draft."""

    number: Number
    draft_id: str
    draft_number: int


def newest_publication(session: Session, handbook_id: str) -> Newest | None:
    """Give what the public reads now, a step; 1 query."""
    row = session.execute(
        select(Publication, Draft.number)
        .join(Draft, Draft.id == Publication.draft_id)
        .where(Publication.handbook_id == handbook_id)
        .order_by(Publication.edition.desc(), Publication.correction.desc())
        .limit(1)
    ).one_or_none()
    if row is None:
        return None
    return Newest(row.Publication.number, row.Publication.draft_id, row.number)


def edition_of(session: Session, draft_id: str) -> str:
    """Give the number of the edition that a draft made, "" for none, a step; 1 query."""
    publication = session.scalar(
        select(Publication)
        .where(Publication.draft_id == draft_id)
        .order_by(Publication.edition.desc(), Publication.correction.desc())
        .limit(1)
    )
    return str(publication.number) if publication else ""


def edition(session: Session, actor: Actor, handbook_id: str, label: str) -> Edition:
    """Find an edition by its label. Raises Refused (not found)."""
    every = editions_of(session, actor, handbook_id)
    return found(next((one for one in every if one.label == label), None))


def edition_with(session: Session, actor: Actor, handbook_id: str, section_id: str) -> Edition:
    """Find the newest edition that has a text. Raises Refused (not found) where none has it."""
    holding = set(
        session.scalars(
            select(Publication.draft_id)
            .join(DraftItem, DraftItem.draft_id == Publication.draft_id)
            .where(Publication.handbook_id == handbook_id, DraftItem.section_id == section_id)
        )
    )
    every = editions_of(session, actor, handbook_id)
    return found(next((one for one in every if one.draft_id in holding), None))


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
