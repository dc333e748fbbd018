"""The step that makes a frozen draft what the public reads, with the number of its edition."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from reviewtool.domain.actors import Actor
from reviewtool.domain.editions import next_number
from reviewtool.models.drafts import Draft
from reviewtool.models.publications import Publication
from reviewtool.queries.editions import newest_publication


def add_publication(
    session: Session, actor: Actor, now: datetime, draft: Draft, note: str = ""
) -> Publication:
    """Publish a draft; call it with the handbook's row locked."""
    newest = newest_publication(session, draft.handbook_id)
    number = next_number(
        newest.number if newest else None,
        same_draft=newest is not None and newest.draft_number == draft.number,
    )
    publication = Publication(
        handbook_id=draft.handbook_id,
        draft_id=draft.id,
        edition=number.edition,
        correction=number.correction,
        note=note,
        published_by_id=actor.person_id,
        published_at=now,
    )
    session.add(publication)
    session.flush()
    return publication
