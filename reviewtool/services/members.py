"""Use cases of a handbook's members: its editors and administrators."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from reviewtool.domain.actors import Actor, ActorKind
from reviewtool.domain.links import Purpose
from reviewtool.domain.messages import MessageKind
from reviewtool.domain.people import LONGEST_NAME, AddressState, Role
from reviewtool.domain.policy import Action
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.domain.trace import Act
from reviewtool.infra.installation import Installation
from reviewtool.models.handbooks import Membership
from reviewtool.models.people import Account, Address, Person
from reviewtool.office.addresses import address_of
from reviewtool.queries.facts import handbook_facts
from reviewtool.services._links import make_short_link
from reviewtool.services._outbox import post
from reviewtool.services._people import find_person, give_address, make_person, sign_in_by
from reviewtool.services._policy import require
from reviewtool.services._requests import earlier, remember
from reviewtool.services._trace import trace

FIRST_LINK_LIVES = timedelta(hours=24)
"""A new member doesn't wait at the mailbox; afterwards sign-in links are asked for."""


def add_member(
    installation: Installation,
    actor: Actor,
    handbook_id: str,
    *,
    name: str,
    address: str,
    role: Role,
    language: str,
    request_id: str,
) -> str:
    """Give somebody a role in a handbook and an account, and mail a sign-in link; gives the person.

    Raises Refused: empty, bad address, already done (a member with this role), not allowed (only
    administrators make administrators, and change by what address somebody signs in).
    """
    name, address = name.strip(), address_of(address)
    if not name:
        raise Refused(Reason.EMPTY, details={"field": "name"})
    if len(name) > LONGEST_NAME:
        raise Refused(Reason.TOO_LONG)
    if not address:
        raise Refused(Reason.BAD_ADDRESS)
    now = installation.clock.now()
    words = [handbook_id, name, address, role.value]
    with installation.database.write() as session:
        require(actor, Action.MANAGE_MEMBERS, handbook_facts(session, handbook_id))
        _require_for_role(actor, handbook_id, role)
        before = earlier(session, actor, request_id, words)
        if before is not None and before.same_words:
            return before.object_id
        person = find_person(session, address, name) or make_person(session, name, language, now)
        given = give_address(session, person, address, AddressState.OK, now)
        sign_in_by(session, person, given)
        _give_role(session, handbook_id, person, role, now)
        _mail_first_link(session, handbook_id, person, given, now)
        remember(session, actor, request_id, words, person.id, now)
        facts: dict[str, str | int | bool | None] = {"role": role.value}
        trace(session, actor, now, handbook_id, Act.MEMBERSHIP_GIVEN, person.id, facts)
        return person.id


def _give_role(
    session: Session, handbook_id: str, person: Person, role: Role, now: datetime
) -> None:
    """Give a person a role and an open account. Raises Refused (already done)."""
    membership = _membership(session, handbook_id, person.id)
    if membership is None:
        session.add(
            Membership(handbook_id=handbook_id, person_id=person.id, role=role, created_at=now)
        )
    elif membership.role is role:
        raise Refused(Reason.ALREADY_DONE)
    else:
        membership.role = role
    account = session.scalar(select(Account).where(Account.person_id == person.id))
    if account is None:
        session.add(Account(person_id=person.id, administrator=False, active=True, created_at=now))
    else:
        account.active = True


def _mail_first_link(
    session: Session, handbook_id: str, person: Person, address: Address, now: datetime
) -> None:
    link = make_short_link(
        session, now, person_id=person.id, purpose=Purpose.SIGN_IN, lives=FIRST_LINK_LIVES
    )
    post(
        session,
        now,
        MessageKind.SIGN_IN,
        f"{MessageKind.SIGN_IN.value}:{link.id}",
        person_id=person.id,
        address_id=address.id,
        language=person.language,
        handbook_id=handbook_id,
        context={"link": link.id},
    )


def remove_member(
    installation: Installation, actor: Actor, handbook_id: str, person_id: str
) -> None:
    """Take somebody's role in a handbook; what they did stays under their name.

    Removing again does nothing. Raises Refused: not possible now (the last member), not allowed
    (only administrators remove administrators).
    """
    now = installation.clock.now()
    with installation.database.write() as session:
        require(actor, Action.MANAGE_MEMBERS, handbook_facts(session, handbook_id))
        membership = _membership(session, handbook_id, person_id)
        if membership is None:
            return
        _require_for_role(actor, handbook_id, membership.role)
        left = session.scalar(
            select(func.count())
            .select_from(Membership)
            .where(Membership.handbook_id == handbook_id, Membership.person_id != person_id)
        )
        if not left:
            raise Refused(Reason.NOT_POSSIBLE_NOW)
        session.delete(membership)
        trace(session, actor, now, handbook_id, Act.MEMBERSHIP_TAKEN, person_id)


def _membership(session: Session, handbook_id: str, person_id: str) -> Membership | None:
    return session.scalar(
        select(Membership)
        .where(Membership.handbook_id == handbook_id, Membership.person_id == person_id)
        .with_for_update()
    )


def _require_for_role(actor: Actor, handbook_id: str, role: Role) -> None:
    if role is not Role.ADMINISTRATOR:
        return
    own = actor.roles.get(handbook_id)
    if own is not role and not actor.administrator and actor.kind is not ActorKind.SYSTEM:
        raise Refused(Reason.NOT_ALLOWED)
