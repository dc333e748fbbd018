"""The first start: the database by the migrations, and the demonstration, whole or not at all."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click
from sqlalchemy.engine import make_url

from reviewtool.config.settings import Settings
from reviewtool.infra import schema
from reviewtool.infra.installation import Installation


def prepare(settings: Settings, demonstration: bool) -> Installation:
    """Bring the database up to this version; fill an empty one with the demonstration."""
    file = _file(settings)
    if demonstration and file is not None and not file.exists():
        _make_filled(settings, file)
    installation = Installation.start(settings)
    schema.upgrade(installation.database)
    if demonstration and file is None:
        _fill(installation)
    return installation


def _file(settings: Settings) -> Path | None:
    """Give the file of an SQLite database; None for a server."""
    url = make_url(settings.database_url)
    return Path(url.database) if url.get_backend_name() == "sqlite" and url.database else None


def _make_filled(settings: Settings, file: Path) -> None:
    """Make the database under another name, so that an interrupted start leaves none behind."""
    fresh = file.with_name(f"{file.name}.loading")
    for suffix in ("", "-wal", "-shm"):
        fresh.with_name(fresh.name + suffix).unlink(missing_ok=True)
    installation = Installation.start(replace(settings, database_url=f"sqlite:///{fresh}"))
    schema.upgrade(installation.database)
    _fill(installation)
    with installation.database.writing.connect() as connection:
        # Past SQLAlchemy, which would begin a transaction: a checkpoint can't run inside one.
        raw = connection.connection.driver_connection
        assert raw is not None
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    installation.database.close()
    fresh.replace(file)


def _fill(installation: Installation) -> None:
    from reviewtool.demo.load import load
    from reviewtool.queries.accounts import is_empty

    with installation.database.read() as session:
        if not is_empty(session):
            return
    click.echo("Loading the demonstration, once …")
    load(installation)
