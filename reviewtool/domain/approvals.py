"""Approvals: one person's decision on one exact text, in a stated capacity (rule 5)."""

from enum import StrEnum


class Decision(StrEnum):
    """What a person decided on a text."""

    APPROVED = "approved"
    WITH_COMMENTS = "approved-with-comments"
    CHANGES_REQUESTED = "changes-requested"
    NO_POSITION = "no-position"
    NOTHING_TO_SAY = "nothing-to-say"


class Capacity(StrEnum):
    """In what capacity a person answers; none of them is a decision of the municipality."""

    EXPERT = "own-expert-view"
    WORKING_GROUP = "working-group"
    BOARD = "board"


class Standing(StrEnum):
    """How a decision stands against the text shown now."""

    CURRENT = "current"
    CARRIED = "carried"
    EARLIER_TEXT = "earlier-text"
    SILENT = "silent"


APPROVING = frozenset({Decision.APPROVED, Decision.WITH_COMMENTS})
"""Decisions that count as an approval of the text."""
