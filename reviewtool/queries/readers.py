"""Who is told of a publication: those who took part in what led to it, each once."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from reviewtool.domain.editions import next_number
from reviewtool.domain.people import AddressState
from reviewtool.domain.phases import PhaseKind
from reviewtool.models.drafts import Draft
from reviewtool.models.invitations import Invitation
from reviewtool.models.people import Address, Person
from reviewtool.models.phases import Phase
from reviewtool.queries.counting import took_part
from reviewtool.queries.editions import newest_publication


@dataclass(frozen=True)
class Reader:
    """Somebody who took part, with their last part in the run."""

    invitation: Invitation
    phase_kind: PhaseKind
    language: str


def readers_to_tell(session: Session, draft: Draft) -> list[Reader]:
    """List whom the publication of a draft is told: everybody who took part in its run and can be
    mailed; nobody of a correction; a step, 2 queries.
    """
    newest = newest_publication(session, draft.handbook_id)
    same = newest is not None and newest.draft_number == draft.number
    if next_number(newest.number if newest else None, same_draft=same).correction:
        return []
    rows = session.execute(
        select(Invitation, Phase.kind, Person.language)
        .join(Phase, Phase.id == Invitation.phase_id)
        .join(Person, Person.id == Invitation.person_id)
        .join(Address, Address.id == Invitation.address_id)
        .where(
            Phase.process_id == draft.process_id,
            took_part(),
            Address.state != AddressState.DEAD,
            Person.erased_at.is_(None),
        )
        .order_by(Phase.position, Invitation.created_at, Invitation.id)
    )
    last = {
        row.Invitation.person_id: Reader(row.Invitation, row.kind, row.language) for row in rows
    }
    return list(last.values())
