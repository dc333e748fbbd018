"""What delivers a finished letter: an SMTP server, or the local mailbox."""

from __future__ import annotations

from dataclasses import dataclass, field
from time import monotonic
from typing import Protocol

from reviewtool.config.settings import Settings
from reviewtool.mail.letter import Letter
from reviewtool.mail.mailbox import Mailbox
from reviewtool.mail.smtp import SmtpServer


class Transport(Protocol):
    """Something that takes letters."""

    def send(self, letter: Letter) -> None:
        """Hand over one letter.

        Raises NotNow (try again later), Never (this letter won't be taken), or NobodyThere
        (no letter can be handed over at present).
        """

    def close(self) -> None:
        """End the connection, where there is one."""


@dataclass
class Pace:
    """A rate limit: so many letters a minute, a sixth of them at once after a pause."""

    per_minute: int
    _allowance: float = field(init=False)
    _seen: float = field(init=False)

    def __post_init__(self) -> None:
        """Begin with a full allowance."""
        self._allowance = self._most
        self._seen = monotonic()

    @property
    def _most(self) -> float:
        return max(1.0, self.per_minute / 6)

    def wait(self) -> float:
        """Take one letter's turn; give the seconds to wait before it may go."""
        now = monotonic()
        earned = (now - self._seen) * self.per_minute / 60
        self._allowance = min(self._most, self._allowance + earned) - 1
        self._seen = now
        return max(0.0, -self._allowance * 60 / self.per_minute)

    def give_back(self) -> None:
        """Return a turn that wasn't used."""
        self._allowance += 1


@dataclass
class PostOffice:
    """The way out of one process: its transport and its pace, kept from batch to batch."""

    transport: Transport
    pace: Pace

    @classmethod
    def of(cls, settings: Settings) -> PostOffice:
        """Open the post office that the settings name; connects with the first letter."""
        transport: Transport = (
            SmtpServer(settings.smtp_url) if settings.smtp_url else Mailbox(settings.mailbox_dir)
        )
        return cls(transport, Pace(settings.mail_per_minute))
