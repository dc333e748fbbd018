"""The step that makes a form's repeat harmless: its request id, stored with what it caused."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from reviewtool.domain.actors import Actor
from reviewtool.models.requests import FormRequest


@dataclass(frozen=True)
class Earlier:
    """What an earlier press of the same form caused, and whether the words were the same."""

    object_id: str
    same_words: bool


def earlier(
    session: Session, actor: Actor, request_id: str, words: Sequence[str]
) -> Earlier | None:
    """Look for what this form caused before. Repeating gives the same answer (rule 6)."""
    row = session.scalar(
        select(FormRequest).where(
            FormRequest.actor_key == _key(actor), FormRequest.request_id == request_id
        )
    )
    if row is None:
        return None
    return Earlier(row.object_id, row.words_hash == _hash(words))


def remember(
    session: Session,
    actor: Actor,
    request_id: str,
    words: Sequence[str],
    object_id: str,
    now: datetime,
) -> None:
    """Store what a form caused; a later press with other words replaces the words' hash."""
    session.merge(
        FormRequest(
            actor_key=_key(actor),
            request_id=request_id,
            object_id=object_id,
            words_hash=_hash(words),
            created_at=now,
        )
    )


def _key(actor: Actor) -> str:
    return f"{actor.key}:{actor.invitation_id or ''}"


def _hash(words: Sequence[str]) -> str:
    return hashlib.sha256("\x1f".join(words).encode()).hexdigest()
