"""Workshops: the editors' pages, and those of the people who take part."""

from reviewtool.web.workshops import arranging, attending, joining, planning, projector, room
from reviewtool.web.workshops.door import editing, taking_part
from reviewtool.web.workshops.door import joining as joining_blueprint

__all__ = [
    "arranging",
    "attending",
    "editing",
    "joining",
    "joining_blueprint",
    "planning",
    "projector",
    "room",
    "taking_part",
]
