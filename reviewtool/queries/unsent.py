"""What the person behind a link has half written: read by them alone (rule 11)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from reviewtool.domain.actors import Actor, ActorKind
from reviewtool.domain.unsent import words_shown
from reviewtool.models.unsent import Unsent


@dataclass(frozen=True)
class UnsentLine:
    """What is half written in one form."""

    form: str
    section_id: str | None
    fields: Mapping[str, str]
    mark: str
    updated_at: datetime

    @property
    def words(self) -> list[str]:
        """Give what was written, part by part."""
        return words_shown(self.fields)


def own_unsent(session: Session, actor: Actor) -> list[UnsentLine]:
    """List what the actor has half written in the link's phase, newest first; 1 query."""
    if actor.kind is not ActorKind.LINK or actor.invitation_id is None:
        return []
    rows = session.scalars(
        select(Unsent)
        .where(Unsent.invitation_id == actor.invitation_id)
        .order_by(Unsent.updated_at.desc(), Unsent.id)
    )
    return [
        UnsentLine(row.form, row.section_id, row.fields, row.mark, row.updated_at) for row in rows
    ]
