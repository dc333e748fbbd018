"""Messages of every kind, posted by the use cases that post them."""

from __future__ import annotations

import re
from datetime import timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

from sqlalchemy import select, update

from reviewtool.domain.links import Purpose
from reviewtool.domain.messages import MessageKind, MessageState
from reviewtool.domain.people import AddressState
from reviewtool.infra.installation import Installation
from reviewtool.mail.letter import Letter
from reviewtool.mail.render import letter
from reviewtool.models.links import Link
from reviewtool.models.messages import Message
from reviewtool.models.people import Address, Person
from reviewtool.services._outbox import post
from tests.factories.contributions import Table, make_table
from tests.factories.rounds import plan_phase

REQUEST = {
    "fi": "Lue oman aiheesi tekstit.\n\nYhdenkin tekstin kommentointi auttaa.",
    "sv": "Läs texterna om ditt eget område.\n\nDet hjälper även om du kommenterar en enda text.",
    "en": "Read the texts of your own field.\n\nCommenting on even one text helps.",
}

TOKEN = re.compile(r"[0-9a-z]{16}\.\d+\.[0-9a-f]{32}")
REFUSAL = re.compile(r"[0-9a-z]{16}\.[0-9a-f]{32}")
ID = re.compile(r"(?<!\w)[0-9a-hjkmnp-tv-z]{16}(?!\w)")
MADE_UP = re.compile(r"(Yhdistys|Henkilö) \w+")
FINGERPRINT = re.compile(r"[0-9a-f]{4}( [0-9a-f]{4}){3}")


def open_post(installation: Installation, people: int = 2) -> Table:
    """Open a round, with a request and a responsible person, whose invitations are queued."""
    table = make_table(installation, people=people)
    plan_phase(
        installation,
        table.round.editor,
        table.round.phase_id,
        request=REQUEST,
        responsible_name="Katri Vainiola",
        responsible_phone="+358 00 000 0101",
        responsible_email="katri.vainiola@kumaja.example.org",
    )
    return table


def post_letters(installation: Installation, number: int) -> list[str]:
    """Queue sign-in messages to as many people; gives their addresses."""
    now = installation.clock.now()
    addresses = []
    with installation.database.write() as session:
        for count in range(number):
            person = Person(name=f"Henkilö {count}", language="fi", created_at=now)
            session.add(person)
            session.flush()
            written = f"henkilo-{count}@jarjesto.example.org"
            address = Address(
                person_id=person.id,
                written=written,
                folded=written,
                state=AddressState.OK,
                created_at=now,
            )
            link = Link(person_id=person.id, purpose=Purpose.PARTICIPATE, created_at=now)
            session.add_all([address, link])
            session.flush()
            post(
                session,
                now,
                MessageKind.NEW_LINK,
                f"new-link:{link.id}",
                person_id=person.id,
                address_id=address.id,
                language="fi",
                context={"link": link.id},
            )
            addresses.append(written)
    return addresses


def newest(installation: Installation, kind: MessageKind) -> str:
    """Give the id of the newest message of a kind; of several, the last person's by name."""
    with installation.database.read() as session:
        return session.scalars(
            select(Message.id)
            .join(Person, Person.id == Message.person_id)
            .where(Message.kind == kind)
            .order_by(Message.created_at.desc(), Person.name.desc())
            .limit(1)
        ).one()


def write(installation: Installation, message_id: str, language: str = "fi") -> Letter | None:
    """Write a message's letter in a language, whatever its person's."""
    with installation.database.read() as session:
        message = session.get_one(Message, message_id)
        session.expunge(message)
        message.language = language
        return letter(session, message, installation)


def opened(written: Letter) -> EmailMessage:
    """Read a letter as a mail program does."""
    return message_from_bytes(written.content, _class=EmailMessage, policy=default)


def part(message: EmailMessage, kind: str) -> str:
    """Give the plain or the html part."""
    body = message.get_body((kind,))
    assert body is not None
    return str(body.get_content()).replace("\r\n", "\n")


def steadied(words: str) -> str:
    """Replace what differs from run to run: ids, tokens, fingerprints, made-up names."""
    words = REFUSAL.sub("<refusal>", TOKEN.sub("<token>", words))
    words = MADE_UP.sub(r"\1 N", words)
    return ID.sub("<id>", FINGERPRINT.sub("<fingerprint>", words))


def states(installation: Installation) -> dict[str, MessageState]:
    """Read the state of every message by its id."""
    with installation.database.read() as session:
        return {row.id: row.state for row in session.execute(select(Message.id, Message.state))}


def end_leases(installation: Installation) -> None:
    """Let the time of every lease pass."""
    past = installation.clock.now() - timedelta(seconds=1)
    with installation.database.write() as session:
        session.execute(update(Message).values(leased_until=past).where(Message.lease.is_not(None)))
