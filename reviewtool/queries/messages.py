"""Outgoing mail of a handbook, as its editors watch it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from reviewtool.domain.actors import Actor
from reviewtool.domain.messages import MessageKind, MessageState
from reviewtool.domain.people import fold
from reviewtool.domain.policy import Action, may
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.models.messages import Message
from reviewtool.models.people import Address, Person
from reviewtool.models.phases import Phase
from reviewtool.queries.facts import handbook_facts
from reviewtool.queries.paging import page_within

PAGE = 50

WAITING = (MessageState.QUEUED, MessageState.SENDING, MessageState.DEFERRED)


@dataclass(frozen=True)
class MessageFilter:
    """What an editor looks for."""

    state: MessageState | None = None
    kind: MessageKind | None = None
    words: str = ""
    """Part of a name or an address."""


@dataclass(frozen=True)
class MessageLine:
    """One mail and its fate; never its content, which holds a personal link."""

    id: str
    kind: MessageKind
    state: MessageState
    person_id: str
    name: str
    address: str
    phase: dict[str, str]
    created_at: datetime
    not_before: datetime
    sent_at: datetime | None
    attempts: int
    error: str


@dataclass(frozen=True)
class MessagesPage:
    """Counts over all messages of a handbook, and one page of those looked for."""

    counts: dict[MessageState, int]
    oldest_waiting: datetime | None
    found: int
    page: int
    pages: int
    lines: tuple[MessageLine, ...]


def oldest_due(session: Session, now: datetime) -> datetime | None:
    """Tell since when the mail that is due the longest waits, of all handbooks; 1 query."""
    return session.scalar(
        select(func.min(Message.not_before)).where(
            Message.state.in_(WAITING), Message.not_before <= now
        )
    )


def messages_page(
    session: Session,
    actor: Actor,
    handbook_id: str,
    wanted: MessageFilter,
    page: int,
    now: datetime,
) -> MessagesPage:
    """Read the messages of a handbook, newest first; 5 queries. Raises Refused."""
    if not may(actor, Action.RUN_PROCESS, handbook_facts(session, handbook_id)):
        raise Refused(Reason.NOT_ALLOWED)
    counts = dict.fromkeys(MessageState, 0)
    for row in session.execute(
        select(Message.state, func.count().label("number"))
        .where(Message.handbook_id == handbook_id)
        .group_by(Message.state)
    ):
        counts[row.state] = row.number
    oldest = session.scalar(
        select(func.min(Message.not_before)).where(
            Message.handbook_id == handbook_id,
            Message.state.in_(WAITING),
            Message.not_before <= now,
        )
    )
    conditions = _conditions(handbook_id, wanted)
    found = session.scalars(
        select(func.count(Message.id))
        .join(Person, Person.id == Message.person_id)
        .join(Address, Address.id == Message.address_id)
        .where(*conditions)
    ).one()
    page, pages = page_within(found, PAGE, page)
    return MessagesPage(
        counts, oldest, found, page, pages, tuple(_lines(session, conditions, page))
    )


def _conditions(handbook_id: str, wanted: MessageFilter) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = [Message.handbook_id == handbook_id]
    if wanted.state is not None:
        conditions.append(Message.state == wanted.state)
    if wanted.kind is not None:
        conditions.append(Message.kind == wanted.kind)
    if wanted.words:
        conditions.append(
            or_(
                Address.folded.contains(fold(wanted.words), autoescape=True),
                Person.name.icontains(wanted.words, autoescape=True),
            )
        )
    return conditions


def _lines(session: Session, conditions: list[ColumnElement[bool]], page: int) -> list[MessageLine]:
    rows = session.execute(
        select(Message, Person.name, Address.written, Phase.title)
        .join(Person, Person.id == Message.person_id)
        .join(Address, Address.id == Message.address_id)
        .outerjoin(Phase, Phase.id == Message.phase_id)
        .where(*conditions)
        .order_by(Message.created_at.desc(), Message.id)
        .limit(PAGE)
        .offset((page - 1) * PAGE)
    )
    return [
        MessageLine(
            id=row.Message.id,
            kind=row.Message.kind,
            state=row.Message.state,
            person_id=row.Message.person_id,
            name=row.name,
            address=row.written,
            phase=row.title or {},
            created_at=row.Message.created_at,
            not_before=row.Message.not_before,
            sent_at=row.Message.sent_at,
            attempts=row.Message.attempts,
            error=row.Message.error,
        )
        for row in rows
    ]
