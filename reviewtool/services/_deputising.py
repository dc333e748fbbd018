"""Steps of deputies: their part in each open phase begins with their days, and ends with them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from reviewtool.domain.actors import Actor
from reviewtool.domain.days import local_day
from reviewtool.domain.invitations import ASKED, InvitationMove, Origin
from reviewtool.domain.messages import MessageKind
from reviewtool.domain.phases import INVITING, PhaseState
from reviewtool.domain.trace import Act
from reviewtool.models.deputies import Deputy
from reviewtool.models.handbooks import Handbook
from reviewtool.models.invitations import Invitation
from reviewtool.models.messages import Message
from reviewtool.models.people import Person
from reviewtool.models.phases import Phase
from reviewtool.queries.answered import still_to_answer
from reviewtool.services._invitations import change, mail_way_in
from reviewtool.services._passing_on import receive
from reviewtool.services._statements import NewHolder, hand_on
from reviewtool.services._trace import trace

ANY_ZONE = timedelta(days=2)
"""How far a day can be from another one anywhere: days are compared in the handbook's zone."""


@dataclass(frozen=True)
class DuePart:
    """A part that a deputy is to have today: for whom, in which phase."""

    deputy: Deputy
    giver: Invitation
    phase: Phase

    @property
    def event(self) -> str:
        """Name the event that the deputy is told of."""
        return f"{MessageKind.DEPUTY.value}:{self.deputy.id}:{self.giver.id}"


def due_parts(session: Session, now: datetime, deputy_id: str | None = None) -> list[DuePart]:
    """List the parts that deputies are to have today and have not been told of; 2 queries."""
    query = (
        select(Deputy, Invitation, Phase, Handbook.time_zone)
        .join(Handbook, Handbook.id == Deputy.handbook_id)
        .join(Phase, Phase.handbook_id == Deputy.handbook_id)
        .join(
            Invitation,
            (Invitation.phase_id == Phase.id) & (Invitation.person_id == Deputy.person_id),
        )
        .join(Person, Person.id == Deputy.deputy_id)
        .where(
            Deputy.starts_on <= (now + ANY_ZONE).date(),
            Deputy.ends_on >= (now - ANY_ZONE).date(),
            Phase.state == PhaseState.OPEN,
            Phase.kind.in_(INVITING),
            Person.erased_at.is_(None),
            still_to_answer(),
        )
        .order_by(Deputy.created_at, Deputy.id, Phase.position)
    )
    if deputy_id is not None:
        query = query.where(Deputy.id == deputy_id)
    due = [
        DuePart(row.Deputy, row.Invitation, row.Phase)
        for row in session.execute(query)
        if row.Deputy.starts_on <= local_day(now, row.time_zone) <= row.Deputy.ends_on
    ]
    events = [f"{one.event}:{one.deputy.deputy_id}" for one in due]
    told = set(session.scalars(select(Message.event).where(Message.event.in_(events))))
    return [one for one, event in zip(due, events, strict=True) if event not in told]


def begin_part(session: Session, actor: Actor, due: DuePart, now: datetime) -> None:
    """Give a deputy their own part and link in a phase, and tell them.

    Who takes part there already answers by their own link, where they stand. Raises Refused for
    somebody whom the editors took out of the phase.
    """
    deputy, giver, phase = due.deputy, due.giver, due.phase
    person = session.get_one(Person, deputy.deputy_id)
    move = InvitationMove.TAKE_OVER
    part = receive(session, giver, phase, person, deputy.address_id, Origin.DEPUTY, move, now)
    mail_way_in(
        session, phase, part, MessageKind.DEPUTY, due.event, now, context={"deputy": deputy.id}
    )
    facts: dict[str, str | int | bool | None] = {"phase": phase.id, "to": part.id}
    trace(session, actor, now, phase.handbook_id, Act.PERSON_DEPUTISED, giver.id, facts)


def parts_over(session: Session, now: datetime, deputy_person: str | None = None) -> list[str]:
    """List the parts of deputies whose days are over while something is still asked; 2 queries."""
    query = (
        select(Invitation.id, Invitation.person_id, Phase.handbook_id, Handbook.time_zone)
        .join(Phase, Phase.id == Invitation.phase_id)
        .join(Handbook, Handbook.id == Phase.handbook_id)
        .where(Invitation.origin == Origin.DEPUTY, Invitation.state.in_(ASKED))
        .order_by(Invitation.created_at, Invitation.id)
    )
    if deputy_person is not None:
        query = query.where(Invitation.person_id == deputy_person)
    rows = session.execute(query).all()
    spans = session.scalars(
        select(Deputy).where(
            Deputy.deputy_id.in_({row.person_id for row in rows}),
            Deputy.ends_on >= (now - ANY_ZONE).date(),
        )
    ).all()

    def acts(handbook_id: str, person_id: str, today: date) -> bool:
        return any(
            (one.handbook_id, one.deputy_id) == (handbook_id, person_id)
            and one.starts_on <= today <= one.ends_on
            for one in spans
        )

    return [
        row.id
        for row in rows
        if not acts(row.handbook_id, row.person_id, local_day(now, row.time_zone))
    ]


def end_part(session: Session, actor: Actor, part: Invitation, now: datetime) -> None:
    """Give a deputy's part back: their link reads on, and the person is asked again themselves."""
    taken = change(part, InvitationMove.PASS_ON, now)
    phase = session.get_one(Phase, part.phase_id)
    new: list[NewHolder] = []
    if part.passed_from_id is not None:
        giver = session.get_one(Invitation, part.passed_from_id)
        new = hand_on(session, phase.id, part.person_id, giver.person_id, now, told=False)
    facts: dict[str, str | int | bool | None] = {"phase": phase.id, "to": part.passed_from_id}
    for one in new:
        one.trace(session, actor, now)
    if taken.traced is not None:
        trace(session, actor, now, phase.handbook_id, taken.traced, part.id, facts)


def end_span(session: Session, actor: Actor, deputy: Deputy, today: date, now: datetime) -> None:
    """End a deputy's days before today; what hasn't begun is taken back altogether."""
    handbook_id, key, person_id = deputy.handbook_id, deputy.id, deputy.deputy_id
    if deputy.starts_on < today:
        deputy.ends_on = min(deputy.ends_on, today - timedelta(days=1))
    else:
        session.delete(deputy)
    session.flush()
    for part_id in parts_over(session, now, person_id):
        part = session.scalar(select(Invitation).where(Invitation.id == part_id).with_for_update())
        if part is not None and part.state in ASKED:
            end_part(session, actor, part, now)
    trace(session, actor, now, handbook_id, Act.DEPUTY_ENDED, key)


def end_all_of(
    session: Session, actor: Actor, handbook_id: str, person_id: str, today: date, now: datetime
) -> None:
    """End all present and coming days on which a person has a deputy, or is one, in a handbook."""
    spans = session.scalars(
        select(Deputy).where(
            Deputy.handbook_id == handbook_id,
            or_(Deputy.person_id == person_id, Deputy.deputy_id == person_id),
            Deputy.ends_on >= today,
        )
    ).all()
    for deputy in spans:
        end_span(session, actor, deputy, today, now)
