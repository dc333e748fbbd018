"""The application as a web server loads it: with its settings, logs and background work."""

from __future__ import annotations

import atexit
from collections.abc import Callable

import structlog
from flask import Flask, Response, request

from reviewtool.app import create_app
from reviewtool.config.start import settings_of_process
from reviewtool.infra import logging
from reviewtool.infra.background import Background, Job
from reviewtool.infra.installation import Installation
from reviewtool.infra.queue import wake_workers
from reviewtool.mail.transport import PostOffice
from reviewtool.services import delivery, ticks

log = structlog.get_logger()

LOOK_EVERY = 5.0
"""Seconds after which the outbox is looked at, though nothing woke the thread."""

WORKERS_ARE_TOLD_EVERY = 3600.0
"""The workers have their own schedule; the web only tells them when something was posted."""


def application() -> Flask:
    """Make the application of this process, and begin its background work."""
    settings = settings_of_process()
    logging.configure(settings.log_format)
    if settings.production and settings.rate_limits and not settings.redis_url:
        log.warning("each web process counts its rate limits alone; with REDIS_URL they count once")
    installation = Installation.start(settings)
    app = create_app(installation)
    background = Background(*jobs(installation))
    background.start()
    atexit.register(background.stop)

    def wake(response: Response) -> Response:
        # Whatever a POST put into the outbox has been committed by now.
        if request.method == "POST":
            background.wake()
        return response

    app.after_request(wake)
    return app


def jobs(installation: Installation) -> list[Job]:
    """List what this process does in the background: the work itself, or telling the workers."""
    settings = installation.settings
    if settings.uses_celery:
        told = Job("tell the workers", _telling(settings.redis_url), WORKERS_ARE_TOLD_EVERY, True)
        return [told]
    office = PostOffice.of(settings)

    def deliver(stop: Callable[[], bool]) -> object:
        return delivery.deliver(installation, office, stop=stop)

    def tick(_stop: Callable[[], bool]) -> None:
        ticks.tick(installation)

    return [Job("tick", tick, 60.0), Job("deliver", deliver, LOOK_EVERY, on_wake=True)]


def _telling(redis_url: str) -> Callable[[Callable[[], bool]], object]:
    def tell(_stop: Callable[[], bool]) -> None:
        wake_workers(redis_url)

    return tell
