"""All pages of the structure: importing this puts their routes on the blueprint."""

from reviewtool.web.structure import section, views
from reviewtool.web.structure.blueprint import blueprint

PAGES = (views, section)

__all__ = ["PAGES", "blueprint"]
