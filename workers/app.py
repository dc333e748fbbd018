"""The Celery application of the workers, and the installation that their tasks work on."""

from __future__ import annotations

from functools import lru_cache

from celery import Celery
from celery.signals import setup_logging

from reviewtool.config.start import settings_of_process
from reviewtool.infra import logging
from reviewtool.infra.installation import Installation
from reviewtool.infra.queue import options
from reviewtool.mail.transport import PostOffice
from reviewtool.workers.schedule import SCHEDULE

settings = settings_of_process()

app = Celery("reviewtool", broker=settings.redis_url, include=["reviewtool.workers.tasks"])
app.conf.update(options(), beat_schedule=SCHEDULE, timezone="UTC")


@setup_logging.connect  # type: ignore[untyped-decorator]  # Celery has no types
def _set_up_logging(**_arguments: object) -> None:
    logging.configure(settings.log_format)


@lru_cache
def installation() -> Installation:
    """Give this process's installation; made in the worker itself, after the fork."""
    return Installation.start(settings)


@lru_cache
def office() -> PostOffice:
    """Give this process's way out for mail."""
    return PostOffice.of(settings)
