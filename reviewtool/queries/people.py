"""The people of a handbook's phases as a list, and one person's page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session

from reviewtool.domain.actors import Actor
from reviewtool.domain.invitations import OPEN_PART, InvitationState, Origin
from reviewtool.domain.people import AddressState, search_key
from reviewtool.domain.phases import INVITING, PhaseKind, PhaseState
from reviewtool.domain.policy import Action, Facts, may
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.models.invitations import Invitation
from reviewtool.models.organisations import Affiliation, Municipality, Organisation
from reviewtool.models.people import Address, Person
from reviewtool.models.phases import Phase
from reviewtool.queries.facts import found
from reviewtool.queries.paging import page_within, pages_of

PAGE_SIZE = 50


@dataclass(frozen=True)
class PeopleFilter:
    """What a list of people is narrowed to; empty values narrow nothing."""

    words: str = ""
    phase_id: str = ""
    state: str = ""


@dataclass(frozen=True)
class PersonLine:
    """A person's part in one phase."""

    invitation_id: str
    person_id: str
    name: str
    organisation: str | None
    address: str | None
    address_state: AddressState | None
    phase_id: str
    phase_title: dict[str, str]
    state: InvitationState
    decline_reason: str


@dataclass(frozen=True)
class PeoplePage:
    """A page of people, and how many there are."""

    lines: tuple[PersonLine, ...]
    total: int
    page: int

    @property
    def pages(self) -> int:
        """Count the pages."""
        return pages_of(self.total, PAGE_SIZE)


def people_of(
    session: Session, actor: Actor, handbook_id: str, wanted: PeopleFilter, page: int = 1
) -> PeoplePage:
    """List people's parts in a handbook's phases, by name; 2 queries, 3 with words."""
    require_editor(actor, handbook_id)
    places = places_by_name(session) if wanted.words else {}
    total: int = session.scalar(_narrowed(select(func.count()), handbook_id, wanted, places)) or 0
    page, _pages = page_within(total, PAGE_SIZE, page)
    query = _narrowed(
        select(
            Invitation.id.label("invitation_id"),
            Invitation.state,
            Invitation.decline_reason,
            Person.id.label("person_id"),
            Person.name,
            Organisation.name.label("organisation"),
            Address.written.label("address"),
            Address.state.label("address_state"),
            Phase.id.label("phase_id"),
            Phase.title.label("phase_title"),
        ),
        handbook_id,
        wanted,
        places,
    )
    rows = session.execute(
        query.order_by(Person.search_key, Person.id, Phase.position)
        .limit(PAGE_SIZE)
        .offset((page - 1) * PAGE_SIZE)
    )
    lines = tuple(
        PersonLine(
            row.invitation_id,
            row.person_id,
            row.name,
            row.organisation,
            row.address,
            row.address_state,
            row.phase_id,
            row.phase_title,
            row.state,
            _why(row.state, row.decline_reason),
        )
        for row in rows
    )
    return PeoplePage(lines, total, page)


def _narrowed(
    query: Select[*tuple[Any, ...]],
    handbook_id: str,
    wanted: PeopleFilter,
    places: Mapping[str, str],
) -> Select[*tuple[Any, ...]]:
    query = (
        query.select_from(Invitation)
        .join(Phase, Phase.id == Invitation.phase_id)
        .join(Person, Person.id == Invitation.person_id)
        .outerjoin(Organisation, Organisation.id == Invitation.organisation_id)
        .outerjoin(Address, Address.id == Invitation.address_id)
        .where(Phase.handbook_id == handbook_id)
    )
    if wanted.phase_id:
        query = query.where(Invitation.phase_id == wanted.phase_id)
    if wanted.state:
        query = query.where(Invitation.state == InvitationState(wanted.state))
    if search_key(wanted.words):
        query = query.where(containing(wanted.words, places))
    return query


def places_by_name(session: Session) -> dict[str, str]:
    """Give the search key of each municipality's names by its id; 1 query."""
    rows = session.execute(select(Municipality.id, Municipality.name_fi, Municipality.name_sv))
    return {row.id: search_key(f"{row.name_fi} {row.name_sv}") for row in rows}


def in_place(word: str, places: Mapping[str, str]) -> ColumnElement[bool]:
    """The condition that a word stands in the name of an organisation's municipality."""
    ids = [key for key, names in places.items() if word in names]
    return Organisation.municipality_id.in_(ids)


