"""All pages of sections: importing this puts their routes on the blueprint."""

from reviewtool.web.sections import editing, joining, views
from reviewtool.web.sections.blueprint import blueprint

PAGES = (views, editing, joining)

__all__ = ["PAGES", "blueprint"]
