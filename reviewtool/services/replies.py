"""Use cases of mail about replies: telling once a day who got any, and refusing such mail."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from reviewtool.domain.actors import Actor, ActorKind
from reviewtool.domain.contributions import ContributionState, Sharing, TurnVisibility
from reviewtool.domain.days import local_day
from reviewtool.domain.invitations import TAKING_PART
from reviewtool.domain.messages import MessageKind
from reviewtool.domain.policy import Action
from reviewtool.domain.replies import GATHERED_FOR, SETTLED, told_until
from reviewtool.domain.trace import Act
from reviewtool.infra.installation import Installation
from reviewtool.models.contributions import Contribution, Turn
from reviewtool.models.handbooks import Handbook
from reviewtool.models.invitations import Invitation
from reviewtool.models.links import Link
from reviewtool.models.messages import Message
from reviewtool.models.phases import Phase
from reviewtool.queries.facts import found, phase_facts
from reviewtool.services._invitations import load_invitation
from reviewtool.services._mailing import Recipient, mail_many, recipients
from reviewtool.services._phases import load_phase
from reviewtool.services._policy import require
from reviewtool.services._requests import is_repeat, remember
from reviewtool.services._trace import trace

_DAY = timedelta(days=1)


@dataclass(frozen=True)
class _Due:
    """Who of a phase is to be told this morning that somebody has replied to them."""

    phase_id: str
    until: datetime
    day: str
    people: frozenset[str]

    def event_of(self, _person: Recipient) -> str:
        """Name the event: one letter a day and phase (rule 8)."""
        return f"{MessageKind.REPLIES.value}:{self.phase_id}:{self.day}"

    @property
    def only(self) -> tuple[ColumnElement[bool], ...]:
        """The conditions on their invitations."""
        return (Invitation.person_id.in_(sorted(self.people)), Invitation.reply_mail.is_(True))


def tick(installation: Installation) -> int:
    """Queue the letters of this morning's replies; gives how many; done again, it adds none.

    Told is whoever wrote the contribution, or replied in its thread before. What was replied after
    the morning's hour is told the next day.
    """
    now = installation.clock.now()
    with installation.database.read() as session:
        # An idle process must not take the write lock of SQLite each minute.
        due = [
            one
            for one in _due(session, now)
            if recipients(session, one.phase_id, TAKING_PART, only=one.only)
        ]
    mailed = 0
    for one in due:
        with installation.database.write() as session:
            phase = load_phase(session, one.phase_id)
            people = recipients(session, phase.id, TAKING_PART, only=one.only)
            mailed += mail_many(session, now, phase, MessageKind.REPLIES, one.event_of, people)
    return mailed


def _due(session: Session, now: datetime) -> list[_Due]:
    """Find who is to be told, by phase; 2 queries, the second where anybody replied."""
    newest: dict[tuple[str, str], datetime] = {}
    zones: dict[str, str] = {}
    for phase_id, zone, turns in _threads(session, now):
        zones[phase_id] = zone
        until = told_until(now, zone)
        if local_day(until, zone) != local_day(now, zone) or now - until < SETTLED:
            continue  # this morning's hour hasn't come yet
        for number, (author_id, at) in enumerate(turns):
            if number and until - GATHERED_FOR < at <= until:
                for before, _at in turns[:number]:
                    if before != author_id:
                        key = phase_id, before
                        newest[key] = max(at, newest.get(key, at))
    if not newest:
        return []
    told = _told(session, {phase_id for phase_id, _person in newest})
    people: dict[str, set[str]] = defaultdict(set)
    for (phase_id, person_id), at in newest.items():
        last = told.get((phase_id, person_id))
        if last is None or told_until(last, zones[phase_id]) < at:
            people[phase_id].add(person_id)
    return [
        _Due(
            phase_id,
            told_until(now, zones[phase_id]),
            local_day(now, zones[phase_id]).isoformat(),
            frozenset(ids),
        )
        for phase_id, ids in people.items()
    ]


def _threads(session: Session, now: datetime) -> list[tuple[str, str, list[tuple[str, datetime]]]]:
    """Read the threads with a recent reply: phase, its time zone, who wrote when; 1 query."""
    recent = select(Turn.contribution_id).where(
        Turn.visibility == TurnVisibility.PARTICIPANTS,
        Turn.created_at > now - GATHERED_FOR - _DAY,
    )
    threads: dict[str, tuple[str, str, list[tuple[str, datetime]]]] = {}
    for said, zone, author_id, at in session.execute(
        select(Contribution, Handbook.time_zone, Turn.author_id, Turn.created_at)
        .join(Turn, Turn.contribution_id == Contribution.id)
        .join(Handbook, Handbook.id == Contribution.handbook_id)
        .where(
            Contribution.id.in_(recent),
            Contribution.state == ContributionState.RECEIVED,
            Contribution.sharing != Sharing.NOBODY,
            Turn.visibility == TurnVisibility.PARTICIPANTS,
        )
        .order_by(Turn.created_at, Turn.id)
    ):
        begun = (said.phase_id, zone, [(said.author_id, said.created_at)])
        threads.setdefault(said.id, begun)[2].append((author_id, at))
    return list(threads.values())


def _told(session: Session, phase_ids: set[str]) -> Mapping[tuple[str, str], datetime]:
    """Tell when each person of some phases was last told of replies."""
    rows = session.execute(
        select(Message.phase_id, Message.person_id, func.max(Message.created_at).label("at"))
        .where(Message.kind == MessageKind.REPLIES, Message.phase_id.in_(sorted(phase_ids)))
        .group_by(Message.phase_id, Message.person_id)
    )
    return {(row.phase_id or "", row.person_id): row.at for row in rows}


def choose_mail(installation: Installation, actor: Actor, wanted: bool, request_id: str) -> None:
    """Choose by one's own link whether one is mailed of replies in its phase. Raises Refused."""
    now = installation.clock.now()
    words = ["reply-mail", str(wanted)]
    with installation.database.write() as session:
        invitation = load_invitation(session, actor.invitation_id)
        facts = phase_facts(session, invitation.phase_id, now, actor)
        require(actor, Action.CHOOSE_MAIL, facts)
        if is_repeat(session, actor, request_id, words):
            return
        remember(session, actor, request_id, words, invitation.id, now)
        _choose(session, actor, invitation, wanted, now)


def refuse_mail(installation: Installation, link_id: str) -> None:
    """Refuse mail of replies by the address in a letter, whose token has been checked.

    It works for as long as letters lie about, whatever became of the link. Raises Refused (not
    found).
    """
    now = installation.clock.now()
    with installation.database.write() as session:
        link = found(session.get(Link, link_id))
        invitation = load_invitation(session, link.invitation_id)
        actor = Actor(ActorKind.LINK, person_id=invitation.person_id, link_id=link.id)
        _choose(session, actor, invitation, False, now)


def _choose(
    session: Session, actor: Actor, invitation: Invitation, wanted: bool, now: datetime
) -> None:
    if invitation.reply_mail is wanted:
        return
    invitation.reply_mail = wanted
    handbook_id = found(
        session.scalar(select(Phase.handbook_id).where(Phase.id == invitation.phase_id))
    )
    act = Act.REPLY_MAIL_WANTED if wanted else Act.REPLY_MAIL_REFUSED
    trace(session, actor, now, handbook_id, act, invitation.id)
