"""`reviewtool user`: accounts of editors and administrators."""

from __future__ import annotations

import click

from reviewtool.config.start import settings_of_process
from reviewtool.domain.sections import LANGUAGES
from reviewtool.infra.installation import Installation


@click.group("user")
def user_commands() -> None:
    """Make an account, set a password."""


@user_commands.command("add")
@click.argument("address")
@click.option("--name", prompt=True, help="The person's name.")
@click.option("--language", type=click.Choice(LANGUAGES), default="fi", show_default=True)
@click.option("--administrator", is_flag=True, help="May make handbooks and accounts.")
@click.option("--with-password", is_flag=True, help="Ask for a password; else by mailed link.")
def add_command(
    address: str, name: str, language: str, administrator: bool, with_password: bool
) -> None:
    """Make an account for ADDRESS, and print a link that signs in once."""
    from reviewtool.services.accounts import make_account
    from reviewtool.services.directions import sign_in_link

    password = _ask_password() if with_password else None
    installation = Installation.start(settings_of_process())
    person_id = make_account(
        installation,
        name=name,
        address=address,
        language=language,
        administrator=administrator,
        password=password,
    )
    click.echo(f"{name} <{address}> has an account. Sign in once, within 30 minutes:")
    click.echo(sign_in_link(installation, person_id))


@user_commands.command("password")
@click.argument("address")
def password_command(address: str) -> None:
    """Set the password of ADDRESS; ends its sessions."""
    from reviewtool.services.accounts import set_password

    password = _ask_password()
    if not set_password(Installation.start(settings_of_process()), address, password):
        raise click.ClickException(f"There is no account with the address {address}.")
    click.echo("The password is set, and all sessions of the account have ended.")


def _ask_password() -> str:
    password: str = click.prompt("Password", hide_input=True, confirmation_prompt=True)
    if len(password) < 12:
        raise click.ClickException("Choose a password of at least 12 characters.")
    return password
