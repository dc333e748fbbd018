"""The tasks: each calls one service; what there is to do stands in the database."""

from time import monotonic

from reviewtool.infra.queue import DELIVER, TICK
from reviewtool.services import delivery, ticks
from reviewtool.workers.app import app, installation, office

TURN = 50
"""Seconds after which a delivery makes room for other tasks; the schedule calls it again."""


@app.task(name=DELIVER)  # type: ignore[untyped-decorator]  # Celery has no types
def deliver() -> None:
    """Send what is due in the outbox."""
    end = monotonic() + TURN
    delivery.deliver(installation(), office(), stop=lambda: monotonic() > end)


@app.task(name=TICK)  # type: ignore[untyped-decorator]  # Celery has no types
def tick() -> None:
    """Do what time brings about."""
    ticks.tick(installation())
