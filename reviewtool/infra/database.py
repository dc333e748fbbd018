"""Database sessions: one way to read, one way to write, on SQLite and PostgreSQL alike.

Reading sessions can't write: `query_only` on SQLite, READ ONLY on PostgreSQL (rule 6).
Writing sessions begin with BEGIN IMMEDIATE on SQLite, so that no update is lost between a read
and a write (a deferred BEGIN loses most of them under load, see docs/adr/0003-sqlite.md).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.orm import Session, sessionmaker
from sqlalchemy.pool import NullPool

BUSY_TIMEOUT_MS = 30_000


class Database:
    """The two ways into one database; made once per process, shared by its threads."""

    def __init__(self, url: str) -> None:
        """Prepare both ways; connects lazily.

        url: an SQLAlchemy address; plain `postgresql://` means psycopg 3.
        """
        parsed = make_url(url)
        if parsed.drivername in ("postgres", "postgresql"):
            parsed = parsed.set(drivername="postgresql+psycopg")
        self.is_sqlite = parsed.get_backend_name() == "sqlite"
        if self.is_sqlite:
            if parsed.database:
                Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
            self.writing = _sqlite_engine(str(parsed), begin="BEGIN IMMEDIATE", query_only=False)
            self.reading = _sqlite_engine(str(parsed), begin="BEGIN", query_only=True)
        else:
            self.writing = create_engine(parsed, pool_pre_ping=True)
            self.reading = self.writing.execution_options(
                isolation_level="REPEATABLE READ", postgresql_readonly=True
            )
        self._writers = sessionmaker(self.writing, expire_on_commit=False)
        self._readers = sessionmaker(self.reading, expire_on_commit=False, autoflush=False)

    def reader(self) -> Session:
        """Open a reading session; the caller closes it."""
        return self._readers()

    @contextmanager
    def read(self) -> Iterator[Session]:
        """Give a session that sees one snapshot and can't write."""
        with self._readers() as session:
            yield session

    @contextmanager
    def write(self) -> Iterator[Session]:
        """Give a session whose work is committed at the end, or rolled back on any error."""
        with self._writers.begin() as session:
            yield session

    def close(self) -> None:
        """Close all connections."""
        self.reading.dispose()
        self.writing.dispose()


def _sqlite_engine(url: str, *, begin: str, query_only: bool) -> Engine:
    # NullPool: connections to a file are cheap, and a pooled one must not cross a fork.
    engine = create_engine(
        url, poolclass=NullPool, connect_args={"timeout": BUSY_TIMEOUT_MS / 1000}
    )

    def on_connect(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # the driver must not begin transactions of its own
        cursor = connection.cursor()
        if not query_only:
            cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute("PRAGMA synchronous=NORMAL")
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")
        if query_only:
            cursor.execute("PRAGMA query_only=ON")
        cursor.close()

    def on_begin(connection: Any) -> None:
        connection.exec_driver_sql(begin)

    event.listen(engine, "connect", on_connect)
    event.listen(engine, "begin", on_begin)
    return engine
