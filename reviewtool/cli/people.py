"""`reviewtool people`: the table of municipalities, and erasing a person."""

from __future__ import annotations

from contextlib import closing

import click

from reviewtool.config.start import settings_of_process
from reviewtool.domain.actors import SYSTEM
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.infra.installation import Installation


@click.group("people")
def people_commands() -> None:
    """Load the municipalities, erase a person."""


@people_commands.command("municipalities")
def municipalities_command() -> None:
    """Add the municipalities of config/municipalities.csv that are missing."""
    from reviewtool.services.people import load_municipalities

    installation = Installation.start(settings_of_process())
    with closing(installation.database):
        added = load_municipalities(installation)
    click.echo(f"{added} municipalities were added.")


@people_commands.command("erase")
@click.argument("person_id")
@click.option("--yes", is_flag=True, help="Don't ask.")
def erase_command(person_id: str, yes: bool) -> None:
    """Erase PERSON_ID (as it stands in the address of the person's page).

    Name, addresses, links and account go; what the person said stays under a pseudonym. This
    can't be undone.
    """
    from reviewtool.services.people import erase_person

    if not yes:
        click.confirm("Erase this person? It can't be undone.", abort=True)
    installation = Installation.start(settings_of_process())
    with closing(installation.database):
        try:
            erase_person(installation, SYSTEM, person_id)
        except Refused as refused:
            if refused.reason is not Reason.NOT_FOUND:
                raise
            raise click.ClickException(f"There is no person with the id {person_id}.") from refused
    click.echo("The person has been erased.")
