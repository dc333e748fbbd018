"""Shared boxes: a link of one asks first who answers."""

from reviewtool.web.boxes.views import blueprint

__all__ = ["blueprint"]
