"""All pages of the structure: importing this puts their routes on the blueprint."""

from reviewtool.web.structure import combining, proposals, section, splitting, views
from reviewtool.web.structure.blueprint import blueprint

PAGES = (views, section, proposals, splitting, combining)

__all__ = ["PAGES", "blueprint"]
