"""Use cases of buffers: an editor's private unsaved text, kept as it is typed (rule 1)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, select

from reviewtool.domain.actors import Actor
from reviewtool.domain.policy import Action
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.infra.installation import Installation
from reviewtool.models.sections import Buffer, Revision
from reviewtool.queries.facts import found, section_facts
from reviewtool.services._policy import require
from reviewtool.text.canonical import TextError, canonical


def keep_buffer(
    installation: Installation,
    actor: Actor,
    section_id: str,
    language: str,
    base_revision_id: str,
    text: str,
) -> datetime:
    """Keep what an editor has typed so far; gives the moment. Nobody else sees it.

    Not traced: a buffer is no act on the handbook. Raises Refused.
    """
    try:
        text = canonical(text)
    except TextError as error:
        raise Refused(Reason.TOO_LONG) from error
    now = installation.clock.now()
    with installation.database.write() as session:
        require(actor, Action.EDIT, section_facts(session, section_id))
        if actor.person_id is None:
            raise Refused(Reason.NOT_ALLOWED)
        base = found(session.get(Revision, base_revision_id))
        if (base.section_id, base.language) != (section_id, language):
            raise Refused(Reason.NOT_FOUND)
        buffer = session.scalar(
            select(Buffer)
            .where(
                Buffer.person_id == actor.person_id,
                Buffer.section_id == section_id,
                Buffer.language == language,
            )
            .with_for_update()
        )
        if buffer is None:
            buffer = Buffer(person_id=actor.person_id, section_id=section_id, language=language)
            session.add(buffer)
        buffer.base_revision_id = base_revision_id
        buffer.text = text
        buffer.updated_at = now
    return now


def discard_buffer(
    installation: Installation, actor: Actor, section_id: str, language: str
) -> None:
    """Throw an editor's own unsaved text away."""
    with installation.database.write() as session:
        require(actor, Action.EDIT, section_facts(session, section_id))
        session.execute(
            delete(Buffer).where(
                Buffer.person_id == actor.person_id,
                Buffer.section_id == section_id,
                Buffer.language == language,
            )
        )
