"""The step that saves a working text: over the revision that it began from, or not at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from reviewtool.domain.actors import Actor
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.domain.sections import Cause
from reviewtool.domain.trace import Act
from reviewtool.models.sections import Buffer, Revision, Section, SectionText
from reviewtool.queries.facts import found
from reviewtool.services._revisions import add_revision
from reviewtool.services._trace import trace


@dataclass(frozen=True)
class Saved:
    """What a save came to: the working revision, and whether it is a new one."""

    revision_id: str
    changed: bool


def _locked_head(session: Session, section_id: str, language: str) -> SectionText:
    """Hold a standing section's text for a change. Raises Refused for one that was dropped."""
    section = found(session.get(Section, section_id))
    if section.dropped_at is not None:
        raise Refused(Reason.NOT_POSSIBLE_NOW)
    return found(
        session.scalar(
            select(SectionText)
            .where(SectionText.section_id == section_id, SectionText.language == language)
            .with_for_update()
        )
    )


def save_working(
    session: Session,
    actor: Actor,
    now: datetime,
    handbook_id: str,
    section_id: str,
    language: str,
    base_revision_id: str,
    text: str,
    *,
    cause: Cause = Cause.EDIT,
    note: str = "",
    contributions: Sequence[str] = (),
) -> Saved:
    """Save a canonical text, and clear the editor's buffer; the same text makes no revision.

    Raises Refused (edit conflict) where somebody saved since the base.
    """
    head = _locked_head(session, section_id, language)
    if head.working_revision_id != base_revision_id:
        raise Refused(Reason.EDIT_CONFLICT)
    working = found(session.get(Revision, base_revision_id))
    _clear_buffer(session, actor, section_id, language)
    if working.text == text:
        return Saved(working.id, False)
    revision = add_revision(
        session,
        actor,
        now,
        section_id=section_id,
        language=language,
        text=text,
        cause=cause,
        expected_version=head.version,
        note=note,
        contributions=contributions,
    )
    trace_revision(session, actor, now, handbook_id, revision)
    return Saved(revision.id, True)


def _clear_buffer(session: Session, actor: Actor, section_id: str, language: str) -> None:
    """Throw away what an editor had typed and not saved."""
    session.execute(
        delete(Buffer).where(
            Buffer.person_id == actor.person_id,
            Buffer.section_id == section_id,
            Buffer.language == language,
        )
    )


def trace_revision(
    session: Session, actor: Actor, now: datetime, handbook_id: str, revision: Revision
) -> None:
    """Record that a revision was made, with its text's hash."""
    trace(
        session,
        actor,
        now,
        handbook_id,
        Act.REVISION_MADE,
        revision.id,
        {
            "section": revision.section_id,
            "language": revision.language,
            "hash": revision.text_hash,
            "parent": revision.parent_id,
            "cause": revision.cause.value,
        },
    )
