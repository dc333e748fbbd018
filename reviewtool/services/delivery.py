"""Delivery of the outbox: claim with a lease, write and send outside any transaction, settle.

The outbox table is the queue of record: whoever dies in the middle, the lease runs out and the
message is sent again with the same Message-ID (rule 7, 8). The embedded profile's thread and the
Celery workers run this same code, any number of them at once.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.errors import MessageError
from time import sleep

import structlog
from jinja2 import TemplateError
from sqlalchemy import exists, or_, select, update

from reviewtool.domain.deliveries import MESSAGE_TABLE, MessageMove
from reviewtool.domain.messages import MessageState
from reviewtool.domain.tables import step
from reviewtool.infra.ids import new_id
from reviewtool.infra.installation import Installation
from reviewtool.infra.logging import mask
from reviewtool.mail.letter import Letter, Never, NobodyThere, NotNow
from reviewtool.mail.render import letter
from reviewtool.mail.transport import PostOffice
from reviewtool.models.messages import Message

log = structlog.get_logger()

BATCH = 20
LEASE = timedelta(minutes=2)
MARGIN = timedelta(seconds=45)
"""A letter is begun only while its lease lasts this long: longer than the server may take."""

MOST_ATTEMPTS = 12
PAUSES = tuple(timedelta(minutes=m) for m in (1, 2, 5, 10, 20, 40, 60, 120, 240, 480, 720))
"""How long a message rests after its first, second, … attempt; about a day in all."""

UNWRITABLE = (TemplateError, LookupError, ValueError, TypeError, AttributeError, MessageError)
"""What goes wrong when a letter can't be made from its row: a fault that waiting doesn't cure."""


@dataclass(frozen=True)
class Claim:
    """A message that this process alone may settle, until the lease ends."""

    message_id: str
    lease: str
    until: datetime
    attempts: int


@dataclass
class Delivered:
    """What became of the messages of one run."""

    sent: int = 0
    deferred: int = 0
    failed: int = 0
    cancelled: int = 0
    released: int = 0
    server_away: bool = False


def deliver(
    installation: Installation,
    office: PostOffice,
    *,
    stop: Callable[[], bool] = lambda: False,
    wait: Callable[[float], None] = sleep,
) -> Delivered:
    """Send whatever is due, batch by batch, until nothing is or the mail server is away.

    Begins with what processes that died had taken. stop: asked between letters; wait: how to pass
    the seconds that the pace asks for.
    """
    done = Delivered()
    sweep(installation)
    while not done.server_away and not stop():
        claims = claim(installation, BATCH)
        if not claims:
            break
        for number, one in enumerate(claims):
            pause = office.pace.wait()
            late = installation.clock.now() + timedelta(seconds=pause) > one.until - MARGIN
            if done.server_away or late or stop():
                office.pace.give_back()
                release(installation, claims[number:])
                done.released += len(claims) - number
                break
            if pause:
                wait(pause)
            _deliver_one(installation, office, one, done)
    office.transport.close()
    return done


def claim(installation: Installation, most: int) -> list[Claim]:
    """Take due messages: one UPDATE … RETURNING, so that no two processes take the same."""
    now = installation.clock.now()
    due = Message.state.in_((MessageState.QUEUED, MessageState.DEFERRED)) & (
        Message.not_before <= now
    )
    with installation.database.read() as session:
        # An idle process must not take the write lock of SQLite each time it looks.
        if not session.scalar(select(exists().where(due))):
            return []
    lease, until = new_id(), now + LEASE
    chosen = (
        select(Message.id)
        .where(due)
        .order_by(Message.not_before, Message.id)
        .limit(most)
        .with_for_update(skip_locked=True)
        # As a plain subquery PostgreSQL may run it anew for each row, skip what it has locked
        # itself, and take more than the limit; a CTE that locks is run once.
        .cte("chosen")
    )
    with installation.database.write() as session:
        rows = session.execute(
            update(Message)
            .where(Message.id.in_(select(chosen.c.id)), due)
            .values(
                state=MessageState.SENDING,
                lease=lease,
                leased_until=until,
                attempts=Message.attempts + 1,
            )
            .returning(Message.id, Message.attempts, Message.not_before)
            .execution_options(synchronize_session=False)
        ).all()
    ordered = sorted(rows, key=lambda row: (row.not_before, row.id))
    return [Claim(row.id, lease, until, row.attempts) for row in ordered]


def release(installation: Installation, claims: list[Claim]) -> None:
    """Give back claims that were not begun: the attempt doesn't count."""
    with installation.database.write() as session:
        session.execute(
            update(Message)
            .where(
                Message.id.in_([one.message_id for one in claims]),
                Message.lease.in_({one.lease for one in claims}),
            )
            .values(
                state=MessageState.QUEUED,
                lease=None,
                leased_until=None,
                attempts=Message.attempts - 1,
            )
            .execution_options(synchronize_session=False)
        )


