"""Fixtures of all tests: every integration test runs on SQLite and on PostgreSQL.

A test that can only mean one of them is marked `@pytest.mark.only("sqlite", reason="…")`.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from flask import Flask
from flask.testing import FlaskClient

from reviewtool.app import create_app
from reviewtool.config.settings import Settings
from reviewtool.infra import schema
from reviewtool.infra.clock import SetClock
from reviewtool.infra.database import Database
from reviewtool.infra.installation import Installation
from reviewtool.web.limits import limiter
from tests.beginnings import KEY, START
from tests.demonstration import Ways, build
from tests.servers import PostgresServer


def pytest_configure(config: pytest.Config) -> None:
    """Name the markers."""
    config.addinivalue_line("markers", "only(database, reason): runs on one database only")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run whatever uses a database on both kinds of it."""
    if "database_kind" in metafunc.fixturenames:
        kinds = ["sqlite", "postgresql"]
        marker = metafunc.definition.get_closest_marker("only")
        if marker is not None:
            assert marker.kwargs.get("reason"), "say why a test runs on one database only"
            kinds = [marker.args[0]]
        metafunc.parametrize("database_kind", kinds, scope="session")


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a migrated, empty SQLite file that tests copy."""
    path = tmp_path_factory.mktemp("template") / "template.db"
    database = Database(f"sqlite:///{path}")
    schema.upgrade(database)
    with database.writing.connect() as connection:
        connection.exec_driver_sql("SELECT 1")
    database.close()
    return path


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """Start a real PostgreSQL server with a migrated template database.

    Not in pytest's own folder: as root the server runs as another user, and every start of
    pytest closes that folder to other users.
    """
    with TemporaryDirectory(prefix="reviewtool-postgres-") as folder:
        server = PostgresServer(Path(folder))
        try:
            server.make_template(_migrate)
            yield server
        finally:
            server.stop()


def _migrate(url: str) -> None:
    database = Database(url)
    schema.upgrade(database)
    database.close()


@pytest.fixture
def database_url(
    request: pytest.FixtureRequest, database_kind: str, tmp_path: Path
) -> Iterator[str]:
    """Give the address of a fresh, migrated database."""
    if database_kind == "sqlite":
        path = tmp_path / "reviewtool.db"
        shutil.copy(request.getfixturevalue("sqlite_template"), path)
        yield f"sqlite:///{path}"
    else:
        server: PostgresServer = request.getfixturevalue("postgres")
        name = server.lend()
        yield server.address(name)
        server.take_back(name)


@pytest.fixture
def clock() -> SetClock:
    """Give a clock that stands still until a test moves it."""
    return SetClock(START)


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    """Give settings of the embedded profile on the test's database."""
    return Settings.from_environment(
        {
            "REVIEWTOOL_DATA_DIR": str(tmp_path / "data"),
            "DATABASE_URL": database_url,
            "REVIEWTOOL_SECRET_KEY": KEY,
            "REVIEWTOOL_BASE_URL": "http://localhost",
            "REVIEWTOOL_RATE_LIMITS": "false",
        }
    )


@pytest.fixture
def installation(settings: Settings, clock: SetClock) -> Iterator[Installation]:
    """Give an installation on a fresh database."""
    made = Installation.start(settings, clock)
    yield made
    made.database.close()


@pytest.fixture(scope="session")
def applications() -> dict[Settings, Flask]:
    """Keep the applications that were made, by settings without what a test has of its own."""
    return {}


@pytest.fixture
def app(installation: Installation, applications: dict[Settings, Flask]) -> Flask:
    """Give the application: its routes and compiled templates are kept, its installation isn't."""
    settings = installation.settings
    kept = replace(settings, database_url="", data_dir=Path(), base_url=settings.base_url[:5])
    if kept not in applications:
        applications[kept] = create_app(installation)
        applications[kept].testing = True
    applications[kept].extensions["reviewtool"] = installation
    # One for the process: an application of another test may have set it otherwise.
    limiter.enabled = settings.rate_limits
    return applications[kept]


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """Give a browser that has just been opened, without CSRF tokens of its own."""
    return app.test_client()


@pytest.fixture
def new_client(app: Flask) -> Callable[[], FlaskClient]:
    """Give fresh browsers, one for each person of a test."""
    return app.test_client


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Ways]:
    """Build the demonstration, taken on to publication: for looking at, never for writing."""
    folder = tmp_path_factory.mktemp("demonstration")
    return folder, build(folder)
