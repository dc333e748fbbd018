"""Workshops as their pages need them: time and place, who comes, and what the policy asks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from reviewtool.domain.actors import Actor
from reviewtool.domain.invitations import InvitationState
from reviewtool.domain.phases import PhaseKind, PhaseState, PhaseTimes, is_open
from reviewtool.domain.policy import Action, Facts, may
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.domain.workshops import Attendance, RoomCode, Stage, read_code, stage
from reviewtool.models.handbooks import Handbook, Localized
from reviewtool.models.invitations import Invitation
from reviewtool.models.organisations import Organisation
from reviewtool.models.people import Person
from reviewtool.models.phases import Convener, Phase
from reviewtool.models.workshops import Workshop, WorkshopSignUp
from reviewtool.queries.contacts import contact_of
from reviewtool.queries.facts import found


@dataclass(frozen=True)
class Held:
    """When and where a workshop is held."""

    starts_at: datetime
    ends_at: datetime
    place: str
    remote_address: str
    agenda: Localized
    sequence: int
    version: int
    code: RoomCode | None
    guessed_at: datetime | None
    """When the code was made anew because it was guessed at."""
    cancelled_at: datetime | None
    cancel_reason: str


@dataclass(frozen=True)
class WorkshopHead:
    """A workshop as all its pages begin: what it is, how far it is, who convenes it."""

    handbook_id: str
    handbook_title: Localized
    handbook_language: str
    time_zone: str
    phase_id: str
    title: Localized
    request: Localized
    state: PhaseState
    stage: Stage
    held: Held | None
    conveners: tuple[str, ...]
    responsible_name: str
    responsible_phone: str
    responsible_email: str

    @property
    def called_off(self) -> bool:
        """Tell whether people have been told that it isn't held, and nothing else since."""
        return self.held is not None and self.held.cancelled_at is not None

    @property
    def cancelled(self) -> bool:
        """Tell whether it isn't held: one whose phase was reopened may be after all."""
        return self.called_off and self.stage is Stage.OVER

    @property
    def facts(self) -> Facts:
        """Give what the policy asks of the workshop."""
        return Facts(
            handbook_id=self.handbook_id,
            phase_id=self.phase_id,
            phase_open=self.stage in (Stage.INVITED, Stage.RUNNING),
            room_open=self.stage is Stage.RUNNING,
        )


def workshop_head(session: Session, phase_id: str, now: datetime) -> WorkshopHead:
    """Read a workshop; 2 queries. Raises Refused (not found) for a phase of another kind."""
    row = found(
        session.execute(
            select(Phase, Handbook, Workshop)
            .join(Handbook, Handbook.id == Phase.handbook_id)
            .outerjoin(Workshop, Workshop.phase_id == Phase.id)
            .where(Phase.id == phase_id, Phase.kind == PhaseKind.WORKSHOP)
        ).one_or_none()
    )
    phase, handbook, workshop = row
    contact = contact_of(phase, handbook)
    return WorkshopHead(
        handbook_id=handbook.id,
        handbook_title=handbook.title,
        handbook_language=handbook.language,
        time_zone=handbook.time_zone,
        phase_id=phase.id,
        title=phase.title,
        request=phase.request,
        state=phase.state,
        stage=stage_of(phase, workshop, handbook.time_zone, now),
        held=_held(workshop) if workshop else None,
        conveners=conveners_of(session, phase.id),
        responsible_name=contact.name,
        responsible_phone=contact.phone,
        responsible_email=contact.email,
    )


def stage_of(phase: Phase, workshop: Workshop | None, zone: str, now: datetime) -> Stage:
    """Tell how far a workshop is."""
    times = PhaseTimes(phase.state, phase.opens_on, phase.closes_on, zone)
    starts_at = workshop.starts_at if workshop else None
    return stage(phase.state, is_open(times, now), starts_at, now)


def _held(workshop: Workshop) -> Held:
    return Held(
        workshop.starts_at,
        workshop.ends_at,
        workshop.place,
        workshop.remote_address,
        workshop.agenda,
        workshop.sequence,
        workshop.version,
        read_code(workshop.room_code or ""),
        workshop.guessed_at,
        workshop.cancelled_at,
        workshop.cancel_reason,
    )


