"""`reviewtool migrate`: brings the database up to this version."""

import click

from reviewtool.config.start import settings_of_process
from reviewtool.infra import schema
from reviewtool.infra.installation import Installation


@click.command("migrate")
def migrate_command() -> None:
    """Bring the database up to this version."""
    installation = Installation.start(settings_of_process())
    before = schema.current_revision(installation.database)
    schema.upgrade(installation.database)
    after = schema.current_revision(installation.database)
    installation.database.close()
    click.echo(f"The database stands at {after}{'' if before != after else ' as before'}.")
