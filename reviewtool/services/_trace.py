"""The step that every use case ends with: its trace row, in the same transaction (rule 7, 13)."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from reviewtool.domain.actors import Actor
from reviewtool.domain.trace import GENESIS, Act, chain_hash, payload_text
from reviewtool.models.trace import TraceHead, TraceRow


def trace(
    session: Session,
    actor: Actor,
    now: datetime,
    handbook_id: str,
    act: Act,
    object_id: str,
    facts: Mapping[str, str | int | bool | None] | None = None,
) -> None:
    """Append a row to the handbook's chain. Call it last: it locks the chain's head.

    facts: public ids, states and hashes only; never names, addresses or free text.
    """
    session.flush()
    head = session.scalar(
        select(TraceHead).where(TraceHead.handbook_id == handbook_id).with_for_update()
    )
    if head is None:
        head = TraceHead(handbook_id=handbook_id, length=0, hash=GENESIS)
        session.add(head)
    payload = payload_text(
        {
            "act": act.value,
            "actor": actor.key,
            "actor_kind": actor.kind.value,
            "at": now.isoformat(timespec="microseconds"),
            "handbook": handbook_id,
            "link": actor.link_id,
            "object": object_id,
            "sequence": head.length + 1,
            **({"facts": dict(facts)} if facts else {}),
        }
    )
    row_hash = chain_hash(head.hash, payload)
    session.add(
        TraceRow(
            handbook_id=handbook_id,
            sequence=head.length + 1,
            act=act,
            object_id=object_id,
            at=now,
            payload=payload,
            previous_hash=head.hash,
            hash=row_hash,
        )
    )
    head.length += 1
    head.hash = row_hash
    session.flush()
