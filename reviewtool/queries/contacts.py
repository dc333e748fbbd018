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


def contact_of(phase: Phase, handbook: Handbook) -> Contact:
    """Give whom to ask about a phase: its responsible person, or the handbook's contact."""
    return Contact(
        phase.responsible_name or handbook.contact_name,
        phase.responsible_phone or handbook.contact_phone,
        phase.responsible_email or handbook.contact_email,
    )


def names_contact(phase: Phase, handbook: Handbook) -> bool:
    """Tell whether somebody is named whom people can write to or call."""
    contact = contact_of(phase, handbook)
    return bool(contact.name and (contact.phone or contact.email))
