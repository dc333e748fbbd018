"""Rows of an archive: one line of JSON for each, spelled in one way only."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from enum import Enum as PythonEnum
from typing import Any

from sqlalchemy import Column, Date, Enum, Table

from reviewtool.models.base import UtcDateTime

FORM = "%Y-%m-%dT%H:%M:%S.%fZ"
"""How moments are written: in UTC, with six decimals."""


def write_row(of: Table, row: Mapping[str, Any]) -> bytes:
    """Spell a row: its columns by name, keys sorted, no spaces, UTF-8, one line."""
    values = {column.key: _plain(row[column.key]) for column in of.columns}
    line = json.dumps(values, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return line.encode() + b"\n"


def read_row(of: Table, line: bytes) -> dict[str, Any]:
    """Read a line back into values that the table takes.

    Raises ValueError where the line is no row of this table.
    """
    values = json.loads(line)
    if not isinstance(values, dict) or values.keys() != {column.key for column in of.columns}:
        raise ValueError("not the columns of the table")
    return {column.key: _typed(column, values[column.key]) for column in of.columns}


def _plain(value: Any) -> Any:
    if isinstance(value, PythonEnum):
        return value.value
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime(FORM)
    if isinstance(value, date):
        return value.isoformat()
    return value


def _typed(column: Column[Any], value: Any) -> Any:
    if value is None:
        return None
    if isinstance(column.type, UtcDateTime):
        return datetime.strptime(value, FORM).replace(tzinfo=UTC)
    if isinstance(column.type, Date):
        return date.fromisoformat(value)
    if isinstance(column.type, Enum) and column.type.enum_class is not None:
        return column.type.enum_class(value)
    return value
