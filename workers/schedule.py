"""What beat sends, and how often; every task of it is idempotent, so that two beats do no harm."""

from reviewtool.infra.queue import DELIVER, TICK

SCHEDULE = {
    "what time brings about": {
        "task": TICK,
        "schedule": 60.0,
        "options": {"expires": 60},
    },
    "what is due in the outbox": {
        "task": DELIVER,
        "schedule": 10.0,
        # Where the workers are busy, old calls are not worth keeping.
        "options": {"expires": 60},
    },
}
"""Deadlines, reminders and sweeps each minute; the outbox each ten seconds, besides each wake."""
