"""Steps on workshops: their code, their people's sign-ups, and what the policy asks of them."""

from __future__ import annotations

import secrets
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from reviewtool.domain.actors import VISITOR, Actor
from reviewtool.domain.phases import PhaseKind, PhaseState
from reviewtool.domain.policy import Action
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.domain.trace import Act
from reviewtool.domain.workshops import MOST_WRONG_CODES, ROOM_DIGITS, SECRET_DIGITS, RoomCode
from reviewtool.models.invitations import Invitation
from reviewtool.models.phases import Phase
from reviewtool.models.sections import Section
from reviewtool.models.workshops import Workshop, WorkshopSignUp
from reviewtool.queries.facts import found
from reviewtool.queries.workshops import workshop_facts
from reviewtool.services._phases import load_phase
from reviewtool.services._policy import require
from reviewtool.services._trace import trace


def load_for(session: Session, actor: Actor, action: Action, phase_id: str, now: datetime) -> Phase:
    """Lock a workshop's phase for somebody who may. Raises Refused (not found, not allowed)."""
    phase = load_phase(session, phase_id)
    if phase.kind is not PhaseKind.WORKSHOP:
        raise Refused(Reason.NOT_FOUND)
    require(actor, action, workshop_facts(session, phase_id, now))
    return phase


def sign_up_of(session: Session, invitation: Invitation, now: datetime) -> WorkshopSignUp:
    """Find or make what somebody has said about coming."""
    own = session.get(WorkshopSignUp, invitation.id, with_for_update=True)
    if own is None:
        own = WorkshopSignUp(invitation_id=invitation.id, needs="", diet="", updated_at=now)
        session.add(own)
    own.updated_at = now
    return own


def fresh_code(session: Session) -> str:
    """Make a code whose room no other workshop uses that may still be held."""
    used = {
        code[:ROOM_DIGITS]
        for code in session.scalars(
            select(Workshop.room_code)
            .join(Phase, Phase.id == Workshop.phase_id)
            .where(Workshop.room_code.is_not(None), Phase.state != PhaseState.CLOSED)
        )
        if code
    }
    known = set(session.scalars(select(Workshop.room_code)))
    while True:
        room = f"{secrets.randbelow(10**ROOM_DIGITS):0{ROOM_DIGITS}}"
        secret = f"{secrets.randbelow(10**SECRET_DIGITS):0{SECRET_DIGITS}}"
        code = RoomCode(room, secret).written
        if code not in known and (room not in used or len(used) >= 10**ROOM_DIGITS):
            return code


def note_wrong_code(session: Session, code: RoomCode, now: datetime) -> None:
    """Count a wrong code for the open room that it names; after too many the room gets another."""
    workshop = session.scalar(
        select(Workshop)
        .join(Phase, Phase.id == Workshop.phase_id)
        .where(Workshop.room_code.startswith(code.room), Phase.state != PhaseState.CLOSED)
        .with_for_update(of=Workshop)
    )
    if workshop is None:
        return
    facts = workshop_facts(session, workshop.phase_id, now)
    if not facts.room_open or facts.handbook_id is None:
        return
    workshop.wrong_codes += 1
    if workshop.wrong_codes < MOST_WRONG_CODES:
        return
    workshop.room_code, workshop.wrong_codes, workshop.guessed_at = fresh_code(session), 0, now
    what = {"what": "code-guessed"}
    trace(session, VISITOR, now, facts.handbook_id, Act.WORKSHOP_ARRANGED, workshop.phase_id, what)


def check_standing(session: Session, handbook_id: str, section_id: str) -> None:
    """Check that a section stands in the handbook. Raises Refused (not found)."""
    section = found(session.get(Section, section_id))
    if section.handbook_id != handbook_id or section.dropped_at is not None:
        raise Refused(Reason.NOT_FOUND)
