"""The organisations of a handbook's phases, and who holds their task."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select, true
from sqlalchemy.orm import Session

from reviewtool.domain.actors import Actor
from reviewtool.domain.invitations import HowFar
from reviewtool.domain.people import search_key
from reviewtool.models.extensions import Extension
from reviewtool.models.invitations import Assignment, AssignmentSection, Invitation
from reviewtool.models.organisations import Municipality, Organisation
from reviewtool.models.people import Person
from reviewtool.models.phases import Phase
from reviewtool.queries.counting import asked, how_far, known, took_part
from reviewtool.queries.paging import page_within
from reviewtool.queries.people import PAGE_SIZE, in_place, places_by_name, require_editor


@dataclass(frozen=True)
class OrganisationLine:
    """An organisation that takes part in a handbook's phases."""

    id: str
    name: str
    kind: str
    municipality: dict[str, str]
    people: int
    took_part: int
    ready: int
    held_by: str | None
    texts: int
    """How many texts it is asked about in particular; 0: about all alike."""
    extended_to: date | None


def organisations_of(
    session: Session, actor: Actor, handbook_id: str, phase_id: str, words: str = "", page: int = 1
) -> tuple[tuple[OrganisationLine, ...], int]:
    """List a phase's organisations by name, with who holds the task, and count the pages.

    2 queries, 3 with words.
    """
    require_editor(actor, handbook_id)
    asked = named(words, places_by_name(session) if words else {})
    total = session.scalar(
        select(func.count(Invitation.organisation_id.distinct()))
        .join(Phase, Phase.id == Invitation.phase_id)
        .join(Organisation, Organisation.id == Invitation.organisation_id)
        .where(Phase.id == phase_id, Phase.handbook_id == handbook_id, asked)
    )
    page, pages = page_within(total or 0, PAGE_SIZE, page)
    rows = session.execute(
        _lines(handbook_id, phase_id).where(asked).limit(PAGE_SIZE).offset((page - 1) * PAGE_SIZE)
    )
    lines = tuple(
        OrganisationLine(
            id=row.id,
            name=row.name,
            kind=row.kind,
            municipality={"fi": row.name_fi, "sv": row.name_sv} if row.name_fi else {},
            people=row.people,
            took_part=row.took_part,
            ready=row.ready,
            held_by=row.held_by,
            texts=row.texts,
            extended_to=row.extended_to,
        )
        for row in rows
    )
    return lines, pages


def named(words: str, places: Mapping[str, str] | None = None) -> ColumnElement[bool]:
    """The condition that every word stands in an organisation's name, without regard to marks.

    With places, a word can also name its municipality.
    """
    return and_(
        true(),
        *(
            or_(
                Organisation.search_key.contains(word, autoescape=True),
                in_place(word, places or {}),
            )
            for word in search_key(words).split()
        ),
    )


def _lines(handbook_id: str, phase_id: str) -> Select[*tuple[Any, ...]]:
    ready = and_(asked(), how_far() == HowFar.READY.value)
    holder = (
        select(Person.name)
        .join(Invitation, Invitation.person_id == Person.id)
        .join(Assignment, Assignment.invitation_id == Invitation.id)
        .where(Assignment.phase_id == phase_id, Assignment.organisation_id == Organisation.id)
        .correlate(Organisation)
        .scalar_subquery()
    )
    texts = (
        select(func.count())
        .select_from(AssignmentSection)
        .join(Assignment, Assignment.id == AssignmentSection.assignment_id)
        .where(Assignment.phase_id == phase_id, Assignment.organisation_id == Organisation.id)
        .correlate(Organisation)
        .scalar_subquery()
    )
    extended = (
        select(Extension.closes_on)
        .where(Extension.phase_id == phase_id, Extension.organisation_id == Organisation.id)
        .correlate(Organisation)
        .scalar_subquery()
    )
    grouped = (
        Organisation.id,
        Organisation.name,
        Organisation.search_key,
        Organisation.kind,
        Municipality.name_fi,
        Municipality.name_sv,
    )
    return (
        select(
            *grouped,
            func.count(Invitation.id).filter(known()).label("people"),
            func.count(Invitation.id).filter(took_part()).label("took_part"),
            func.count(Invitation.id).filter(ready).label("ready"),
            holder.label("held_by"),
            texts.label("texts"),
            extended.label("extended_to"),
        )
        .join(Invitation, Invitation.organisation_id == Organisation.id)
        .join(Phase, Phase.id == Invitation.phase_id)
        .outerjoin(Municipality, Municipality.id == Organisation.municipality_id)
        .where(Phase.id == phase_id, Phase.handbook_id == handbook_id)
        .group_by(*grouped)
        .order_by(Organisation.search_key, Organisation.id)
    )
