"""The tables: typed SQLAlchemy classes without behaviour beyond invariants.

Importing this package registers all tables with `Base.metadata`.
"""

from reviewtool.models import (
    answers,
    approvals,
    contributions,
    deputies,
    drafts,
    extensions,
    files,
    handbooks,
    invitations,
    links,
    messages,
    organisations,
    people,
    phases,
    pictures,
    proposals,
    publications,
    requests,
    sections,
    starting_texts,
    stories,
    trace,
    workshops,
)
from reviewtool.models.base import Base

__all__ = [
    "Base",
    "answers",
    "approvals",
    "contributions",
    "deputies",
    "drafts",
    "extensions",
    "files",
    "handbooks",
    "invitations",
    "links",
    "messages",
    "organisations",
    "people",
    "phases",
    "pictures",
    "proposals",
    "publications",
    "requests",
    "sections",
    "starting_texts",
    "stories",
    "trace",
    "workshops",
]
