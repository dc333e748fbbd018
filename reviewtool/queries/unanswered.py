"""Who has not answered in a phase: narrowed, in pages or whole, with what a reminder needs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, Select, func, select
from sqlalchemy.orm import Session

from reviewtool.domain.actors import Actor
from reviewtool.domain.contributions import ContributionState
from reviewtool.domain.days import local_day
from reviewtool.domain.invitations import InvitationState
from reviewtool.domain.messages import MessageKind, MessageState
from reviewtool.domain.people import AddressState, search_key
from reviewtool.domain.phases import PhaseKind
from reviewtool.models.approvals import Approval
from reviewtool.models.contributions import Contribution
from reviewtool.models.extensions import Extension
from reviewtool.models.handbooks import Handbook
from reviewtool.models.invitations import Invitation
from reviewtool.models.messages import Message
from reviewtool.models.organisations import Municipality, Organisation
from reviewtool.models.people import Address, Person
from reviewtool.models.phases import Phase
from reviewtool.queries.answered import REST, someone_stands_in, still_to_answer
from reviewtool.queries.extended import of_invitation
from reviewtool.queries.facts import found
from reviewtool.queries.paging import page_within
from reviewtool.queries.people import PAGE_SIZE, containing, require_editor


@dataclass(frozen=True)
class UnansweredFilter:
    """What the list is narrowed to; empty values narrow nothing."""

    words: str = ""
    kind: str = ""
    municipality: str = ""


@dataclass(frozen=True)
class UnansweredLine:
    """Somebody from whom an answer is awaited."""

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
    """Contributions sent, or texts decided on."""
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
    """A page of those who have not answered, and how many there are."""

    lines: tuple[UnansweredLine, ...]
    total: int
    page: int
    pages: int
    kinds: tuple[str, ...]
    """Kinds of the organisations that still owe an answer, whatever the filter."""
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
    """List those of a phase who have not answered, by organisation and name; 4 queries."""
    require_editor(actor, handbook_id)
    phase, zone = _phase(session, handbook_id, phase_id)
    total: int = session.scalar(_narrowed(select(func.count()), phase, wanted)) or 0
    page, pages = page_within(total, PAGE_SIZE, page)
    query = _lines(phase, zone, now, wanted).limit(PAGE_SIZE).offset((page - 1) * PAGE_SIZE)
    kinds, places = _places_of(session, phase)
    return Unanswered(_read(session, phase, query), total, page, pages, kinds, places)


def all_unanswered(
    session: Session,
    actor: Actor,
    handbook_id: str,
    phase_id: str,
    wanted: UnansweredFilter,
    now: datetime,
) -> tuple[UnansweredLine, ...]:
    """List all of them at once, for a reminder to exactly those; 2 queries."""
    require_editor(actor, handbook_id)
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
    session: Session, phase: Phase
) -> tuple[tuple[str, ...], tuple[tuple[str, dict[str, str]], ...]]:
    rows = session.execute(
        _narrowed(
            select(
                Organisation.kind, Municipality.id, Municipality.name_fi, Municipality.name_sv
            ).distinct(),
            phase,
            UnansweredFilter(),
        ).order_by(Municipality.name_fi, Organisation.kind)
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
        .where(Invitation.phase_id == phase.id, still_to_answer(), Person.erased_at.is_(None))
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
                _begun(phase).label("begun"),
                _reminded().label("reminded_at"),
                someone_stands_in(local_day(now, zone)).label("deputy"),
            ),
            phase,
            wanted,
        )
        .outerjoin(Extension, of_invitation())
        .order_by(Organisation.search_key, Organisation.id, Person.search_key, Person.id)
    )


def _begun(phase: Phase) -> ColumnElement[int]:
    """Count what somebody has done so far, though they haven't said that they are ready."""
    if phase.kind is PhaseKind.APPROVAL:
        counted = select(func.count(Approval.id)).where(
            Approval.invitation_id == Invitation.id, Approval.superseded_at.is_(None)
        )
    else:
        counted = select(func.count(Contribution.id)).where(
            Contribution.phase_id == Invitation.phase_id,
            Contribution.author_id == Invitation.person_id,
            Contribution.state != ContributionState.WITHDRAWN,
        )
    return counted.correlate(Invitation).scalar_subquery()


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
