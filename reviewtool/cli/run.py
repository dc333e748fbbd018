"""`reviewtool run`: everything on one machine, with one command."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from http.client import HTTPConnection, HTTPException
from types import FrameType

import click

from reviewtool.cli.first_start import prepare
from reviewtool.config.settings import Settings, SettingsError
from reviewtool.config.start import settings_of_process
from reviewtool.infra.installation import Installation

PATIENCE = 60
"""Seconds in which the web server must answer."""


@click.command("run")
@click.option(
    "--demonstration/--no-demonstration",
    default=True,
    help="Fill an empty database with the sample handbook.",
)
def run_command(demonstration: bool) -> None:
    """Start the site with its database, its mail and its background work; Ctrl-C ends it."""
    settings = settings_of_process()
    _check_port(settings)
    installation = prepare(settings, demonstration)
    server = subprocess.Popen(  # noqa: S603 (our own command)
        [
            sys.executable, "-m", "gunicorn", "--config", "python:reviewtool.config.gunicorn",
            "--no-control-socket", "--bind", f"{settings.host}:{settings.port}",
            "reviewtool.cli.serving:application()",
        ]
    )  # fmt: skip
    signal.signal(signal.SIGTERM, _pass_on(server))
    try:
        if _answers(settings, server):
            show_directions(installation)
            installation.database.close()
        sys.exit(server.wait())
    except KeyboardInterrupt:
        # A terminal has sent Ctrl-C to the server as well, another program perhaps has not.
        server.send_signal(signal.SIGINT)
        server.wait()  # it finishes what it has begun
        click.echo("\nEverything has ended. All data is kept.")


def show_directions(installation: Installation) -> None:
    """Print where to go."""
    from reviewtool.services.directions import directions

    ways = directions(installation)
    click.echo(f"\nreviewtool is running at {ways.front}\n")
    if ways.editor is not None:
        click.echo(f"  Editor ({ways.editor.name}); signs in once, within 30 minutes:")
        click.echo(f"    {ways.editor.url}")
    else:
        click.echo(
            "  There is no account yet. Make one: reviewtool user add ADDRESS --administrator"
        )
    if ways.expert is not None:
        click.echo(f"  NGO expert ({ways.expert.name}):\n    {ways.expert.url}")
    if ways.coordinator is not None:
        click.echo(f"  Coordinator ({ways.coordinator.name}):\n    {ways.coordinator.url}")
    if ways.mailbox is not None:
        click.echo(f"  Mail that the site sends is kept here:\n    {ways.mailbox}")
    if installation.settings.uses_celery:
        click.echo("  Background work is done by: reviewtool worker")
    click.echo("\nCtrl-C ends it; starting again keeps all data.")
    sys.stdout.flush()


def _check_port(settings: Settings) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError as error:
            raise SettingsError(
                f"REVIEWTOOL_PORT: can't listen on {settings.host}:{settings.port} "
                f"({error.strerror}). Perhaps it is running already; or choose another port, "
                f"for example REVIEWTOOL_PORT={settings.port + 1}."
            ) from error


def _answers(settings: Settings, server: subprocess.Popen[bytes]) -> bool:
    """Wait until the site answers; False where the server ended instead."""
    host = "127.0.0.1" if settings.host == "0.0.0.0" else settings.host  # noqa: S104 (compared)
    end = time.monotonic() + PATIENCE
    while server.poll() is None and time.monotonic() < end:
        connection = HTTPConnection(host, settings.port, timeout=5)
        try:
            connection.request("GET", "/healthz")
            return connection.getresponse().status == 200
        except (OSError, HTTPException):
            time.sleep(0.05)
        finally:
            connection.close()
    return False


def _pass_on(server: subprocess.Popen[bytes]) -> Callable[[int, FrameType | None], None]:
    def passes(number: int, _frame: FrameType | None) -> None:
        server.send_signal(number)

    return passes
