"""The product's own processes, started as a user starts them, killed as a power cut kills them."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO

ROOT = Path(__file__).resolve().parent.parent


class Group:
    """A command of `reviewtool` with all processes that it starts."""

    def __init__(
        self, arguments: list[str], environment: Mapping[str, str], log: IO[bytes]
    ) -> None:
        """Start it in a process group of its own."""
        self.process = subprocess.Popen(
            [sys.executable, "-m", "reviewtool", *arguments],
            cwd=ROOT,
            env={"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/"), **environment},
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )

    def kill(self) -> None:
        """Kill all of it at once."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def press_ctrl_c(self) -> int:
        """Interrupt all of it as a terminal does; gives the exit status."""
        os.killpg(self.process.pid, signal.SIGINT)
        return self.process.wait(timeout=30)

    def is_alive(self) -> bool:
        """Tell whether any process of the group is left."""
        try:
            os.killpg(self.process.pid, 0)
        except ProcessLookupError:
            return False
        return True


@contextmanager
def running(arguments: list[str], environment: Mapping[str, str], log: Path) -> Iterator[Group]:
    """Run a command; whatever is left of it at the end is killed."""
    with log.open("ab") as file:
        group = Group(arguments, environment, file)
        try:
            yield group
        finally:
            if group.is_alive():
                group.kill()


def wait_until(holds: Callable[[], bool], seconds: float, log: Path) -> None:
    """Wait for something to become so. Raises AssertionError with what the processes said."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, log.read_text(errors="replace")[-4000:]
        time.sleep(0.02)
