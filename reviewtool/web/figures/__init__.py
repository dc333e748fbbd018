"""Figures and number graphics: the handbook's list, and their forms that work without script."""

from reviewtool.web.figures import changing, views
from reviewtool.web.figures.blueprint import blueprint

__all__ = ["blueprint", "changing", "views"]
