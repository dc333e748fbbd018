"""`reviewtool demo`: the sample handbook, half way through its process."""

from __future__ import annotations

from contextlib import closing

import click

from reviewtool.config.start import settings_of_process
from reviewtool.infra import schema
from reviewtool.infra.installation import Installation


@click.command("demo")
def demo_command() -> None:
    """Load the demonstration into an installation that has no handbook yet."""
    from reviewtool.demo.load import load

    installation = Installation.start(settings_of_process())
    with closing(installation.database):
        schema.upgrade(installation.database)
        made = load(installation)
    if made is None:
        raise click.ClickException("There is a handbook already. The demonstration needs none.")
    click.echo(f"The demonstration is loaded, as handbook {made.handbook_id}.")
    click.echo("Start it with: reviewtool run")
