"""`reviewtool links`: a person's ways in, for the one who answers the phone."""

from __future__ import annotations

import click

from reviewtool.config.start import settings_of_process
from reviewtool.domain.actors import SYSTEM
from reviewtool.infra.i18n import localized
from reviewtool.infra.installation import Installation


@click.group("links")
def links_commands() -> None:
    """Show a person's links, or mail them again."""


@links_commands.command("show")
@click.argument("address")
def show_command(address: str) -> None:
    """Print the links of ADDRESS: whoever has one acts as that person."""
    from reviewtool.queries.links import links_of_address
    from reviewtool.services.links import link_url

    installation = Installation.start(settings_of_process())
    with installation.database.read() as session:
        found = links_of_address(
            session,
            SYSTEM,
            address,
            installation.clock.now(),
            installation.settings.retention_days,
        )
    if not found:
        raise click.ClickException(f"There is no link for {address}.")
    for one in found:
        phase = f"{localized(one.handbook)}: {localized(one.phase)}" if one.phase else ""
        click.echo(f"{one.name}  {one.purpose.value}  {one.state.value}  {phase}")
        click.echo(f"  {link_url(installation, one.id, one.generation)}")


@links_commands.command("new")
@click.argument("address")
def new_command(address: str) -> None:
    """Mail the living links of ADDRESS to it again."""
    from reviewtool.services.links import send_to_address

    send_to_address(Installation.start(settings_of_process()), address)
    click.echo(f"If {address} is known, its links are on their way to it.")
