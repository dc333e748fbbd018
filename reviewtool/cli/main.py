"""The command `reviewtool`: one list of its commands, each in a file loaded when asked for."""

from __future__ import annotations

import importlib
import sys

import click

from reviewtool import __version__
from reviewtool.config.settings import SettingsError

COMMANDS = {
    "run": "reviewtool.cli.run:run_command",
    "worker": "reviewtool.cli.worker:worker_command",
    "migrate": "reviewtool.cli.migrate:migrate_command",
    "import": "reviewtool.cli.imports:import_command",
    "export": "reviewtool.cli.archive:export_command",
    "restore": "reviewtool.cli.archive:import_archive_command",
    "archive": "reviewtool.cli.keep:archive_command",
    "check": "reviewtool.cli.check:check_command",
    "demo": "reviewtool.cli.demo:demo_command",
    "user": "reviewtool.cli.user:user_commands",
    "people": "reviewtool.cli.people:people_commands",
    "links": "reviewtool.cli.links:links_commands",
}
"""Name -> module and attribute."""


class Commands(click.Group):
    """A group that loads a command's file only when the command is asked for."""

    def list_commands(self, _ctx: click.Context) -> list[str]:
        """List the names, in the order in which a new user needs them."""
        return list(COMMANDS)

    def get_command(self, _ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load one command."""
        if cmd_name not in COMMANDS:
            return None
        module, _, attribute = COMMANDS[cmd_name].partition(":")
        command = getattr(importlib.import_module(module), attribute)
        assert isinstance(command, click.Command)
        return command


@click.group(cls=Commands)
@click.version_option(__version__)
def commands() -> None:
    """Write a handbook together: every contribution gets its answer."""


def main() -> None:
    """Run the command line; wrong settings are told plainly and end with status 2."""
    try:
        commands(prog_name="reviewtool")
    except SettingsError as error:
        click.echo(f"reviewtool: {error}", err=True)
        sys.exit(2)
