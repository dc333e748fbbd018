"""The process of a handbook: its timeline, and each phase's plan, acts and questions."""

from reviewtool.web.process import moves, next_run, questions
from reviewtool.web.process.views import blueprint

__all__ = ["blueprint", "moves", "next_run", "questions"]
