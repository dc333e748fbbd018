"""What every mail has: who writes to whom, about which handbook and phase, whom to ask."""

from dataclasses import dataclass
from datetime import date

from reviewtool.mail.letter import Enclosure
from reviewtool.queries.contacts import Contact


@dataclass(frozen=True)
class Frame:
    """The common part of all contexts; empty strings where there is no handbook or phase."""

    language: str
    recipient: str
    sender: str
    handbook: str
    phase: str
    closes_on: date | None
    contact: Contact
    host: str
    """The association that answers for the personal data."""
    request_url: str
    """The public page with the same request."""
    privacy_url: str


@dataclass(frozen=True, kw_only=True)
class Mail:
    """The context of a mail; each kind adds its own."""

    frame: Frame

    @property
    def enclosures(self) -> tuple[Enclosure, ...]:
        """What goes along with the letter."""
        return ()

    @property
    def named(self) -> bool:
        """Whether the letter calls its recipient by name: not where anybody may have typed it."""
        return True

    @property
    def refusal_url(self) -> str:
        """The address at which such mails are refused with one press; empty where they can't be."""
        return ""
