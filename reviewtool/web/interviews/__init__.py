"""Interviews: the editors note who spoke and what was said; the person reads it by their link."""

from reviewtool.web.interviews import holding, noting, own, settling
from reviewtool.web.interviews.door import editing, reading

__all__ = ["editing", "holding", "noting", "own", "reading", "settling"]
