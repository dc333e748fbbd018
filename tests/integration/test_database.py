"""The two ways into the database keep their promises on both kinds of it."""

import threading

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from reviewtool.infra import schema
from reviewtool.infra.database import Database
from reviewtool.infra.installation import Installation
from reviewtool.models.organisations import Municipality


@pytest.fixture
def database(installation: Installation) -> Database:
    """Give the database of the test's installation."""
    return installation.database


def test_a_reading_session_cannot_write(database: Database) -> None:
    with database.read() as session:
        session.add(Municipality(name_fi="Askola", name_sv="Askola"))
        with pytest.raises(DBAPIError):
            session.flush()


def test_a_failed_write_leaves_nothing(database: Database) -> None:
    def fail() -> None:
        with database.write() as session:
            session.add(Municipality(name_fi="Askola", name_sv="Askola"))
            session.flush()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    with database.read() as session:
        assert session.scalars(select(Municipality)).all() == []


def test_eight_threads_lose_no_update(database: Database) -> None:
    with database.write() as session:
        session.execute(text("CREATE TABLE counter (n INTEGER)"))
        session.execute(text("INSERT INTO counter VALUES (0)"))

    read = text(
        "SELECT n FROM counter" if database.is_sqlite else "SELECT n FROM counter FOR UPDATE"
    )

    def count() -> None:
        for _ in range(25):
            with database.write() as session:
                value = session.scalar(read) or 0
                session.execute(text("UPDATE counter SET n = :n"), {"n": value + 1})

    threads = [threading.Thread(target=count) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with database.read() as session:
        assert session.scalar(text("SELECT n FROM counter")) == 200


def test_the_schema_goes_up_down_and_up_again(database: Database) -> None:
    schema.downgrade(database, "base")
    assert schema.current_revision(database) is None
    schema.upgrade(database)
    assert schema.current_revision(database) == schema.head_revision()
