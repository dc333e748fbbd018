"""Texts of revisions: who may read which, by the one SQL predicate (rule 11).

An editor reads every revision of their handbooks; a link what a draft froze up to the one that
its phase looks at; anyone what a draft froze up to the published one. read_texts alone asks
nobody: it is a step of queries and use cases that have asked already.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import ColumnElement, exists, or_, select, true, tuple_
from sqlalchemy.orm import Session, aliased

from reviewtool.domain.actors import Actor, ActorKind
from reviewtool.domain.handbooks import HandbookState
from reviewtool.models.drafts import Draft, DraftItem
from reviewtool.models.handbooks import Handbook
from reviewtool.models.phases import Phase
from reviewtool.models.publications import Publication
from reviewtool.models.sections import Revision, Section
from reviewtool.queries.facts import found


@dataclass(frozen=True)
class EarlierText:
    """A section's text in an earlier draft."""

    draft_label: str
    text: str


def readable_by(actor: Actor) -> ColumnElement[bool]:
    """Give the condition under which an actor reads a revision."""
    if actor.kind is ActorKind.SYSTEM:
        return true()
    ways = [_published()]
    if actor.roles:
        own = select(Section.id).where(Section.handbook_id.in_(sorted(actor.roles)))
        ways.append(Revision.section_id.in_(own))
    if actor.kind is ActorKind.LINK and actor.phase_id is not None:
        ways.append(_frozen_up_to_the_phase(actor.phase_id))
    return or_(*ways)


def _published() -> ColumnElement[bool]:
    held, shown = aliased(Draft), aliased(Draft)
    return exists().where(
        DraftItem.section_id == Revision.section_id,
        DraftItem.revision_id == Revision.id,
        held.id == DraftItem.draft_id,
        shown.handbook_id == held.handbook_id,
        tuple_(held.number, held.correction) <= tuple_(shown.number, shown.correction),
        Publication.draft_id == shown.id,
        Handbook.id == shown.handbook_id,
        Handbook.state == HandbookState.PUBLISHED,
    )


def _frozen_up_to_the_phase(phase_id: str) -> ColumnElement[bool]:
    held, looked_at = aliased(Draft), aliased(Draft)
    return exists().where(
        DraftItem.section_id == Revision.section_id,
        DraftItem.revision_id == Revision.id,
        held.id == DraftItem.draft_id,
        looked_at.handbook_id == held.handbook_id,
        tuple_(held.number, held.correction) <= tuple_(looked_at.number, looked_at.correction),
        Phase.draft_id == looked_at.id,
        Phase.id == phase_id,
    )


def text_of(
    session: Session, actor: Actor, revision_id: str, *, section_id: str | None = None
) -> str:
    """Read the text of a revision, of a certain section if one is named; 1 query.

    Raises Refused (not found) for one that isn't there or isn't for the actor.
    """
    query = select(Revision.text).where(Revision.id == revision_id, readable_by(actor))
    if section_id is not None:
        query = query.where(Revision.section_id == section_id)
    return found(session.scalar(query))


def texts_of(session: Session, actor: Actor, revision_ids: Collection[str]) -> dict[str, str]:
    """Read the texts of revisions that the actor may read, by their ids; 1 query."""
    rows = session.execute(
        select(Revision.id, Revision.text).where(
            Revision.id.in_(sorted(set(revision_ids))), readable_by(actor)
        )
    )
    return {row.id: row.text for row in rows}


def read_texts(session: Session, revision_ids: Collection[str]) -> dict[str, str]:
    """Read the texts of revisions, whoever asks: a step; 1 query."""
    rows = session.execute(
        select(Revision.id, Revision.text).where(Revision.id.in_(sorted(set(revision_ids))))
    )
    return {row.id: row.text for row in rows}
