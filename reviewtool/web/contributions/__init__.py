"""One contribution: its page, answering it alone or with others, recording on behalf."""

from reviewtool.web.contributions import acts, answering, recording, views
from reviewtool.web.contributions.door import blueprint

__all__ = ["acts", "answering", "blueprint", "recording", "views"]
