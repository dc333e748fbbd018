"""The starting text: its credit, and what is inherited, changed and ours in each text."""

from reviewtool.web.starting_texts.views import blueprint

__all__ = ["blueprint"]