def sweep(installation: Installation) -> int:
    """Put back what a process took and never settled; gives how many. After N attempts it fails."""
    now = installation.clock.now()
    lost = (Message.state == MessageState.SENDING) & or_(
        Message.leased_until.is_(None), Message.leased_until < now
    )
    with installation.database.read() as session:
        if not session.scalar(select(exists().where(lost))):
            return 0
    swept = 0
    with installation.database.write() as session:
        for worn_out in (True, False):
            of_these = Message.attempts >= MOST_ATTEMPTS
            rows = session.execute(
                update(Message)
                .where(lost, of_these if worn_out else ~of_these)
                .values(
                    state=MessageState.FAILED if worn_out else MessageState.QUEUED,
                    error="the process that was sending it ended each time" if worn_out else "",
                    lease=None,
                    leased_until=None,
                )
                .returning(Message.id)
                .execution_options(synchronize_session=False)
            ).all()
            swept += len(rows)
    return swept


def _deliver_one(
    installation: Installation, office: PostOffice, one: Claim, done: Delivered
) -> None:
    """Write and send one claimed message, and settle it by what came of it."""
    try:
        written = _write(installation, one)
    except UNWRITABLE as error:
        log.error("message can't be written", message=one.message_id, exc_info=error)
        done.failed += _settle(installation, one, MessageMove.FAIL, type(error).__name__)
        return
    if written is None:
        done.cancelled += _settle(installation, one, MessageMove.DROP)
        return
    try:
        office.transport.send(written)
    except Never as error:
        done.failed += _settle(installation, one, MessageMove.FAIL, str(error))
    except NotNow as error:
        done.server_away = isinstance(error, NobodyThere)
        move = MessageMove.DEFER if one.attempts < MOST_ATTEMPTS else MessageMove.FAIL
        settled = _settle(installation, one, move, str(error))
        done.deferred += settled if move is MessageMove.DEFER else 0
        done.failed += settled if move is MessageMove.FAIL else 0
    else:
        done.sent += _settle(installation, one, MessageMove.SEND)


def _write(installation: Installation, one: Claim) -> Letter | None:
    with installation.database.read() as session:
        return letter(session, session.get_one(Message, one.message_id), installation)


def _settle(installation: Installation, one: Claim, move: MessageMove, error: str = "") -> int:
    """Record what became of a claim; gives 0 where the lease has passed to another process."""
    now = installation.clock.now()
    state = step(MESSAGE_TABLE, MessageState.SENDING, move).state
    values: dict[str, object] = {
        "state": state,
        "error": mask(error)[:500],
        "lease": None,
        "leased_until": None,
    }
    if state is MessageState.SENT:
        values["sent_at"] = now
    if state is MessageState.DEFERRED:
        values["not_before"] = now + PAUSES[min(one.attempts, len(PAUSES)) - 1]
    with installation.database.write() as session:
        rows = session.execute(
            update(Message)
            .where(Message.id == one.message_id, Message.lease == one.lease)
            .values(**values)
            .returning(Message.id)
            .execution_options(synchronize_session=False)
        ).all()
    if error:
        log.warning("message not sent", message=one.message_id, state=state.value, why=error)
    return len(rows)
