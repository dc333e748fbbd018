"""The pages behind a participant's personal link."""

from reviewtool.web.participant import answering, proposing, verdicts, views, writing
from reviewtool.web.participant.door import blueprint

__all__ = ["answering", "blueprint", "proposing", "verdicts", "views", "writing"]
