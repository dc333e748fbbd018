"""What supervisors are told: that pages work, and how long mail has waited."""

from datetime import timedelta

from flask.testing import FlaskClient
from sqlalchemy import update

from reviewtool.domain.messages import MessageState
from reviewtool.infra.clock import SetClock
from reviewtool.infra.installation import Installation
from reviewtool.models.messages import Message
from tests.factories.mail import post_letters


def waits(client: FlaskClient) -> int:
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert answer.json is not None
    assert answer.json["state"] == "ok"
    seconds = answer.json["oldest_mail_waits_seconds"]
    assert isinstance(seconds, int)
    return seconds


def set_all(installation: Installation, **values: object) -> None:
    with installation.database.write() as session:
        session.execute(update(Message).values(values))


def test_it_tells_how_long_the_oldest_mail_that_is_due_has_waited(
    installation: Installation, client: FlaskClient, clock: SetClock
) -> None:
    assert waits(client) == 0
    post_letters(installation, 1)
    clock.advance(minutes=20)
    post_letters(installation, 1)
    clock.advance(seconds=5)
    assert waits(client) == 20 * 60 + 5
    for state in (MessageState.DEFERRED, MessageState.SENDING):
        set_all(installation, state=state)
        assert waits(client) == 20 * 60 + 5
    for state in (MessageState.SENT, MessageState.FAILED, MessageState.CANCELLED):
        set_all(installation, state=state)
        assert waits(client) == 0


def test_mail_that_rests_is_not_due(
    installation: Installation, client: FlaskClient, clock: SetClock
) -> None:
    post_letters(installation, 1)
    later = clock.now() + timedelta(hours=1)
    set_all(installation, state=MessageState.DEFERRED, not_before=later)
    clock.advance(minutes=59)
    assert waits(client) == 0
    clock.advance(minutes=2)
    assert waits(client) == 60
