"""Public pages of what lasts: editions, drafts, comparisons, figures, the process as a picture."""

from reviewtool.web.editions import process, views
from reviewtool.web.editions.blueprint import blueprint

__all__ = ["blueprint", "process", "views"]
