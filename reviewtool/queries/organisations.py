"""The organisations of a handbook's phases, and who holds their task."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from reviewtool.domain.actors import Actor
from reviewtool.domain.invitations import InvitationState
from reviewtool.models.invitations import Assignment, Invitation
from reviewtool.models.organisations import Municipality, Organisation
from reviewtool.models.people import Person
from reviewtool.models.phases import Phase
from reviewtool.queries.people import PAGE_SIZE, require_editor


@dataclass(frozen=True)
class OrganisationLine:
    """An organisation that takes part in a handbook's phases."""

    id: str
    name: str
    kind: str
    municipality: dict[str, str]
    people: int
    came_in: int
    ready: int
    held_by: str | None


def organisations_of(
    session: Session, actor: Actor, handbook_id: str, phase_id: str, page: int = 1
) -> tuple[tuple[OrganisationLine, ...], int]:
    """List a phase's organisations by name, with who holds the task; (lines, pages); 2 queries."""
    require_editor(actor, handbook_id)
    total = session.scalar(
        select(func.count(Invitation.organisation_id.distinct()))
        .join(Phase, Phase.id == Invitation.phase_id)
        .where(Phase.id == phase_id, Phase.handbook_id == handbook_id)
    )
    pages = max(1, -(-(total or 0) // PAGE_SIZE))
    rows = session.execute(
        _lines(handbook_id, phase_id)
        .limit(PAGE_SIZE)
        .offset((min(max(page, 1), pages) - 1) * PAGE_SIZE)
    )
    lines = tuple(
        OrganisationLine(
            id=row.id,
            name=row.name,
            kind=row.kind,
            municipality={"fi": row.name_fi, "sv": row.name_sv} if row.name_fi else {},
            people=row.people,
            came_in=row.came_in,
            ready=row.ready,
            held_by=row.held_by,
        )
        for row in rows
    )
    return lines, pages


def _lines(handbook_id: str, phase_id: str) -> Select[*tuple[Any, ...]]:
    began = Invitation.state.in_((InvitationState.CAME_IN, InvitationState.READY))
    ready = Invitation.state == InvitationState.READY
    holder = (
        select(Person.name)
        .join(Invitation, Invitation.person_id == Person.id)
        .join(Assignment, Assignment.invitation_id == Invitation.id)
        .where(Assignment.phase_id == phase_id, Assignment.organisation_id == Organisation.id)
        .correlate(Organisation)
        .scalar_subquery()
    )
    grouped = (
        Organisation.id,
        Organisation.name,
        Organisation.folded,
        Organisation.kind,
        Municipality.name_fi,
        Municipality.name_sv,
    )
    return (
        select(
            *grouped,
            func.count(Invitation.id).label("people"),
            func.count(Invitation.id).filter(began).label("came_in"),
            func.count(Invitation.id).filter(ready).label("ready"),
            holder.label("held_by"),
        )
        .join(Invitation, Invitation.organisation_id == Organisation.id)
        .join(Phase, Phase.id == Invitation.phase_id)
        .outerjoin(Municipality, Municipality.id == Organisation.municipality_id)
        .where(Phase.id == phase_id, Phase.handbook_id == handbook_id)
        .group_by(*grouped)
        .order_by(Organisation.folded, Organisation.id)
    )
