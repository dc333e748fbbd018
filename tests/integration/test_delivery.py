"""The outbox: each message once, whatever refuses, drops or dies."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from reviewtool.domain.deliveries import MESSAGE_TABLE, MessageMove
from reviewtool.domain.messages import MessageState
from reviewtool.domain.tables import undecided
from reviewtool.infra.clock import SetClock
from reviewtool.infra.installation import Installation
from reviewtool.mail.letter import Letter, NotNow
from reviewtool.mail.mailbox import Mailbox
from reviewtool.mail.transport import Pace, PostOffice
from reviewtool.models.messages import Message
from reviewtool.models.people import Person
from reviewtool.services.delivery import (
    LEASE,
    MOST_ATTEMPTS,
    PAUSES,
    claim,
    deliver,
    release,
    sweep,
)
from tests.factories.mail import end_leases, post_letters, states
from tests.servers import free_port
from tests.smtp_server import Behaviour, smtp_server


@pytest.fixture
def server(installation: Installation) -> Iterator[Behaviour]:
    """Give a mail server that the installation uses."""
    port = free_port()
    object.__setattr__(
        installation,
        "settings",
        replace(installation.settings, smtp_url=f"smtp://127.0.0.1:{port}"),
    )
    with smtp_server(port) as behaviour:
        yield behaviour


@pytest.fixture
def office(installation: Installation, server: Behaviour) -> PostOffice:
    """Give the way out to that server."""
    made = PostOffice.of(installation.settings)
    made.pace = Pace(1_000_000)
    return made


def message_of(installation: Installation) -> Message:
    """Read the only message."""
    with installation.database.read() as session:
        return session.scalars(select(Message)).one()


def test_every_pair_of_the_table_is_decided() -> None:
    assert undecided(MESSAGE_TABLE, MessageState, MessageMove) == []


def test_everybody_gets_theirs_over_one_connection(
    installation: Installation, server: Behaviour, office: PostOffice, clock: SetClock
) -> None:
    addresses = post_letters(installation, 45)
    done = deliver(installation, office)
    assert done.sent == 45
    assert server.by_recipient == dict.fromkeys(addresses, 1)
    assert server.connections == 1
    assert set(states(installation).values()) == {MessageState.SENT}
    assert deliver(installation, office).sent == 0


def test_a_message_waits_until_it_is_due(
    installation: Installation, server: Behaviour, office: PostOffice, clock: SetClock
) -> None:
    post_letters(installation, 1)
    clock.at -= timedelta(hours=1)
    assert deliver(installation, office).sent == 0
    clock.advance(hours=1)
    assert deliver(installation, office).sent == 1


def test_a_4xx_answer_is_tried_again_later_with_growing_pauses(
    installation: Installation, server: Behaviour, office: PostOffice, clock: SetClock
) -> None:
    post_letters(installation, 2)
    server.answers["henkilo-0@jarjesto.example.org"] = "450 4.2.0 greylisted"
    first = deliver(installation, office)
    assert (first.sent, first.deferred) == (1, 1)
    assert deliver(installation, office).deferred == 0
    clock.at += PAUSES[0]
    assert deliver(installation, office).deferred == 1
    clock.at += PAUSES[0]
    assert deliver(installation, office).deferred == 0
    server.answers.clear()
    clock.at += PAUSES[1]
    assert deliver(installation, office).sent == 1
    assert set(server.by_recipient.values()) == {1}


def test_a_5xx_answer_ends_it_with_the_servers_words(
    installation: Installation, server: Behaviour, office: PostOffice
) -> None:
    (address,) = post_letters(installation, 1)
    server.answers[address] = f"550 5.1.1 <{address}> is not here"
    assert deliver(installation, office).failed == 1
    message = message_of(installation)
    assert message.state is MessageState.FAILED
    assert message.error == "550 5.1.1 <<address>> is not here"
    assert message.attempts == 1


def test_a_refused_content_says_why_too(
    installation: Installation, server: Behaviour, office: PostOffice
) -> None:
    post_letters(installation, 1)
    server.data_answers = ["554 5.7.1 looks like spam"]
    deliver(installation, office)
    assert message_of(installation).error == "554 5.7.1 looks like spam"


def test_a_connection_that_is_cut_costs_nobody_their_mail(
    installation: Installation, server: Behaviour, office: PostOffice, clock: SetClock
) -> None:
    """The server took the mail and died before saying so: it comes twice, with the same id."""
    addresses = post_letters(installation, 10)
    server.drop_after = 4
    first = deliver(installation, office)
    assert first.server_away
    assert first.sent == 4
    clock.at += PAUSES[0]
    deliver(installation, office)
    assert set(server.by_recipient) == set(addresses)
    assert sorted(server.by_recipient.values()) == [1] * 9 + [2]
    assert all(len(ids) == 1 for ids in server.ids_by_recipient.values())
    twice = [one.content for one in server.received if server.by_recipient[one.recipient] == 2]
    assert twice[0] == twice[1]


@pytest.mark.only("sqlite", reason="the mail server is away, whatever the database")
def test_while_the_server_is_away_only_one_message_spends_an_attempt(
    installation: Installation, clock: SetClock
) -> None:
    post_letters(installation, 5)
    away = replace(installation.settings, smtp_url=f"smtp://127.0.0.1:{free_port()}")
    done = deliver(installation, PostOffice.of(away))
    assert (done.deferred, done.released, done.server_away) == (1, 4, True)
    with installation.database.read() as session:
        attempts = session.scalars(select(Message.attempts)).all()
    assert sorted(attempts) == [0, 0, 0, 0, 1]


class Sulking:
    """A transport that never takes anything."""

    def send(self, letter: Letter) -> None:
        """Refuse for now."""
        raise NotNow("450 later")

    def close(self) -> None:
        """Do nothing."""


@pytest.mark.only("sqlite", reason="counts attempts, the same on both")
def test_after_the_last_attempt_it_has_failed_visibly(
    installation: Installation, clock: SetClock
) -> None:
    post_letters(installation, 1)
    office = PostOffice(Sulking(), Pace(1_000_000))
    for _attempt in range(MOST_ATTEMPTS):
        deliver(installation, office)
        clock.at += PAUSES[-1]
    message = message_of(installation)
    assert (message.state, message.attempts) == (MessageState.FAILED, MOST_ATTEMPTS)
    assert message.error == "450 later"


def test_two_deliverers_at_once_send_each_message_once(
    installation: Installation, server: Behaviour
) -> None:
    addresses = post_letters(installation, 60)

    def run() -> None:
        office = PostOffice.of(installation.settings)
        office.pace = Pace(1_000_000)
        deliver(installation, office)

    threads = [threading.Thread(target=run) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert server.by_recipient == dict.fromkeys(addresses, 1)
    assert set(states(installation).values()) == {MessageState.SENT}


def test_what_a_dead_process_took_comes_back_when_its_lease_ends(
    installation: Installation, server: Behaviour, office: PostOffice, clock: SetClock
) -> None:
    post_letters(installation, 3)
    assert len(claim(installation, 2)) == 2
    assert deliver(installation, office).sent == 1
    assert sweep(installation) == 0
    clock.at += LEASE + timedelta(seconds=1)
    assert deliver(installation, office).sent == 2


def test_a_lease_that_has_ended_settles_nothing(
    installation: Installation, server: Behaviour, office: PostOffice, clock: SetClock
) -> None:
    """A process that was stopped for long must not undo what another one did meanwhile."""
    post_letters(installation, 1)
    late = claim(installation, 1)
    clock.at += LEASE + timedelta(seconds=1)
    sweep(installation)
    assert deliver(installation, office).sent == 1
    release(installation, late)
    assert message_of(installation).state is MessageState.SENT


def test_a_message_that_kills_its_process_each_time_is_given_up(
    installation: Installation, clock: SetClock
) -> None:
    post_letters(installation, 1)
    for _attempt in range(MOST_ATTEMPTS):
        assert len(claim(installation, 1)) == 1
        end_leases(installation)
        sweep(installation)
    assert claim(installation, 1) == []
    assert message_of(installation).state is MessageState.FAILED


def test_a_letter_that_cannot_be_written_stops_no_other(
    installation: Installation, server: Behaviour, office: PostOffice
) -> None:
    post_letters(installation, 3)
    with installation.database.write() as session:
        broken = session.scalars(select(Message).order_by(Message.id).limit(1)).one()
        broken.context = {}
    done = deliver(installation, office)
    assert (done.sent, done.failed) == (2, 1)


def test_what_is_no_longer_wanted_is_cancelled_unsent(
    installation: Installation, server: Behaviour, office: PostOffice, clock: SetClock
) -> None:
    post_letters(installation, 1)
    with installation.database.write() as session:
        session.scalars(select(Person)).one().erased_at = clock.now()
    assert deliver(installation, office).cancelled == 1
    assert server.received == []
    assert message_of(installation).state is MessageState.CANCELLED


@pytest.mark.only("sqlite", reason="the pace is the process's own")
def test_the_pace_holds_letters_back(installation: Installation) -> None:
    post_letters(installation, 5)
    office = PostOffice(Mailbox(installation.settings.mailbox_dir), Pace(6))
    waited: list[float] = []
    done = deliver(installation, office, wait=waited.append)
    assert done.sent == 5
    assert len(waited) == 4
    assert 9 < waited[0] <= 10


@dataclass
class Stopper:
    """Says stop after some letters."""

    left: int

    def __call__(self) -> bool:
        """Count down."""
        self.left -= 1
        return self.left < 0


@pytest.mark.only("sqlite", reason="stopping is the process's own")
def test_a_stop_gives_back_what_was_not_begun(installation: Installation) -> None:
    post_letters(installation, 5)
    office = PostOffice(Mailbox(installation.settings.mailbox_dir), Pace(1_000_000))
    done = deliver(installation, office, stop=Stopper(3))
    assert (done.sent, done.released) == (2, 3)
    assert deliver(installation, office).sent == 3


@pytest.mark.only("sqlite", reason="files, whatever the database")
def test_the_local_mailbox_keeps_one_file_for_a_message(installation: Installation) -> None:
    post_letters(installation, 2)
    mailbox = Mailbox(installation.settings.mailbox_dir)
    office = PostOffice(mailbox, Pace(1_000_000))
    deliver(installation, office)
    with installation.database.write() as session:
        for message in session.scalars(select(Message)):
            message.state = MessageState.QUEUED
    deliver(installation, office)
    letters = mailbox.letters()
    assert len(letters) == 2
    assert [one.recipient for one in mailbox.letters("henkilo-1")] == [
        "Henkilö 1 <henkilo-1@jarjesto.example.org>"
    ]
    assert mailbox.letter("../../etc/passwd") is None
