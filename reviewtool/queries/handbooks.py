"""Handbooks as lists and headers need them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from reviewtool.domain.actors import Actor
from reviewtool.domain.handbooks import HandbookState
from reviewtool.domain.people import Role
from reviewtool.domain.phases import PhaseKind, PhaseState, PhaseTimes, ended_on, is_open
from reviewtool.domain.workshops import CANCELLED, is_called_off
from reviewtool.models.handbooks import Handbook
from reviewtool.models.phases import Phase
from reviewtool.models.publications import Publication
from reviewtool.models.workshops import Workshop
from reviewtool.queries.facts import is_announced
from reviewtool.queries.runs import run_number


@dataclass(frozen=True)
class PhaseLine:
    """A phase in a list: what it is, where it stands, whether anyone may join."""

    id: str
    key: str
    kind: PhaseKind
    title: dict[str, str]
    state: PhaseState
    opens_on: date | None
    closes_on: date | None
    """Its last day as people are told it: of one that was closed early, the day it closed."""
    is_open: bool
    open_to_all: bool
    run: int
    """Which run of the handbook's process it belongs to, from 1."""
    cancelled: bool
    """Of a workshop: it was called off, and isn't held."""

    @property
    def shown_as(self) -> str:
        """Give its state as lists show it: over once its last day is, whoever closes it."""
        if self.cancelled:
            return CANCELLED
        over = self.state is PhaseState.OPEN and not self.is_open
        return PhaseState.CLOSED.value if over else self.state.value


@dataclass(frozen=True)
class HandbookLine:
    """A handbook in a list, with its phases in order."""

    id: str
    title: dict[str, str]
    introduction: dict[str, str]
    language: str
    time_zone: str
    state: HandbookState
    published_draft_id: str | None
    edition: str
    """The number of the edition that is read now: 2, 2.1 once it has been corrected."""
    published_at: datetime | None
    """When that edition was published; of one that has been corrected, the first time."""
    corrected_at: datetime | None
    published_note: str
    contact_name: str
    contact_phone: str
    contact_email: str
    host: str
    host_address: str
    joint_controllers: tuple[str, ...]
    phases: tuple[PhaseLine, ...]

    @property
    def runs(self) -> list[tuple[int, list[PhaseLine]]]:
        """Give the phases of each run of the process, the newest run first."""
        grouped: dict[int, list[PhaseLine]] = {}
        for phase in self.phases:
            grouped.setdefault(phase.run, []).append(phase)
        return sorted(grouped.items(), reverse=True)


def handbook_line(session: Session, handbook_id: str, now: datetime) -> HandbookLine | None:
    """Read one handbook with its phases; 3 queries."""
    handbook = session.get(Handbook, handbook_id)
    if handbook is None:
        return None
    return _lines(session, [handbook], now)[0]


def handbooks_shown(
    session: Session, actor: Actor, known: Collection[str], now: datetime
) -> list[HandbookLine]:
    """List the handbooks whose existence may be told; 3 queries.

    Those that have been announced, the actor's own, and those known to the reader by a link.
    """
    rows = list(
        session.scalars(
            select(Handbook)
            .where(or_(is_announced(), Handbook.id.in_({*actor.roles, *known})))
            .order_by(Handbook.created_at, Handbook.id)
        )
    )
    return _lines(session, rows, now)


@dataclass(frozen=True)
class MemberHandbook:
    """A handbook in which an account has a role."""

    id: str
    title: dict[str, str]
    role: Role


def handbooks_of(session: Session, actor: Actor) -> list[MemberHandbook]:
    """List the handbooks of an account; 1 query."""
    rows = session.execute(
        select(Handbook.id, Handbook.title)
        .where(Handbook.id.in_(list(actor.roles)))
        .order_by(Handbook.created_at, Handbook.id)
    )
    return [MemberHandbook(row.id, row.title, actor.roles[row.id]) for row in rows]


def _lines(session: Session, handbooks: list[Handbook], now: datetime) -> list[HandbookLine]:
    zones = {handbook.id: handbook.time_zone for handbook in handbooks}
    phases: dict[str, list[PhaseLine]] = {handbook.id: [] for handbook in handbooks}
    published: dict[str, list[Publication]] = {}
    for publication in session.scalars(
        select(Publication)
        .where(Publication.handbook_id.in_(list(zones)))
        .order_by(Publication.edition, Publication.correction)
    ):
        published.setdefault(publication.handbook_id, []).append(publication)
    for phase, run, cancelled_at in session.execute(
        select(Phase, run_number(), Workshop.cancelled_at)
        .outerjoin(Workshop, Workshop.phase_id == Phase.id)
        .where(Phase.handbook_id.in_(list(zones)))
        .order_by(run_number(), Phase.position)
    ):
        times = PhaseTimes(phase.state, phase.opens_on, phase.closes_on, zones[phase.handbook_id])
        phases[phase.handbook_id].append(
            PhaseLine(
                id=phase.id,
                key=phase.key,
                kind=phase.kind,
                title=phase.title,
                state=phase.state,
                opens_on=phase.opens_on,
                closes_on=ended_on(times, phase.closed_at),
                is_open=is_open(times, now),
                open_to_all=phase.open_to_all,
                run=run,
                cancelled=is_called_off(phase.state, cancelled_at),
            )
        )
    return [
        HandbookLine(
            id=handbook.id,
            title=handbook.title,
            introduction=handbook.introduction,
            language=handbook.language,
            time_zone=handbook.time_zone,
            state=handbook.state,
            **_read_now(published.get(handbook.id, [])),
            contact_name=handbook.contact_name,
            contact_phone=handbook.contact_phone,
            contact_email=handbook.contact_email,
            host=handbook.host,
            host_address=handbook.host_address,
            joint_controllers=tuple(handbook.joint_controllers.splitlines()),
            phases=tuple(phases[handbook.id]),
        )
        for handbook in handbooks
    ]


def _read_now(published: list[Publication]) -> dict[str, Any]:
    """Tell of the edition that is read now: its date and note are those of its first publication,
    which its corrections keep.
    """
    newest = published[-1] if published else None
    first = next((one for one in published if newest and one.edition == newest.edition), None)
    return {
        "published_draft_id": newest.draft_id if newest else None,
        "edition": str(newest.number) if newest else "",
        "published_at": first.published_at if first else None,
        "corrected_at": newest.published_at if newest and newest is not first else None,
        "published_note": first.note if first else "",
    }
