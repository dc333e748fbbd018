"""Deputies: named by a person on their own pages, or by an editor on the person's page."""

from reviewtool.web.deputies.views import blueprint

__all__ = ["blueprint"]
