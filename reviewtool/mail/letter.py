"""A finished letter, as bytes that are the same each time it is made, and what can befall it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr

from reviewtool.mail.headers import LETTERS


class NotNow(Exception):  # noqa: N818 (an answer of the other side, not an error of ours)
    """The letter wasn't taken now, but may be later; the text is the other side's."""


class Never(Exception):  # noqa: N818
    """The letter won't ever be taken; the text is the other side's."""


class NobodyThere(NotNow):
    """No letter can be handed over at present: the server is away or turns us down."""


@dataclass(frozen=True)
class Letter:
    """One letter ready to go: envelope and content."""

    message_id: str
    """The public id of the row that it was made from."""
    sender: str
    recipient: str
    content: bytes


@dataclass(frozen=True)
class Envelope:
    """What the headers of a letter are made from."""

    id: str
    host: str
    sender: str
    """As in settings: name and address."""
    recipient_name: str
    recipient: str
    reply_to_name: str
    reply_to: str
    thread: str | None
    """What all letters of one person and phase refer to; None for those that stand alone."""
    language: str
    written_at: datetime
    refusal_url: str = ""
    """Where a mail program refuses such letters for its user with one press (RFC 8058)."""


@dataclass(frozen=True)
class Enclosure:
    """A file that goes along with a letter: text in UTF-8, such as a calendar entry."""

    name: str
    subtype: str
    """What kind of text it is, with the parameters that mail programs ask for."""
    content: str
    parameters: tuple[tuple[str, str], ...] = ()


def make_letter(
    envelope: Envelope, subject: str, text: str, html: str, enclosures: Sequence[Enclosure] = ()
) -> Letter:
    """Put a letter together. Raises ValueError where a header would hold a line break."""
    message = EmailMessage(policy=LETTERS)
    name, sender = parseaddr(envelope.sender)
    message["From"] = Address(name, addr_spec=sender)
    message["To"] = Address(envelope.recipient_name, addr_spec=envelope.recipient)
    if envelope.reply_to:
        message["Reply-To"] = Address(envelope.reply_to_name, addr_spec=envelope.reply_to)
    message["Subject"] = subject
    message["Date"] = format_datetime(envelope.written_at)
    message["Message-ID"] = f"<{envelope.id}@{envelope.host}>"
    if envelope.thread:
        thread = f"<{envelope.thread}@{envelope.host}>"
        message["In-Reply-To"] = thread
        message["References"] = thread
    if envelope.refusal_url:
        message["List-Unsubscribe"] = f"<{envelope.refusal_url}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(text, cte="quoted-printable")
    message.add_alternative(html, subtype="html", cte="quoted-printable")
    # The library would draw random boundaries, and a letter sent again would differ.
    message.set_boundary(f"=_{envelope.id}")
    for one in enclosures:
        message.add_attachment(
            one.content,
            subtype=one.subtype,
            cte="base64",
            filename=one.name,
            params=dict(one.parameters),
        )
        message.set_boundary(f"=_{envelope.id}_all")
    # Set now: the library moves what is there before it into the first part.
    message["Content-Language"] = envelope.language
    return Letter(envelope.id, sender, envelope.recipient, message.as_bytes())
