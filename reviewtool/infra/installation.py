"""One running installation: what every use case needs, passed in, never global."""

from __future__ import annotations

from dataclasses import dataclass, field

from reviewtool.config.settings import Settings
from reviewtool.infra.clock import Clock, SystemClock
from reviewtool.infra.database import Database


@dataclass(frozen=True)
class Installation:
    """Settings, database and clock of one process."""

    settings: Settings
    database: Database
    clock: Clock = field(default_factory=SystemClock)

    @classmethod
    def start(cls, settings: Settings, clock: Clock | None = None) -> Installation:
        """Make an installation from settings, with the machine's clock unless told otherwise."""
        return cls(settings, Database(settings.database_url), clock or SystemClock())