def conveners_of(session: Session, phase_id: str) -> tuple[str, ...]:
    """List the organisations that convene a workshop; 1 query."""
    return tuple(
        session.scalars(
            select(Organisation.name)
            .join(Convener, Convener.organisation_id == Organisation.id)
            .where(Convener.phase_id == phase_id)
            .order_by(Organisation.name)
        )
    )


def workshop_facts(session: Session, phase_id: str, now: datetime) -> Facts:
    """Load what the policy asks of a workshop; 1 query. Raises Refused (not found)."""
    phase, zone, workshop = found(
        session.execute(
            select(Phase, Handbook.time_zone, Workshop)
            .join(Handbook, Handbook.id == Phase.handbook_id)
            .outerjoin(Workshop, Workshop.phase_id == Phase.id)
            .where(Phase.id == phase_id, Phase.kind == PhaseKind.WORKSHOP)
        ).one_or_none()
    )
    now_at = stage_of(phase, workshop, zone, now)
    return Facts(
        handbook_id=phase.handbook_id,
        phase_id=phase_id,
        phase_open=now_at in (Stage.INVITED, Stage.RUNNING),
        room_open=now_at is Stage.RUNNING,
        sharing=phase.sharing,
    )


@dataclass(frozen=True)
class OwnPart:
    """A participant's own part in a workshop."""

    invitation_id: str
    state: InvitationState
    person_name: str
    organisation: str
    attendance: Attendance | None
    needs: str
    diet: str
    group_id: str | None
    present: bool


def own_part(session: Session, actor: Actor) -> OwnPart:
    """Read the actor's own part; 1 query. Raises Refused (not found)."""
    row = found(
        session.execute(
            select(Invitation, Person, Organisation.name, WorkshopSignUp)
            .join(Person, Person.id == Invitation.person_id)
            .outerjoin(Organisation, Organisation.id == Invitation.organisation_id)
            .outerjoin(WorkshopSignUp, WorkshopSignUp.invitation_id == Invitation.id)
            .where(Invitation.id == (actor.invitation_id or ""))
        ).one_or_none()
    )
    invitation, person, organisation, own = row
    return OwnPart(
        invitation_id=invitation.id,
        state=invitation.state,
        person_name=person.name,
        organisation=organisation or "",
        attendance=own.attendance if own else None,
        needs=own.needs if own else "",
        diet=own.diet if own else "",
        group_id=own.group_id if own else None,
        present=own is not None and own.present_at is not None,
    )


@dataclass(frozen=True)
class Coming:
    """Somebody of a workshop as its conveners see them."""

    invitation_id: str
    person_id: str
    name: str
    organisation: str
    state: InvitationState
    attendance: Attendance | None
    needs: str
    diet: str
    group_id: str | None
    present: bool


def who_comes(session: Session, actor: Actor, phase_id: str) -> list[Coming]:
    """List the people of a workshop, for the handbook's editors only; 2 queries. Raises Refused."""
    handbook_id = found(session.scalar(select(Phase.handbook_id).where(Phase.id == phase_id)))
    if not may(actor, Action.RUN_PROCESS, Facts(handbook_id=handbook_id)):
        raise Refused(Reason.NOT_ALLOWED)
    rows = session.execute(
        select(Invitation, Person.name, Organisation.name.label("organisation"), WorkshopSignUp)
        .join(Person, Person.id == Invitation.person_id)
        .outerjoin(Organisation, Organisation.id == Invitation.organisation_id)
        .outerjoin(WorkshopSignUp, WorkshopSignUp.invitation_id == Invitation.id)
        .where(
            Invitation.phase_id == phase_id,
            Invitation.state.not_in((InvitationState.CANCELLED, InvitationState.UNCONFIRMED)),
        )
        .order_by(Person.name, Person.id)
    )
    empty = WorkshopSignUp(attendance=None, needs="", diet="", group_id=None, present_at=None)
    return [
        Coming(
            invitation.id,
            invitation.person_id,
            name,
            organisation or "",
            invitation.state,
            (own or empty).attendance,
            (own or empty).needs,
            (own or empty).diet,
            (own or empty).group_id,
            (own or empty).present_at is not None,
        )
        for invitation, name, organisation, own in rows
    ]


def within(head: WorkshopHead, handbook_id: str) -> WorkshopHead:
    """Give a workshop of the handbook in the address. Raises Refused (not found)."""
    return found(head if head.handbook_id == handbook_id else None)
