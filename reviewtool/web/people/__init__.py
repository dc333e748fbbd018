"""The people of a handbook: who is asked and how far they are, inviting, members."""

from reviewtool.web.people import asked, doubles, inviting, members, replacing, unanswered
from reviewtool.web.people.views import blueprint

__all__ = ["asked", "blueprint", "doubles", "inviting", "members", "replacing", "unanswered"]
