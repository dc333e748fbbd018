"""The texts for a meeting's table: a draft on numbered paper, and typing in what the meeting "
"said."""

from reviewtool.web.meetings import papers, typing_in
from reviewtool.web.meetings.door import blueprint

__all__ = ["blueprint", "papers", "typing_in"]
