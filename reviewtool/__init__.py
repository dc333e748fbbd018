"""Collaborative content review: contributions, answers, drafts, approvals and their trace."""

__version__ = "0.1.0"
