"""Use cases before a workshop: planning it, saying whether one comes, forgetting needs after it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlsplit

from sqlalchemy import and_, delete, or_, select, update
from sqlalchemy.orm import Session

from reviewtool.domain.actors import Actor
from reviewtool.domain.contributions import Sharing
from reviewtool.domain.days import local_day
from reviewtool.domain.invitations import TAKING_PART, InvitationMove, InvitationState
from reviewtool.domain.messages import MessageKind
from reviewtool.domain.phases import PhaseMove, PhaseState
from reviewtool.domain.policy import Action
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.domain.trace import Act
from reviewtool.domain.workshops import LONGEST_NAME, NEEDS_KEPT, Attendance
from reviewtool.infra.installation import Installation
from reviewtool.models.invitations import Invitation
from reviewtool.models.phases import Phase
from reviewtool.models.unsent import Unsent
from reviewtool.models.workshops import Workshop, WorkshopSignUp
from reviewtool.queries.facts import phase_facts
from reviewtool.services._invitations import change, load_invitation
from reviewtool.services._mailing import mail_many, recipients
from reviewtool.services._phases import note_change, zone_of
from reviewtool.services._policy import require
from reviewtool.services._requests import earlier, remember
from reviewtool.services._trace import trace
from reviewtool.services._unsent import forget_unsent
from reviewtool.services._workshops import fresh_code, load_for, sign_up_of

LONGEST_AGENDA = 5_000
LONGEST_NEEDS = 2_000


@dataclass(frozen=True)
class WorkshopPlan:
    """When and where a workshop is held, and what is on.

    version: as the editor saw it, 0 for one that has no time yet. agenda: by language.
    """

    version: int
    starts_at: datetime
    ends_at: datetime
    place: str = ""
    remote_address: str = ""
    agenda: Mapping[str, str] | None = None

    @property
    def words(self) -> list[str]:
        """Spell the plan for telling a repeated form from an edit."""
        agenda = self.agenda or {}
        return [
            "plan-workshop",
            self.starts_at.isoformat(),
            self.ends_at.isoformat(),
            self.place,
            self.remote_address,
            *(f"{code}={agenda[code]}" for code in sorted(agenda)),
        ]


def plan_workshop(
    installation: Installation, actor: Actor, phase_id: str, plan: WorkshopPlan, request_id: str
) -> int:
    """Plan a workshop; gives how many people are mailed that its time or place has changed.

    Its day becomes the phase's last one. Raises Refused: dates wrong, too long, text invalid (an
    address that isn't one of the web), edit conflict, not allowed.
    """
    _check(plan)
    now = installation.clock.now()
    with installation.database.write() as session:
        phase = load_for(session, actor, Action.RUN_PROCESS, phase_id, now)
        before = earlier(session, actor, request_id, plan.words)
        if before is not None and before.same_words:
            return 0
        _fix_day(session, actor, phase, plan, now)
        workshop = session.get(Workshop, phase_id, with_for_update=True)
        if (workshop.version if workshop else 0) != plan.version:
            raise Refused(Reason.EDIT_CONFLICT)
        if workshop is None:
            workshop = Workshop(
                phase_id=phase_id, version=0, sequence=0, room_code=fresh_code(session)
            )
            session.add(workshop)
        told = phase.state is PhaseState.OPEN and workshop.version > 0
        moved = told and (_moved(workshop, plan) or workshop.cancelled_at is not None)
        if phase.state is PhaseState.OPEN:
            workshop.cancelled_at, workshop.cancel_reason = None, ""
        workshop.starts_at, workshop.ends_at = plan.starts_at, plan.ends_at
        workshop.place, workshop.remote_address = plan.place.strip(), plan.remote_address.strip()
        workshop.agenda = {code: words for code, words in (plan.agenda or {}).items() if words}
        workshop.version += 1
        # Everybody in the room sees what is said there: the promise of its page.
        phase.sharing = Sharing.EVERYONE
        mailed = 0
        if moved:
            workshop.sequence += 1
            mailed = _tell(session, phase, workshop, now)
        remember(session, actor, request_id, plan.words, phase_id, now)
        facts: dict[str, str | int | bool | None] = {
            "starts_at": plan.starts_at.isoformat(),
            "ends_at": plan.ends_at.isoformat(),
            "mailed": mailed,
        }
        trace(session, actor, now, phase.handbook_id, Act.WORKSHOP_PLANNED, phase_id, facts)
        return mailed


def _check(plan: WorkshopPlan) -> None:
    if plan.ends_at <= plan.starts_at:
        raise Refused(Reason.DATES_WRONG)
    if any(len(words) > LONGEST_AGENDA for words in (plan.agenda or {}).values()):
        raise Refused(Reason.TOO_LONG)
    if len(plan.place) > LONGEST_NAME or len(plan.remote_address) > LONGEST_AGENDA:
        raise Refused(Reason.TOO_LONG)
    address = plan.remote_address.strip()
    if address and urlsplit(address).scheme not in ("http", "https"):
        raise Refused(Reason.TEXT_INVALID)


def _fix_day(
    session: Session, actor: Actor, phase: Phase, plan: WorkshopPlan, now: datetime
) -> None:
    """Let the phase end with the workshop's day; of a closed one only the record is mended."""
    if phase.state is PhaseState.CLOSED:
        return
    zone = zone_of(session, phase)
    day = local_day(plan.ends_at, zone)
    if day < local_day(now, zone):
        raise Refused(Reason.DATES_WRONG)
    if phase.opens_on is not None and phase.opens_on > day:
        raise Refused(Reason.DATES_WRONG)
    _move_last_day(session, actor, phase, day, now)


