"""What comes in with a request, without the one sign that no database takes."""

from __future__ import annotations

from typing import Any

from flask import Request as FlaskRequest
from werkzeug.datastructures import ImmutableMultiDict, MultiDict

NUL = "\x00"
"""Comes along when words are copied from some PDF files; PostgreSQL refuses a text that has it."""


class Fields(ImmutableMultiDict[str, Any]):
    """The fields of a form or an address; words without NUL, files as they are."""

    def __init__(self, mapping: Any = None) -> None:
        """Take the fields as the parser found them."""
        found = MultiDict[str, Any](mapping).items(multi=True)
        super().__init__([(_clean(name), _clean(value)) for name, value in found])


def _clean(value: Any) -> Any:
    return value.replace(NUL, "") if isinstance(value, str) else value


class Request(FlaskRequest):
    """A request whose fields any database takes."""

    parameter_storage_class = Fields
