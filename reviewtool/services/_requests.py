"""The step that makes a form's repeat harmless: its request id, stored with what it caused."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from reviewtool.domain.actors import Actor
from reviewtool.models.requests import FormRequest


@dataclass(frozen=True)
class Earlier:
    """What an earlier press of the same form caused, and whether the words were the same."""

    object_id: str
    same_words: bool
    at: datetime


def earlier(
    session: Session, actor: Actor, request_id: str | None, words: Sequence[str]
) -> Earlier | None:
    """Look for what this form caused before. Repeating gives the same answer (rule 6).

    Of two presses at once the second waits here until the first is done. Without a request id
    (other programs, the command line) nothing is a repeat.
    """
    if not request_id:
        return None
    _wait_for_turn(session, f"{_key(actor)}:{request_id}")
    row = session.scalar(
        select(FormRequest).where(
            FormRequest.actor_key == _key(actor), FormRequest.request_id == request_id
        )
    )
    if row is None:
        return None
    return Earlier(row.object_id, row.words_hash == _hash(words), row.created_at)


def is_repeat(session: Session, actor: Actor, request_id: str | None, words: Sequence[str]) -> bool:
    """Tell whether this form has done this already."""
    before = earlier(session, actor, request_id, words)
    return before is not None and before.same_words


def caused(session: Session, actor: Actor, request_id: str | None) -> bool:
    """Tell whether this form has been sent, with whatever words."""
    return earlier(session, actor, request_id, ()) is not None


def remember(
    session: Session,
    actor: Actor,
    request_id: str | None,
    words: Sequence[str],
    object_id: str,
    now: datetime,
) -> None:
    """Store what a form caused; a later press with other words replaces the words' hash."""
    if not request_id:
        return
    session.merge(
        FormRequest(
            actor_key=_key(actor),
            request_id=request_id,
            object_id=object_id,
            words_hash=_hash(words),
            created_at=now,
        )
    )


def _wait_for_turn(session: Session, name: str) -> None:
    """Take the form's lock until the end of the transaction; SQLite has one writer anyway."""
    engine = session.get_bind()
    if engine.dialect.name != "postgresql" or engine.get_execution_options().get(
        "postgresql_readonly"
    ):
        return
    session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(name, 0))))


def _key(actor: Actor) -> str:
    return f"{actor.key}:{actor.invitation_id or ''}"


def _hash(words: Sequence[str]) -> str:
    return hashlib.sha256("\x1f".join(words).encode()).hexdigest()
