"""Workshops: the editors' pages, and those of the people who take part."""

from reviewtool.web.workshops import attending, planning
from reviewtool.web.workshops.door import editing, taking_part

__all__ = ["attending", "editing", "planning", "taking_part"]
