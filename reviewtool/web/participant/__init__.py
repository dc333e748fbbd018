"""The pages behind a participant's personal link."""

from reviewtool.web.participant import answering, landing, proposing, verdicts, views, writing
from reviewtool.web.participant.door import blueprint

__all__ = ["answering", "blueprint", "landing", "proposing", "verdicts", "views", "writing"]
