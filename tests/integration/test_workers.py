"""The server profile: Celery workers on PostgreSQL and Redis, and what their settings promise."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from reviewtool.config.settings import Settings
from reviewtool.infra.ids import new_id
from reviewtool.infra.installation import Installation
from reviewtool.infra.queue import DELIVER, TICK, options, wake_workers
from reviewtool.workers.schedule import SCHEDULE
from tests.factories.mail import end_leases, post_letters
from tests.processes import running, wait_until
from tests.servers import PostgresServer, RedisServer, free_port
from tests.smtp_server import smtp_server

KILLED_AFTER = 60
PROCESSES = 2


@pytest.fixture
def redis(tmp_path: Path) -> Iterator[RedisServer]:
    """Give a real Redis-compatible server."""
    server = RedisServer(tmp_path)
    yield server
    server.kill()


@pytest.fixture
def environment(
    postgres: PostgresServer, redis: RedisServer, tmp_path: Path
) -> Iterator[dict[str, str]]:
    """Give the environment of a server installation of its own."""
    name = f"workers_{new_id()}"
    yield {
        "REVIEWTOOL_DATA_DIR": str(tmp_path / "data"),
        "REVIEWTOOL_MAIL_PER_MINUTE": "60000",
        "DATABASE_URL": postgres.create(name),
        "REDIS_URL": redis.url,
        "SMTP_URL": f"smtp://127.0.0.1:{free_port()}",
    }
    postgres.drop(name)


def test_killed_workers_lose_no_mail_even_when_redis_is_emptied(
    environment: dict[str, str], redis: RedisServer, tmp_path: Path
) -> None:
    log = tmp_path / "log"
    log.touch()
    site = Installation.start(Settings.from_environment(environment))
    addresses = post_letters(site, 200)
    port = int(environment["SMTP_URL"].rpartition(":")[2])
    with smtp_server(port) as server:
        with running(["worker"], environment, log) as group:
            wake_workers(redis.url)
            wait_until(lambda: len(server.received) >= KILLED_AFTER, 60, log)
            group.kill()
        assert len(server.received) < len(addresses)
        redis.kill()
        redis.start_again()  # it keeps nothing: the outbox table is the queue of record
        end_leases(site)
        with running(["worker"], environment, log):
            wait_until(lambda: set(server.by_recipient) == set(addresses), 60, log)
    site.database.close()
    assert all(len(ids) == 1 for ids in server.ids_by_recipient.values())
    assert sum(server.by_recipient.values()) - len(addresses) <= PROCESSES


def test_a_redis_that_is_away_costs_no_request() -> None:
    wake_workers(f"redis://127.0.0.1:{free_port()}/0")


def test_the_schedule_calls_tasks_that_exist() -> None:
    assert {entry["task"] for entry in SCHEDULE.values()} == {DELIVER, TICK}
    source = Path("workers/tasks.py").read_text(encoding="utf-8")
    assert {"name=DELIVER", "name=TICK"} <= set(source.replace("(", " ").replace(")", " ").split())


def test_the_settings_are_those_that_lost_nothing() -> None:
    chosen = options()
    assert chosen["task_acks_late"]
    assert chosen["task_reject_on_worker_lost"]
    assert chosen["worker_prefetch_multiplier"] == 1
    assert chosen["task_ignore_result"]
    assert chosen["accept_content"] == ["json"]
    assert chosen["broker_connection_max_retries"] is None
    assert chosen["broker_transport_options"]["unacked_restore_throttle"] == 1
