"""A real SMTP server for tests, that can be told how to behave."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


@dataclass
class Received:
    """A mail that the server took."""

    recipient: str
    message_id: str
    content: bytes


@dataclass
class Behaviour:
    """What the server does, and what it has received."""

    answers: dict[str, str] = field(default_factory=dict)
    """Address -> answer to RCPT, such as "550 no such user"."""
    data_answers: list[str] = field(default_factory=list)
    """Answers to the next DATA commands; used up, mails are taken."""
    drop_after: int | None = None
    """Take so many mails, but cut the connection before saying so for the next."""
    received: list[Received] = field(default_factory=list)
    connections: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def by_recipient(self) -> Counter[str]:
        """Count the mails that each address got."""
        return Counter(one.recipient for one in self.received)

    @property
    def ids_by_recipient(self) -> dict[str, set[str]]:
        """Give the Message-IDs that each address got."""
        found: dict[str, set[str]] = {}
        for one in self.received:
            found.setdefault(one.recipient, set()).add(one.message_id)
        return found

    async def handle_RCPT(  # noqa: N802 (the library's name)
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: Any
    ) -> str:
        """Answer for one recipient."""
        if address in self.answers:
            return self.answers[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802
        self, server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        """Take or refuse one mail."""
        content = envelope.content
        assert isinstance(content, bytes)
        if self.data_answers:
            return self.data_answers.pop(0)
        with self._lock:
            message_id = str(message_from_bytes(content)["Message-ID"])
            self.received += [Received(to, message_id, content) for to in envelope.rcpt_tos]
        if self.drop_after is not None and len(self.received) > self.drop_after:
            self.drop_after = None
            assert server.transport is not None
            server.transport.abort()
        return "250 taken"


class _Counting(Controller):
    def factory(self) -> SMTP:
        """Count the connections."""
        assert isinstance(self.handler, Behaviour)
        self.handler.connections += 1
        return super().factory()


@contextmanager
def smtp_server(port: int) -> Iterator[Behaviour]:
    """Run a server on a port of this machine."""
    behaviour = Behaviour()
    controller = _Counting(behaviour, hostname="127.0.0.1", port=port)
    controller.start()
    behaviour.connections = 0  # the library itself looks once whether it answers
    try:
        yield behaviour
    finally:
        controller.stop()
