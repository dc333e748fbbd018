"""Use cases of who works on a joint statement: asked in, taken out, and who submits it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from reviewtool.domain.actors import Actor
from reviewtool.domain.invitations import TAKING_PART, InvitationState, Origin
from reviewtool.domain.messages import MessageKind
from reviewtool.domain.people import AddressState
from reviewtool.domain.policy import Action
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.domain.trace import Act
from reviewtool.infra.installation import Installation
from reviewtool.models.invitations import Invitation
from reviewtool.models.organisations import Organisation
from reviewtool.models.people import Person
from reviewtool.models.phases import Phase
from reviewtool.models.statements import Statement, StatementMember
from reviewtool.queries.facts import found
from reviewtool.queries.statements import statement_facts
from reviewtool.services._invitations import mail_new_link, mail_way_in
from reviewtool.services._passing_on import checked_name
from reviewtool.services._people import affiliate, find_colleague_at, give_address, make_person
from reviewtool.services._policy import require
from reviewtool.services._requests import is_repeat, remember
from reviewtool.services._statements import join, load_statement
from reviewtool.services._trace import trace


def ask_colleague(
    installation: Installation, actor: Actor, name: str, address: str, request_id: str
) -> None:
    """Ask a colleague to work on the statement; they get a link of their own by mail.

    Raises Refused: empty, too long, bad address, not possible now (somebody whom the editors took
    out of the round, or who declined), round closed, not allowed.
    """
    name, written = checked_name(name, address)
    now = installation.clock.now()
    with installation.database.write() as session:
        statement, found_round = load_statement(session, actor, Action.SUBMIT_STATEMENT, now)
        if is_repeat(session, actor, request_id, [name, written]):
            return
        phase = found_round.phase
        invitation = _invitation(session, actor, statement, phase, name, written, now)
        joined = join(session, statement.id, invitation.person_id, now)
        remember(session, actor, request_id, [name, written], statement.id, now)
        if joined:
            facts: dict[str, str | int | bool | None] = {"invitation": invitation.id}
            trace(session, actor, now, phase.handbook_id, Act.STATEMENT_JOINED, statement.id, facts)


def _invitation(
    session: Session,
    actor: Actor,
    statement: Statement,
    phase: Phase,
    name: str,
    written: str,
    now: datetime,
) -> Invitation:
    """Find the colleague's part in the round, or ask them in; either way the link is mailed."""
    language = session.get_one(Person, found(actor.person_id)).language
    person = find_colleague_at(session, written, name) or make_person(session, name, language, now)
    address = give_address(session, person, written, AddressState.OK, now)
    known = session.scalar(
        select(Invitation)
        .where(Invitation.phase_id == phase.id, Invitation.person_id == person.id)
        .with_for_update()
    )
    if known is not None:
        if known.state not in TAKING_PART:
            raise Refused(Reason.NOT_POSSIBLE_NOW)
        if known.address_id is not None:
            mail_new_link(session, phase, known, now)
        if known.organisation_id == statement.organisation_id:
            known.vouched = True
        return known
    affiliate(session, person, session.get_one(Organisation, statement.organisation_id), now)
    invitation = Invitation(
        phase_id=phase.id,
        person_id=person.id,
        organisation_id=statement.organisation_id,
        address_id=address.id,
        state=InvitationState.INVITED,
        origin=Origin.PASSED_ON,
        vouched=True,
        invited_at=now,
        created_at=now,
    )
    session.add(invitation)
    session.flush()
    kind = MessageKind.INVITATION
    mail_way_in(session, phase, invitation, kind, f"{kind.value}:{invitation.id}", now)
    return invitation


def take_out(installation: Installation, actor: Actor, person_id: str) -> None:
    """Let somebody work on the statement no longer: a colleague, by the holder; or oneself.

    Nothing for one who doesn't. Raises Refused: not possible now (the holder, who hands it over
    first), round closed, not allowed.
    """
    now = installation.clock.now()
    oneself = person_id == actor.person_id
    action = Action.WRITE_STATEMENT if oneself else Action.SUBMIT_STATEMENT
    with installation.database.write() as session:
        if oneself and _has_left(session, actor):
            return
        statement, found_round = load_statement(session, actor, action, now)
        if person_id == statement.holder_id:
            raise Refused(Reason.NOT_POSSIBLE_NOW)
        member = session.get(StatementMember, (statement.id, person_id))
        if member is None or member.left_at is not None:
            return
        member.left_at = now
        handbook_id = found_round.phase.handbook_id
        trace(
            session, actor, now, handbook_id, Act.STATEMENT_LEFT, statement.id,
            {"person": person_id},
        )  # fmt: skip


def _has_left(session: Session, actor: Actor) -> bool:
    left = select(StatementMember.person_id).join(
        Statement, Statement.id == StatementMember.statement_id
    )
    return bool(
        session.scalar(
            left.where(
                Statement.phase_id == actor.phase_id,
                StatementMember.person_id == actor.person_id,
                StatementMember.left_at.is_not(None),
            )
        )
    )


def hand_over(installation: Installation, actor: Actor, person_id: str) -> None:
    """Let a colleague who works on the statement submit it from now on.

    Raises Refused: not found (nobody who works on it), round closed, not allowed.
    """
    now = installation.clock.now()
    with installation.database.write() as session:
        statement, found_round = load_statement(session, actor, Action.WRITE_STATEMENT, now)
        if person_id == statement.holder_id:  # a second press: it has been handed over
            return
        require(actor, Action.SUBMIT_STATEMENT, statement_facts(session, actor, now))
        member = session.get(StatementMember, (statement.id, person_id))
        state = session.scalar(
            select(Invitation.state).where(
                Invitation.phase_id == statement.phase_id, Invitation.person_id == person_id
            )
        )
        if member is None or member.left_at is not None or state not in TAKING_PART:
            raise Refused(Reason.NOT_FOUND)
        statement.holder_id = person_id
        handbook_id = found_round.phase.handbook_id
        trace(
            session, actor, now, handbook_id, Act.STATEMENT_HANDED_OVER, statement.id,
            {"to": person_id},
        )  # fmt: skip
