"""Where editors write the easy-language summaries of a request and of texts."""

from reviewtool.web.easy.views import blueprint

__all__ = ["blueprint"]
