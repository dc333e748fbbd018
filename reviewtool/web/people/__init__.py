"""The people of a handbook: who is asked and how far they are, inviting, members."""

from reviewtool.web.people import (
    addresses,
    asked,
    doubles,
    inviting,
    members,
    replacing,
    unanswered,
)
from reviewtool.web.people.views import blueprint

__all__ = [
    "addresses",
    "asked",
    "blueprint",
    "doubles",
    "inviting",
    "members",
    "replacing",
    "unanswered",
]
