"""Workshops: the editors' pages, and those of the people who take part."""

from reviewtool.web.workshops import (
    arranging,
    attending,
    charts,
    joining,
    minutes,
    planning,
    projector,
    reading,
    room,
)
from reviewtool.web.workshops.door import editing, taking_part
from reviewtool.web.workshops.door import joining as joining_blueprint

__all__ = [
    "arranging",
    "attending",
    "charts",
    "editing",
    "joining",
    "joining_blueprint",
    "minutes",
    "planning",
    "projector",
    "reading",
    "room",
    "taking_part",
]
