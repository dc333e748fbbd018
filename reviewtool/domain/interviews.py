"""Interviews: what a person may ask of a note that was made of their words."""

from enum import StrEnum


class NoteWish(StrEnum):
    """What a person asks of a note that isn't what they said."""

    CORRECT = "correct"
    WITHDRAW = "withdraw"
