"""Handbooks: what an installation holds many of."""

from enum import StrEnum


class HandbookState(StrEnum):
    """Whether the public sees the handbook's texts."""

    IN_WORK = "in-work"
    PUBLISHED = "published"
