"""The pages behind a participant's personal link."""

from reviewtool.web.participant import (
    alike,
    answering,
    attaching,
    landing,
    previewing,
    proposing,
    replying,
    statements,
    unsent,
    verdicts,
    views,
    writing,
)
from reviewtool.web.participant.door import blueprint

__all__ = [
    "alike",
    "answering",
    "attaching",
    "blueprint",
    "landing",
    "previewing",
    "proposing",
    "replying",
    "statements",
    "unsent",
    "verdicts",
    "views",
    "writing",
]
