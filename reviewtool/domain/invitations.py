"""Invitations: how a person comes to a phase, and how far they are."""

from enum import StrEnum


class InvitationState(StrEnum):
    """How far a person is in a phase; *came in* is their first POST, never an opening (rule 6)."""

    UNCONFIRMED = "unconfirmed"
    PREPARED = "prepared"
    INVITED = "invited"
    CAME_IN = "came-in"
    READY = "ready"
    DECLINED = "declined"
    PASSED_ON = "passed-on"
    CANCELLED = "cancelled"


class Origin(StrEnum):
    """How a person came to a phase."""

    INVITED = "invited"
    SIGNED_UP = "signed-up"
    PASSED_ON = "passed-on"
    RECORDED = "recorded"
