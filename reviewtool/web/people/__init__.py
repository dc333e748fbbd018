"""The people of a handbook: who is asked and how far they are, inviting, members."""

from reviewtool.web.people import inviting, members, unanswered
from reviewtool.web.people.views import blueprint

__all__ = ["blueprint", "inviting", "members", "unanswered"]
