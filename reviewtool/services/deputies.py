"""Use cases of deputies: named for a span of days, ended, and begun and ended by time itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from reviewtool.domain.actors import SYSTEM, Actor, ActorKind
from reviewtool.domain.days import local_day
from reviewtool.domain.invitations import ASKED, Origin
from reviewtool.domain.policy import Action
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.domain.trace import Act
from reviewtool.infra.installation import Installation
from reviewtool.models.deputies import Deputy
from reviewtool.models.handbooks import Handbook
from reviewtool.models.invitations import Invitation
from reviewtool.models.people import Person
from reviewtool.queries.facts import found, handbook_facts, phase_facts
from reviewtool.services._deputising import (
    begin_part,
    due_parts,
    end_part,
    end_span,
    parts_over,
)
from reviewtool.services._invitations import load_invitation
from reviewtool.services._passing_on import checked_name, find_colleague
from reviewtool.services._people import person_here
from reviewtool.services._policy import require
from reviewtool.services._requests import earlier, remember
from reviewtool.services._trace import trace

LONGEST_SPAN = timedelta(days=366)


@dataclass(frozen=True)
class Naming:
    """Who stands in, from which day to which."""

    name: str
    address: str
    starts_on: date
    ends_on: date


def name_deputy(
    installation: Installation,
    actor: Actor,
    handbook_id: str,
    person_id: str,
    naming: Naming,
    request_id: str,
) -> str:
    """Name who stands in for a person on some days, in all phases of a handbook; gives the deputy.

    An editor names one for anybody, a person by their own link for themselves. On the days the
    deputy has an own link wherever the person is still to answer. Raises Refused: empty, too long,
    bad address, dates wrong (past, turned round, too long), already done (another deputy on these
    days), not possible now (oneself, a deputy's deputy), not found, not allowed.
    """
    name, address = checked_name(naming.name, naming.address)
    now = installation.clock.now()
    words = ["deputy", person_id, name, address, f"{naming.starts_on} {naming.ends_on}"]
    with installation.database.write() as session:
        _require(session, actor, handbook_id, person_id, now)
        before = earlier(session, actor, request_id, words)
        if before is not None and before.same_words:
            return before.object_id
        _check_days(session, handbook_id, person_id, naming, now)
        person, own = find_colleague(session, person_id, name, address, now)
        deputy = Deputy(
            handbook_id=handbook_id,
            person_id=person_id,
            deputy_id=person.id,
            address_id=own.id,
            starts_on=naming.starts_on,
            ends_on=naming.ends_on,
            created_at=now,
        )
        session.add(deputy)
        session.flush()
        remember(session, actor, request_id, words, deputy.id, now)
        for due in due_parts(session, now, deputy.id):
            begin_part(session, actor, due, now)
        trace(
            session, actor, now, handbook_id, Act.DEPUTY_NAMED, deputy.id,
            {
                "person": person_id,
                "deputy": person.id,
                "starts_on": naming.starts_on.isoformat(),
                "ends_on": naming.ends_on.isoformat(),
            },
        )  # fmt: skip
        return deputy.id


def end_deputy(
    installation: Installation, actor: Actor, handbook_id: str, deputy_id: str, request_id: str
) -> None:
    """End a deputy's days, or take back those that haven't begun; ended before, it does nothing.

    The deputy's link reads on, and what they have said stays theirs. Raises Refused: not found,
    not allowed.
    """
    now = installation.clock.now()
    words = ["end-deputy", deputy_id]
    with installation.database.write() as session:
        deputy = session.scalar(select(Deputy).where(Deputy.id == deputy_id).with_for_update())
        person_id = deputy.person_id if deputy is not None else actor.person_id or ""
        _require(session, actor, handbook_id, person_id, now)
        before = earlier(session, actor, request_id, words)
        if before is not None and before.same_words:
            return
        if deputy is None or deputy.handbook_id != handbook_id:
            raise Refused(Reason.NOT_FOUND)
        today = _today(session, handbook_id, now)
        remember(session, actor, request_id, words, deputy_id, now)
        if deputy.ends_on >= today:
            end_span(session, actor, deputy, today, now)


def tick(installation: Installation) -> int:
    """Begin and end what deputies' days bring; gives how many parts; done again, it adds none."""
    now = installation.clock.now()
    with installation.database.read() as session:
        over = parts_over(session, now)
        due = [one.deputy.id for one in due_parts(session, now)]
    done = 0
    for part_id in over:
        with installation.database.write() as session:
            part = load_invitation(session, part_id)
            if part.state in ASKED:
                end_part(session, SYSTEM, part, now)
                done += 1
    for deputy_id in dict.fromkeys(due):
        with installation.database.write() as session:
            for one in due_parts(session, now, deputy_id):
                begin_part(session, SYSTEM, one, now)
                done += 1
    return done


def _require(
    session: Session, actor: Actor, handbook_id: str, person_id: str, now: datetime
) -> None:
    """Go on for the handbook's editors, and for the person by their own writing link."""
    if actor.kind is not ActorKind.LINK:
        require(actor, Action.RUN_PROCESS, handbook_facts(session, handbook_id))
        person_here(session, handbook_id, person_id)
        return
    part = found(session.get(Invitation, actor.invitation_id))
    require(actor, Action.ANSWER_INVITATION, phase_facts(session, part.phase_id, now, actor))
    if (actor.handbook_id, actor.person_id) != (handbook_id, person_id):
        raise Refused(Reason.NOT_ALLOWED)
    if part.origin is Origin.DEPUTY:
        raise Refused(Reason.NOT_POSSIBLE_NOW)


def _check_days(
    session: Session, handbook_id: str, person_id: str, naming: Naming, now: datetime
) -> None:
    """Raise Refused where the days can't be, or somebody stands in on one of them already."""
    today = _today(session, handbook_id, now)
    turned = naming.starts_on > naming.ends_on
    if turned or naming.ends_on < today or naming.ends_on - naming.starts_on > LONGEST_SPAN:
        raise Refused(Reason.DATES_WRONG)
    session.scalar(select(Person.id).where(Person.id == person_id).with_for_update())
    other = session.scalar(
        select(Deputy.id)
        .where(
            Deputy.handbook_id == handbook_id,
            Deputy.person_id == person_id,
            Deputy.starts_on <= naming.ends_on,
            Deputy.ends_on >= naming.starts_on,
        )
        .limit(1)
    )
    if other is not None:
        raise Refused(Reason.ALREADY_DONE)


def _today(session: Session, handbook_id: str, now: datetime) -> date:
    return local_day(now, session.get_one(Handbook, handbook_id).time_zone)