def containing(words: str, places: Mapping[str, str] | None = None) -> ColumnElement[bool]:
    """The condition that every word stands in the name, the organisation or the address.

    With places, a word can also name the organisation's municipality. Capitals and the marks on
    letters don't matter: "aijala" finds "Äijälä".
    """
    return and_(
        *(or_(*_matches(word), in_place(word, places or {})) for word in search_key(words).split())
    )


def _matches(word: str) -> list[ColumnElement[bool]]:
    part = f"%{_escaped(word)}%"
    return [
        Person.search_key.like(part, escape="\\"),
        Organisation.search_key.like(part, escape="\\"),
        Address.folded.like(part, escape="\\"),
    ]


def _escaped(words: str) -> str:
    return words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


@dataclass(frozen=True)
class AddressLine:
    """An address of a person."""

    id: str
    written: str
    shared: bool
    state: AddressState
    used_here: bool


@dataclass(frozen=True)
class PartLine:
    """One phase that a person was asked into."""

    invitation_id: str
    phase_id: str
    phase_title: dict[str, str]
    phase_kind: PhaseKind
    phase_state: PhaseState
    state: InvitationState
    origin: Origin
    organisation: str | None
    invited_at: datetime | None
    came_in_at: datetime | None
    ready_at: datetime | None
    decline_reason: str
    unreached_note: str
    vouched: bool
    """Whether the organisation's name is vouched for."""


@dataclass(frozen=True)
class PersonPage:
    """A person as the editors of one handbook see them."""

    id: str
    name: str
    language: str
    erased: bool
    box: bool
    """Whether the name is that of a shared box."""
    organisations: tuple[str, ...]
    """For whom the person may speak."""
    addresses: tuple[AddressLine, ...]
    parts: tuple[PartLine, ...]

    @property
    def open_parts(self) -> tuple[PartLine, ...]:
        """List what a successor would take over."""
        return tuple(
            part
            for part in self.parts
            if part.state in OPEN_PART
            and part.phase_state is not PhaseState.CLOSED
            and part.phase_kind in INVITING
        )


def person_page(session: Session, actor: Actor, handbook_id: str, person_id: str) -> PersonPage:
    """Read a person who takes part in a handbook; 4 queries. Raises Refused (not found)."""
    require_editor(actor, handbook_id)
    rows = session.execute(
        select(Invitation, Phase, Organisation.name)
        .join(Phase, Phase.id == Invitation.phase_id)
        .outerjoin(Organisation, Organisation.id == Invitation.organisation_id)
        .where(Invitation.person_id == person_id, Phase.handbook_id == handbook_id)
        .order_by(Phase.position)
    ).all()
    if not rows:
        raise Refused(Reason.NOT_FOUND)
    person = found(session.get(Person, person_id))
    used = {row.Invitation.address_id for row in rows}
    addresses = session.scalars(
        select(Address).where(Address.person_id == person_id).order_by(Address.created_at)
    )
    return PersonPage(
        id=person.id,
        name=person.name,
        language=person.language,
        erased=person.erased_at is not None,
        box=person.box,
        organisations=tuple(
            session.scalars(
                select(Organisation.name)
                .join(Affiliation, Affiliation.organisation_id == Organisation.id)
                .where(Affiliation.person_id == person_id)
                .order_by(Organisation.search_key, Organisation.id)
            )
        ),
        addresses=tuple(
            AddressLine(one.id, one.written, one.shared, one.state, one.id in used)
            for one in addresses
        ),
        parts=tuple(
            PartLine(
                invitation_id=invitation.id,
                phase_id=phase.id,
                phase_title=phase.title,
                phase_kind=phase.kind,
                phase_state=phase.state,
                state=invitation.state,
                origin=invitation.origin,
                organisation=organisation,
                invited_at=invitation.invited_at,
                came_in_at=invitation.came_in_at,
                ready_at=invitation.ready_at,
                decline_reason=_why(invitation.state, invitation.decline_reason),
                unreached_note=invitation.unreached_note or "",
                vouched=invitation.vouched,
            )
            for invitation, phase, organisation in rows
        ),
    )


def _why(state: InvitationState, reason: str | None) -> str:
    """Give the reason of one who doesn't take part; who came in after all has none."""
    return reason or "" if state is InvitationState.DECLINED else ""


def require_editor(actor: Actor, handbook_id: str) -> None:
    """Go on for those who run the handbook's process. Raises Refused (not allowed) otherwise."""
    if not may(actor, Action.RUN_PROCESS, Facts(handbook_id=handbook_id)):
        raise Refused(Reason.NOT_ALLOWED)
