"""The thread that does background work inside a web process (the embedded profile)."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from time import monotonic

import structlog

log = structlog.get_logger()

RESTART_AFTER = 5.0


@dataclass
class Job:
    """Something to do again and again."""

    name: str
    run: Callable[[Callable[[], bool]], object]
    """Gets a function that tells whether to stop."""
    every: float
    """Seconds between two runs."""
    on_wake: bool = False
    """Whether it also runs at once when the thread is woken."""
    _next: float = field(default=0.0, init=False)

    def due(self, now: float, woken: bool) -> bool:
        """Tell whether it is to run now; sets the time of the next run."""
        if now < self._next and not (woken and self.on_wake):
            return False
        self._next = now + self.every
        return True


class Background:
    """One thread for all jobs of a process, begun again where a job made it fall over."""

    def __init__(self, *jobs: Job) -> None:
        """Prepare; nothing runs before `start`."""
        self._jobs = jobs
        self._woken = threading.Event()
        self._stopping = threading.Event()
        self._keeper = threading.Thread(target=self._keep, name="background", daemon=True)

    def start(self) -> None:
        """Begin. Call it after the process has forked."""
        self._keeper.start()

    def wake(self) -> None:
        """Say that there may be something to do now."""
        self._woken.set()

    def stop(self, seconds: float = 10) -> None:
        """End after the step at hand; waits for it."""
        self._stopping.set()
        self._woken.set()
        if self._keeper.is_alive():
            self._keeper.join(seconds)

    def _keep(self) -> None:
        # Each life of the work is a thread of its own: an error ends that one, is reported by
        # threading.excepthook, and nothing has to be caught that nobody expected.
        while not self._stopping.is_set():
            life = threading.Thread(target=self._live, name="background-work", daemon=True)
            life.start()
            life.join()
            if not self._stopping.wait(RESTART_AFTER):
                log.error("the background work fell over and begins again")

    def _live(self) -> None:
        while not self._stopping.is_set():
            woken = self._woken.is_set()
            self._woken.clear()
            for job in self._jobs:
                if not self._stopping.is_set() and job.due(monotonic(), woken):
                    job.run(self._stopping.is_set)
            self._woken.wait(min((job.every for job in self._jobs), default=60.0))
