"""Who has answered in a phase and who hasn't, in groups: narrowed, with what a reminder needs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, Select, func, select
from sqlalchemy.orm import Session

from reviewtool.domain.actors import Actor
from reviewtool.domain.days import local_day
from reviewtool.domain.invitations import AWAITED, HowFar, InvitationState
from reviewtool.domain.messages import MessageKind, MessageState
from reviewtool.domain.people import AddressState, search_key
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.models.extensions import Extension
from reviewtool.models.handbooks import Handbook
from reviewtool.models.invitations import Invitation
from reviewtool.models.messages import Message
from reviewtool.models.organisations import Municipality, Organisation
from reviewtool.models.people import Address, Person
from reviewtool.models.phases import Phase
from reviewtool.queries.answered import REST, someone_stands_in
from reviewtool.queries.counting import asked, how_far, things_said
from reviewtool.queries.extended import of_invitation
from reviewtool.queries.facts import found
from reviewtool.queries.paging import page_within
from reviewtool.queries.people import PAGE_SIZE, containing, require_editor


@dataclass(frozen=True)
class UnansweredFilter:
    """What the list is narrowed to; empty values narrow nothing."""

    group: HowFar = HowFar.SILENT
    words: str = ""
    kind: str = ""
    municipality: str = ""


@dataclass(frozen=True)
class UnansweredLine:
    """Somebody who was asked."""

    invitation_id: str
    person_id: str
    name: str
    organisation: str | None
    kind: str | None
    municipality: dict[str, str]
    address: str | None
    address_state: AddressState | None
    language: str
    state: InvitationState
    begun: int
    """How much they have said: comments and answers, or texts decided on."""
    closes_on: date | None
    """The last day that counts for this person."""
    reminded_at: datetime | None
    deputy: bool
    """Whether a deputy is asked instead at present."""
    note: str

    @property
    def reachable(self) -> bool:
        """Tell whether mail can reach this person."""
        return self.address_state not in (None, AddressState.DEAD)

    def reminded_lately(self, now: datetime) -> bool:
        """Tell whether the last reminder is too recent for another one."""
        return self.reminded_at is not None and self.reminded_at > now - REST

    def can_be_reminded(self, now: datetime) -> bool:
        """Tell whether a reminder by hand goes out to this person now."""
        return self.reachable and not self.deputy and not self.reminded_lately(now)


@dataclass(frozen=True)
class Unanswered:
    """A page of a group, and how many there are in it and in the others."""

    lines: tuple[UnansweredLine, ...]
    total: int
    groups: dict[HowFar, int]
    """Whom the filter finds in each group."""
    page: int
    pages: int
    kinds: tuple[str, ...]
    """Kinds of the organisations of the group, whatever the filter."""
    municipalities: tuple[tuple[str, dict[str, str]], ...]


def unanswered_page(
    session: Session,
    actor: Actor,
    handbook_id: str,
    phase_id: str,
    wanted: UnansweredFilter,
    now: datetime,
    page: int = 1,
) -> Unanswered:
    """List a group of those asked in a phase, by organisation and name; 4 queries."""
    require_editor(actor, handbook_id)
    phase, zone = _phase(session, handbook_id, phase_id)
    found_ones = _narrowed(select(how_far().label("group")), phase, wanted).subquery()
    counted = session.execute(select(found_ones.c.group, func.count()).group_by(found_ones.c.group))
    groups = {HowFar(group): number for group, number in counted}
    total = groups.get(wanted.group, 0)
    page, pages = page_within(total, PAGE_SIZE, page)
    query = _lines(phase, zone, now, wanted).limit(PAGE_SIZE).offset((page - 1) * PAGE_SIZE)
    kinds, places = _places_of(session, phase, wanted.group)
    return Unanswered(_read(session, phase, query), total, groups, page, pages, kinds, places)


def all_unanswered(
    session: Session,
    actor: Actor,
    handbook_id: str,
    phase_id: str,
    wanted: UnansweredFilter,
    now: datetime,
) -> tuple[UnansweredLine, ...]:
    """List all of a group at once, for a reminder to exactly those; 2 queries.

    Raises Refused (not possible now) for a group from which nothing is awaited.
    """
    require_editor(actor, handbook_id)
    if wanted.group not in AWAITED:
        raise Refused(Reason.NOT_POSSIBLE_NOW)
    phase, zone = _phase(session, handbook_id, phase_id)
    return _read(session, phase, _lines(phase, zone, now, wanted))


def _phase(session: Session, handbook_id: str, phase_id: str) -> tuple[Phase, str]:
    row = session.execute(
        select(Phase, Handbook.time_zone)
        .join(Handbook, Handbook.id == Phase.handbook_id)
        .where(Phase.id == phase_id, Handbook.id == handbook_id)
    ).one_or_none()
    phase, zone = found(row)
    return phase, zone


def _places_of(
    session: Session, phase: Phase, group: HowFar
) -> tuple[tuple[str, ...], tuple[tuple[str, dict[str, str]], ...]]:
    rows = session.execute(
        _narrowed(
            select(
                Organisation.kind, Municipality.id, Municipality.name_fi, Municipality.name_sv
            ).distinct(),
            phase,
            UnansweredFilter(),
        )
        .where(how_far() == group.value)
        .order_by(Municipality.name_fi, Organisation.kind)
    ).all()
    kinds = tuple(sorted({row.kind for row in rows if row.kind}))
    places = {row.id: {"fi": row.name_fi, "sv": row.name_sv} for row in rows if row.id}
    return kinds, tuple(places.items())


def _narrowed(
    query: Select[*tuple[Any, ...]], phase: Phase, wanted: UnansweredFilter
) -> Select[*tuple[Any, ...]]:
    query = (
        query.select_from(Invitation)
        .join(Person, Person.id == Invitation.person_id)
        .outerjoin(Organisation, Organisation.id == Invitation.organisation_id)
        .outerjoin(Municipality, Municipality.id == Organisation.municipality_id)
        .outerjoin(Address, Address.id == Invitation.address_id)
        .where(Invitation.phase_id == phase.id, asked())
    )
    return query.where(*_conditions(wanted))


def _conditions(wanted: UnansweredFilter) -> Sequence[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if wanted.kind:
        conditions.append(Organisation.kind == wanted.kind)
    if wanted.municipality:
        conditions.append(Organisation.municipality_id == wanted.municipality)
    if search_key(wanted.words):
        conditions.append(containing(wanted.words))
    return conditions


def _lines(
    phase: Phase, zone: str, now: datetime, wanted: UnansweredFilter
) -> Select[*tuple[Any, ...]]:
    return (
        _narrowed(
            select(
                Invitation.id.label("invitation_id"),
                Invitation.state,
                Invitation.unreached_note,
                Person.id.label("person_id"),
                Person.name,
                Person.language,
                Organisation.name.label("organisation"),
                Organisation.kind,
                Municipality.name_fi,
                Municipality.name_sv,
                Address.written,
                Address.state.label("address_state"),
                Extension.closes_on,
                things_said().label("begun"),
                _reminded().label("reminded_at"),
                someone_stands_in(local_day(now, zone)).label("deputy"),
            ),
            phase,
            wanted,
        )
        .outerjoin(Extension, of_invitation())
        .where(how_far() == wanted.group.value)
        .order_by(Organisation.search_key, Organisation.id, Person.search_key, Person.id)
    )


def _reminded() -> ScalarSelect[datetime]:
    return (
        select(func.max(Message.created_at))
        .where(
            Message.phase_id == Invitation.phase_id,
            Message.person_id == Invitation.person_id,
            Message.kind == MessageKind.REMINDER,
            Message.state != MessageState.CANCELLED,
        )
        .correlate(Invitation)
        .scalar_subquery()
    )


def _read(
    session: Session, phase: Phase, query: Select[*tuple[Any, ...]]
) -> tuple[UnansweredLine, ...]:
    return tuple(
        UnansweredLine(
            invitation_id=row.invitation_id,
            person_id=row.person_id,
            name=row.name,
            organisation=row.organisation,
            kind=row.kind,
            municipality={"fi": row.name_fi, "sv": row.name_sv} if row.name_fi else {},
            address=row.written,
            address_state=row.address_state,
            language=row.language,
            state=row.state,
            begun=row.begun,
            closes_on=max((day for day in (phase.closes_on, row.closes_on) if day), default=None),
            reminded_at=row.reminded_at,
            deputy=bool(row.deputy),
            note=row.unreached_note or "",
        )
        for row in session.execute(query)
    )
