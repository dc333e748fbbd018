"""The web's one touch of Celery: telling the workers that the outbox has something new.

The message carries nothing: the outbox table is the queue of record, and what is lost here is
found again by the schedule within seconds.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

import structlog

if TYPE_CHECKING:
    from celery import Celery

log = structlog.get_logger()

DELIVER = "reviewtool.deliver"
TICK = "reviewtool.tick"


def options() -> dict[str, Any]:
    """Give the Celery settings that lose nothing (docs/adr/0007-outbox.md)."""
    return {
        "task_acks_late": True,
        "task_reject_on_worker_lost": True,
        "worker_prefetch_multiplier": 1,
        "task_ignore_result": True,
        "task_serializer": "json",
        "accept_content": ["json"],
        "broker_connection_retry_on_startup": True,
        "broker_connection_max_retries": None,
        "broker_transport_options": {
            "visibility_timeout": 300,
            "unacked_restore_interval": 1,
            "unacked_restore_throttle": 1,
            "socket_connect_timeout": 2,
            "socket_keepalive": True,
        },
        "worker_hijack_root_logger": False,
        "worker_cancel_long_running_tasks_on_connection_loss": True,
    }


@lru_cache
def sender(redis_url: str) -> Celery:
    """Make the side that only sends; Celery is loaded with the first use, not at start."""
    from celery import Celery

    made = Celery("reviewtool", broker=redis_url, set_as_current=False)
    made.conf.update(options())
    return made


def wake_workers(redis_url: str) -> None:
    """Tell the workers; a Redis that is away is only noted, the schedule does it then."""
    from kombu.exceptions import OperationalError

    try:
        sender(redis_url).send_task(DELIVER, retry=False, expires=120)
    except (OperationalError, OSError) as error:
        log.warning("the workers could not be told", why=str(error))
