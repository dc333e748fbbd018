"""Whom people can ask about a phase: a step of queries and use cases."""

from __future__ import annotations

from dataclasses import dataclass

from reviewtool.models.handbooks import Handbook
from reviewtool.models.phases import Phase


@dataclass(frozen=True)
class Contact:
    """A named person, and how to reach them; parts may be empty."""

    name: str
    phone: str
    email: str

    @property
    def reachable(self) -> bool:
        """Tell whether somebody is named whom people can write to or call."""
        return bool(self.name and (self.phone or self.email))


def contact_of(phase: Phase, handbook: Handbook) -> Contact:
    """Give whom to ask about a phase: its responsible person, or the handbook's contact.

    Always one of the two as a whole, never one's name with the other's number.
    """
    own = Contact(phase.responsible_name, phase.responsible_phone, phase.responsible_email)
    return own if own.reachable else contact_of_handbook(handbook)


def contact_of_handbook(handbook: Handbook) -> Contact:
    """Give whom to ask about a handbook."""
    return Contact(handbook.contact_name, handbook.contact_phone, handbook.contact_email)


def names_contact(phase: Phase, handbook: Handbook) -> bool:
    """Tell whether somebody is named whom people can write to or call."""
    return contact_of(phase, handbook).reachable
