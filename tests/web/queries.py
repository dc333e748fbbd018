"""How many queries a page takes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import event

from reviewtool.infra.installation import Installation


@dataclass
class Counted:
    """A number that counts while its block runs."""

    number: int = 0


@contextmanager
def count_queries(installation: Installation) -> Iterator[Counted]:
    """Count the statements of reading sessions within the block."""
    counted = Counted()

    def note(*_arguments: Any) -> None:
        counted.number += 1

    engine = installation.database.reading
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield counted
    finally:
        event.remove(engine, "before_cursor_execute", note)
