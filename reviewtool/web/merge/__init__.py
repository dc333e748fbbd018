"""The merge page: one text with all that was said on it; take, settle, answer, edit, undo."""

from reviewtool.web.merge import editing, views
from reviewtool.web.merge.door import blueprint

__all__ = ["blueprint", "editing", "views"]
