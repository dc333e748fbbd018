"""The step that mails many people of one phase: their links and messages inserted in bulk."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, insert, select
from sqlalchemy.orm import Session

from reviewtool.domain.invitations import InvitationState, purpose_of
from reviewtool.domain.messages import MessageKind, MessageState
from reviewtool.domain.people import AddressState
from reviewtool.infra.ids import new_id
from reviewtool.models.invitations import Invitation
from reviewtool.models.links import Link
from reviewtool.models.messages import Message
from reviewtool.models.people import Address, Person
from reviewtool.models.phases import Phase


@dataclass(frozen=True)
class Recipient:
    """A person of a phase who can be mailed."""

    invitation_id: str
    person_id: str
    address_id: str
    language: str


def recipients(
    session: Session,
    phase_id: str,
    states: Collection[InvitationState],
    *,
    asked_before: datetime | None = None,
    only: Sequence[ColumnElement[bool]] = (),
) -> list[Recipient]:
    """List the people of a phase in some states who have an address that isn't dead; 1 query.

    asked_before: only those who were in the phase at that moment already. only: further
    conditions on their invitations.
    """
    query = (
        select(Invitation.id, Invitation.person_id, Invitation.address_id, Person.language)
        .join(Person, Person.id == Invitation.person_id)
        .join(Address, Address.id == Invitation.address_id)
        .where(
            Invitation.phase_id == phase_id,
            Invitation.state.in_(states),
            Address.state != AddressState.DEAD,
            Person.erased_at.is_(None),
            *only,
        )
        .order_by(Invitation.created_at, Invitation.id)
    )
    if asked_before is not None:
        query = query.where(
            Invitation.created_at < asked_before,
            Invitation.invited_at.is_(None) | (Invitation.invited_at < asked_before),
        )
    return [
        Recipient(row.id, row.person_id, row.address_id, row.language)
        for row in session.execute(query)
    ]


def mail_many(
    session: Session,
    now: datetime,
    phase: Phase,
    kind: MessageKind,
    event_of: Callable[[Recipient], str],
    people: Sequence[Recipient],
    context: Mapping[str, str] | None = None,
) -> int:
    """Queue one mail each, unless the event has its mail already (rule 8); gives how many.

    event_of: names the event without the person, as the outbox does. context: what the mails name
    besides the invitation and the link. Four statements, however many people there are.
    """
    links = _links(session, now, phase, people)
    known = set(
        session.scalars(
            select(Message.event).where(Message.phase_id == phase.id, Message.kind == kind)
        )
    )
    rows = []
    for one in people:
        event = f"{event_of(one)}:{one.person_id}"
        if event in known:
            continue
        known.add(event)
        rows.append(
            {
                "kind": kind,
                "event": event,
                "person_id": one.person_id,
                "address_id": one.address_id,
                "handbook_id": phase.handbook_id,
                "phase_id": phase.id,
                "language": one.language,
                "context": {
                    "invitation": one.invitation_id,
                    "link": links[one.person_id],
                    **(context or {}),
                },
                "state": MessageState.QUEUED,
                "not_before": now,
                "created_at": now,
            }
        )
    if rows:
        session.execute(insert(Message), rows)
    return len(rows)


def _links(
    session: Session, now: datetime, phase: Phase, people: Sequence[Recipient]
) -> dict[str, str]:
    """Give each person's link of the phase, made where there is none yet."""
    purpose = purpose_of(phase.kind)
    found = session.execute(
        select(Link.person_id, Link.id)
        .where(Link.phase_id == phase.id, Link.purpose == purpose, Link.revoked_at.is_(None))
        .order_by(Link.created_at.desc(), Link.id)
    )
    links = {row.person_id: row.id for row in found}
    rows = []
    for one in people:
        if one.person_id not in links:
            links[one.person_id] = new_id()
            rows.append(
                {
                    "id": links[one.person_id],
                    "person_id": one.person_id,
                    "purpose": purpose,
                    "phase_id": phase.id,
                    "invitation_id": one.invitation_id,
                    "created_at": now,
                }
            )
    if rows:
        session.execute(insert(Link), rows)
    return links