def _move_last_day(session: Session, actor: Actor, phase: Phase, day: date, now: datetime) -> None:
    if phase.closes_on == day:
        return
    phase.closes_on = day
    note_change(session, actor, phase, PhaseMove.PLAN, now)


def _moved(workshop: Workshop, plan: WorkshopPlan) -> bool:
    """Tell whether people's calendars have to change."""
    return (
        (workshop.starts_at, workshop.ends_at) != (plan.starts_at, plan.ends_at)
        or workshop.place != plan.place.strip()
        or workshop.remote_address != plan.remote_address.strip()
    )


def _tell(session: Session, phase: Phase, workshop: Workshop, now: datetime) -> int:
    kind = MessageKind.WORKSHOP_CHANGED
    people = recipients(session, phase.id, TAKING_PART)
    session.flush()
    event = f"{kind.value}:{phase.id}:{workshop.sequence}"
    return mail_many(session, now, phase, kind, lambda _one: event, people)


@dataclass(frozen=True)
class SignUp:
    """What an invited person says about coming; what they need only the editors see."""

    attendance: Attendance
    needs: str = ""
    diet: str = ""


def sign_up(
    installation: Installation, actor: Actor, said: SignUp, request_id: str, form: str = ""
) -> None:
    """Say by one's own link whether one comes; may be said again until the workshop is over.

    form: the key of the form in which it was half written, which ends with it. Raises Refused: too
    long, not allowed (the workshop is over).
    """
    if len(said.needs) > LONGEST_NEEDS or len(said.diet) > LONGEST_NEEDS:
        raise Refused(Reason.TOO_LONG)
    now = installation.clock.now()
    words = [said.attendance.value, said.needs, said.diet]
    with installation.database.write() as session:
        invitation = load_invitation(session, actor.invitation_id)
        require(
            actor, Action.ANSWER_INVITATION, phase_facts(session, invitation.phase_id, now, actor)
        )
        before = earlier(session, actor, request_id, words)
        if before is not None and before.same_words:
            return
        own = sign_up_of(session, invitation, now)
        coming = said.attendance is not Attendance.CANNOT
        own.attendance = said.attendance
        own.needs = said.needs.strip() if coming else ""
        own.diet = said.diet.strip() if coming else ""
        _note(invitation, coming, now)
        remember(session, actor, request_id, words, invitation.id, now)
        forget_unsent(session, actor, form)
        phase = session.get_one(Phase, invitation.phase_id)
        facts: dict[str, str | int | bool | None] = {
            "phase": phase.id,
            "attendance": said.attendance.value,
        }
        trace(session, actor, now, phase.handbook_id, Act.PERSON_ATTENDS, invitation.id, facts)


def _note(invitation: Invitation, coming: bool, now: datetime) -> None:
    """Let the invitation follow: who comes has come in, who can't has declined."""
    if coming:
        change(invitation, InvitationMove.COME_IN, now)
    elif invitation.state not in (InvitationState.DECLINED, InvitationState.READY):
        change(invitation, InvitationMove.DECLINE, now)


def forget_needs(installation: Installation) -> int:
    """Forget what people needed in workshops that are over long enough; gives how many did.

    What they had half written of it goes too. Done again it forgets nothing more.
    """
    now = installation.clock.now()
    past = select(Workshop.phase_id).where(Workshop.ends_at <= now - NEEDS_KEPT)
    kept = or_(WorkshopSignUp.needs != "", WorkshopSignUp.diet != "")
    of_past = WorkshopSignUp.invitation_id.in_(
        select(Invitation.id).where(Invitation.phase_id.in_(past))
    )
    half_written = and_(
        or_(Unsent.form == "attend", Unsent.form.startswith("attend:")),
        Unsent.invitation_id.in_(select(Invitation.id).where(Invitation.phase_id.in_(past))),
    )
    with installation.database.read() as session:
        known = select(WorkshopSignUp.invitation_id).where(kept, of_past)
        begun = select(Unsent.invitation_id).where(half_written)
        if session.scalar(known.union(begun).limit(1)) is None:
            return 0
    with installation.database.write() as session:
        forgotten = session.execute(
            update(WorkshopSignUp)
            .where(kept, of_past)
            .values(needs="", diet="")
            .execution_options(synchronize_session=False)
            .returning(WorkshopSignUp.invitation_id)
        ).all()
        session.execute(
            delete(Unsent).where(half_written).execution_options(synchronize_session=False)
        )
        return len(forgotten)
