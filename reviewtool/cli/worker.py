"""`reviewtool worker`: background work of the server profile, by Celery."""

import os
import subprocess
import sys

import click

from reviewtool.config.settings import SettingsError
from reviewtool.config.start import settings_of_process


@click.command("worker")
@click.option("--processes", default=2, show_default=True, help="How many work at a time.")
def worker_command(processes: int) -> None:
    """Deliver mail and keep deadlines, with Celery and Redis, until it is stopped.

    Any number of them may run, on several hosts; each has its own schedule, whose tasks are
    idempotent. Let a supervisor start it again when it ends.
    """
    settings = settings_of_process()
    if not settings.uses_celery:
        raise SettingsError(
            "REDIS_URL must name a Redis for `reviewtool worker`. Without one, the web process "
            "does the background work by itself and no worker is needed."
        )
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    command = [
        sys.executable, "-m", "celery", "--app", "reviewtool.workers.app", "worker", "--beat",
        "--schedule", str(settings.data_dir / f"schedule-{os.getpid()}"),
        "--concurrency", str(processes), "--loglevel", "WARNING", "--without-mingle",
    ]  # fmt: skip
    try:
        sys.exit(subprocess.run(command, check=False).returncode)  # noqa: S603 (our own command)
    except KeyboardInterrupt:
        sys.exit(0)
    finally:
        for left in settings.data_dir.glob(f"schedule-{os.getpid()}*"):
            left.unlink(missing_ok=True)
