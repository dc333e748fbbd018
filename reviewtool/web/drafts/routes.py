"""All pages of drafts: importing this puts their routes on the blueprint."""

from reviewtool.web.drafts import correcting, freezing, views
from reviewtool.web.drafts.blueprint import blueprint

PAGES = (views, freezing, correcting)

__all__ = ["PAGES", "blueprint"]
