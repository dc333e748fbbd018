"""Sections: the pieces of a handbook that are reviewed on their own, and why a revision arose."""

from enum import StrEnum


class SectionKind(StrEnum):
    """What a section is."""

    CHAPTER = "chapter"
    AREA = "area"
    ACTIVITY = "activity"
    STORY = "story"


class Cause(StrEnum):
    """What made a revision."""

    IMPORT = "import"
    EDIT = "edit"
    MERGE = "merge"
    TAKE = "take"
    UNDO = "undo"
    CORRECTION = "correction"
    SPLIT = "split"
    JOIN = "join"


class LineageKind(StrEnum):
    """How one section came from another."""

    SPLIT = "split"
    MERGED = "merged"


LANGUAGES = ("fi", "sv", "en")
"""The languages of texts, screens and mail."""


WORDS_A_MINUTE = 180
"""How fast text is read on a screen, roughly."""


def minutes_to_read(words: int) -> int:
    """Tell how long reading takes, in whole minutes, at least one; pages and mails say the same."""
    return max(1, round(words / WORDS_A_MINUTE))
