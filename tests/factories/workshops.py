"""Workshops: planned, with people invited, their room open or over."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from reviewtool.domain.actors import Actor
from reviewtool.infra.clock import SetClock
from reviewtool.infra.ids import new_id
from reviewtool.infra.installation import Installation
from reviewtool.queries.actors import find_link
from reviewtool.queries.workshop_room import Room, room
from reviewtool.queries.workshops import WorkshopHead, workshop_head
from reviewtool.services import phases, workshop_rooms, workshop_tables
from reviewtool.services.workshop_rooms import Joiner
from reviewtool.services.workshops import WorkshopPlan, plan_workshop
from tests.factories.handbooks import MadeHandbook, make_handbook
from tests.factories.people import MadePerson, link_actor, make_person
from tests.factories.rounds import plan_phase
from tests.factories.texts import MadeTexts, make_texts

AHEAD = timedelta(days=14)
LONG = timedelta(hours=3)
CONVENERS = ("Kumaja", "Länsi-Uudenmaan järjestöverkosto")


@dataclass(frozen=True)
class MadeWorkshop:
    """A workshop of a handbook with texts, two weeks ahead, with invited people."""

    handbook: MadeHandbook
    editor: Actor
    phase_id: str
    texts: MadeTexts
    people: tuple[MadePerson, ...]
    starts_at: datetime


def workshop_plan(starts_at: datetime, **changes: object) -> WorkshopPlan:
    """Give a plan of a workshop that begins at a moment."""
    plan = WorkshopPlan(
        version=0,
        starts_at=starts_at,
        ends_at=starts_at + LONG,
        place="Järjestötalo, Kirkkokatu 5, Espoo",
        agenda={"fi": "13.00 Kahvit\n13.15 Ryhmätyö", "sv": "13.00 Kaffe\n13.15 Grupparbete"},
    )
    return replace(plan, **changes)  # type: ignore[arg-type]


def make_workshop(
    installation: Installation,
    *,
    people: int = 2,
    opened: bool = True,
    key: str = "workshop-ngos",
    handbook: MadeHandbook | None = None,
) -> MadeWorkshop:
    """Plan a workshop and invite people; opened: their invitations have gone out."""
    handbook = handbook or make_handbook(installation)
    editor, phase_id = handbook.administrator, handbook.phases[key]
    texts = make_texts(installation, editor, handbook.id)
    starts_at = installation.clock.now() + AHEAD
    plan_phase(installation, editor, phase_id, conveners=CONVENERS)
    plan_workshop(installation, editor, phase_id, workshop_plan(starts_at), new_id())
    invited = tuple(
        make_person(installation, editor, phase_id, f"Henkilö {number}")
        for number in range(1, people + 1)
    )
    if opened:
        phases.open_phase(installation, editor, phase_id, new_id())
    return MadeWorkshop(handbook, editor, phase_id, texts, invited, starts_at)


def open_room(clock: SetClock, made: MadeWorkshop) -> None:
    """Put the clock at the beginning of a workshop."""
    clock.at = made.starts_at


def actors_of(installation: Installation, made: MadeWorkshop) -> tuple[Actor, ...]:
    """Give the people of a workshop as the actors of their links, as they stand now."""
    return tuple(link_actor(installation, person) for person in made.people)


def head_of(installation: Installation, made: MadeWorkshop) -> WorkshopHead:
    """Read a workshop as it stands now."""
    with installation.database.read() as session:
        return workshop_head(session, made.phase_id, installation.clock.now())


def running(
    installation: Installation, clock: SetClock, *, people: int = 2
) -> tuple[MadeWorkshop, tuple[str, str]]:
    """Make a workshop whose room is open, with two groups; gives the groups' ids."""
    made = make_workshop(installation, people=people)
    open_room(clock, made)
    first, second = (
        workshop_tables.add_group(installation, made.editor, made.phase_id, name, new_id())
        for name in ("Ryhmä 1", "Ryhmä 2")
    )
    return made, (first, second)


def code_of(installation: Installation, made: MadeWorkshop) -> str:
    """Give the code that is on the screen."""
    held = head_of(installation, made).held
    assert held is not None
    assert held.code is not None
    return held.code.shown


def join_room(installation: Installation, made: MadeWorkshop, name: str, **values: str) -> Actor:
    """Come in by the code, as the actor of the new link."""
    joined = workshop_rooms.join(
        installation, code_of(installation, made), Joiner(name, **values), new_id()
    )
    with installation.database.read() as session:
        found = find_link(
            session, joined.link_id, joined.generation, installation.clock.now(),
            installation.settings.retention_days,
        )  # fmt: skip
    assert found is not None
    return found.actor


def room_of(installation: Installation, actor: Actor, made: MadeWorkshop) -> Room:
    """Read what has been said in a workshop, as an actor sees it."""
    with installation.database.read() as session:
        return room(session, actor, made.handbook.id, made.phase_id, "fi")
