"""Steps on phases: the moves of the one table, with their history, their mail and their trace."""

from datetime import date, datetime

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from reviewtool.domain.actors import Actor
from reviewtool.domain.days import local_day
from reviewtool.domain.invitations import (
    ASKED,
    COUNTED,
    TAKING_PART,
    InvitationState,
    invitation_mail,
)
from reviewtool.domain.messages import MessageKind
from reviewtool.domain.people import AddressState
from reviewtool.domain.phases import (
    ASKING,
    INVITING,
    PHASE_TABLE,
    OpeningFacts,
    PhaseMove,
    PhaseTimes,
    closes_at,
    missing_to_open,
)
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.domain.tables import step
from reviewtool.models.handbooks import Handbook
from reviewtool.models.invitations import Invitation
from reviewtool.models.people import Address
from reviewtool.models.phases import Phase, PhaseChange
from reviewtool.models.workshops import Workshop
from reviewtool.queries.contacts import names_contact
from reviewtool.queries.facts import found
from reviewtool.queries.newest_draft import newest_draft
from reviewtool.queries.runs import present_run, run_of
from reviewtool.services._mailing import Recipient, mail_many, recipients
from reviewtool.services._trace import trace


def load_phase(session: Session, phase_id: str) -> Phase:
    """Read a phase for changing it. Raises Refused (not found)."""
    return found(session.scalar(select(Phase).where(Phase.id == phase_id).with_for_update()))


def zone_of(session: Session, phase: Phase) -> str:
    """Give the time zone of the phase's handbook, in which its days are counted."""
    return found(session.scalar(select(Handbook.time_zone).where(Handbook.id == phase.handbook_id)))


def opening_facts(session: Session, phase: Phase, today: date) -> OpeningFacts:
    """Read what decides whether a phase can open; 4 queries."""
    handbook = session.get_one(Handbook, phase.handbook_id)
    people = session.scalar(
        select(func.count())
        .select_from(Invitation)
        .where(Invitation.phase_id == phase.id, Invitation.state.in_(COUNTED))
    )
    return OpeningFacts(
        kind=phase.kind,
        phase_id=phase.id,
        handbook_id=phase.handbook_id,
        has_draft=newest_draft(session, phase.handbook_id) is not None,
        opens_on=min(phase.opens_on, today) if phase.opens_on else today,
        closes_on=phase.closes_on,
        today=today,
        people=people or 0,
        open_to_all=phase.open_to_all,
        has_time=session.get(Workshop, phase.id) is not None,
        sharing=phase.sharing,
        shared_from=phase.shared_from,
        has_contact=names_contact(phase, handbook),
        has_controller=bool(handbook.host),
    )


def note_change(
    session: Session,
    actor: Actor,
    phase: Phase,
    move: PhaseMove,
    now: datetime,
    *,
    reason: str = "",
    facts: dict[str, str | int | bool | None] | None = None,
) -> None:
    """Write a move into the phase's readable history and, last, into the trace."""
    taken = step(PHASE_TABLE, phase.state, move)
    phase.state = taken.state
    phase.version += 1
    session.add(
        PhaseChange(
            phase_id=phase.id,
            move=move,
            reason=reason,
            closes_on=phase.closes_on,
            person_id=actor.person_id,
            created_at=now,
        )
    )
    if taken.traced is not None:
        days = {
            "opens_on": phase.opens_on.isoformat() if phase.opens_on else None,
            "closes_on": phase.closes_on.isoformat() if phase.closes_on else None,
        }
        trace(
            session,
            actor,
            now,
            phase.handbook_id,
            taken.traced,
            phase.id,
            {**days, **(facts or {})},
        )


def open_now(
    session: Session, actor: Actor, phase: Phase, now: datetime, draft_id: str | None = None
) -> int:
    """Open a planned phase and ask its people in; gives how many are mailed.

    draft_id: the frozen draft that it looks at; the newest one where nothing is chosen. Raises
    Refused, with all that is missing.
    """
    step(PHASE_TABLE, phase.state, PhaseMove.OPEN)
    if run_of(session, phase.id) != present_run(session, phase.handbook_id):
        raise Refused(Reason.NOT_POSSIBLE_NOW)  # its run is over: the next one has begun
    today = local_day(now, zone_of(session, phase))
    missing = missing_to_open(opening_facts(session, phase, today))
    if missing:
        raise Refused(missing[0].reason, missing)
    if phase.kind in ASKING:
        newest = newest_draft(session, phase.handbook_id)
        phase.draft_id = draft_id or (newest.id if newest else None)
    if phase.opens_on is None or phase.opens_on > today:
        phase.opens_on = today
    phase.opened_at = now
    mailed = ask_prepared(session, phase, now) if phase.kind in INVITING else 0
    note_change(
        session,
        actor,
        phase,
        PhaseMove.OPEN,
        now,
        facts={"draft": phase.draft_id, "mailed": mailed},
    )
    return mailed


def mailed_by(session: Session, phase: Phase, move: PhaseMove) -> list[Recipient]:
    """List who is mailed of a move: as many as its page announces."""
    if move is PhaseMove.OPEN and phase.kind in INVITING:
        return recipients(session, phase.id, {InvitationState.PREPARED})
    if move is PhaseMove.EXTEND and phase.kind in ASKING:
        return recipients(session, phase.id, ASKED)
    if move is PhaseMove.REOPEN and phase.kind in ASKING:
        return recipients(session, phase.id, TAKING_PART)
    return []


def ask_prepared(session: Session, phase: Phase, now: datetime) -> int:
    """Mail everybody of a phase who hasn't been asked yet; gives how many."""
    people = mailed_by(session, phase, PhaseMove.OPEN)
    mailed = mail_many(
        session,
        now,
        phase,
        invitation_mail(phase.kind),
        lambda one: f"{invitation_mail(phase.kind).value}:{one.invitation_id}",
        people,
    )
    session.execute(
        update(Invitation)
        .where(
            Invitation.phase_id == phase.id,
            Invitation.state == InvitationState.PREPARED,
            Invitation.address_id.in_(select(Address.id).where(Address.state != AddressState.DEAD)),
        )
        .values(state=InvitationState.INVITED, invited_at=now)
        .execution_options(synchronize_session="fetch")
    )
    return mailed


def close_now(session: Session, actor: Actor, phase: Phase, now: datetime) -> None:
    """Close an open phase: at the end of its last day, or now where that hasn't come."""
    step(PHASE_TABLE, phase.state, PhaseMove.CLOSE)
    end = closes_at(
        PhaseTimes(phase.state, phase.opens_on, phase.closes_on, zone_of(session, phase))
    )
    phase.closed_at = end if end is not None and end <= now else now
    note_change(session, actor, phase, PhaseMove.CLOSE, now)


def tell_of_new_end(session: Session, phase: Phase, now: datetime, *, reopened: bool) -> int:
    """Mail the new last day to those who can still do something; gives how many."""
    people = mailed_by(session, phase, PhaseMove.REOPEN if reopened else PhaseMove.EXTEND)
    return mail_many(
        session,
        now,
        phase,
        MessageKind.EXTENDED,
        lambda _one: f"{MessageKind.EXTENDED.value}:{phase.id}:{phase.closes_on}:{phase.version}",
        people,
    )
