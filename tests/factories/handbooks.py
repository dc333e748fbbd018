"""Handbooks and their editors, made by the use cases."""

from dataclasses import dataclass

from sqlalchemy import select

from reviewtool.domain.actors import Actor
from reviewtool.domain.people import Role
from reviewtool.infra.ids import new_id
from reviewtool.infra.installation import Installation
from reviewtool.models.people import Account
from reviewtool.models.phases import Phase
from reviewtool.queries.actors import account_actor
from reviewtool.services.accounts import make_account
from reviewtool.services.descriptions import Description, describe_handbook
from reviewtool.services.handbooks import create_handbook, give_membership


@dataclass(frozen=True)
class MadeHandbook:
    """A handbook, its process, its phases' ids by key, and its administrator."""

    id: str
    process_id: str
    phases: dict[str, str]
    administrator: Actor


def make_administrator(installation: Installation, name: str = "Aino Alava") -> Actor:
    """Make an administrator of the installation."""
    person_id = make_account(
        installation, name=name, address=f"{new_id()}@kumaja.example.org", administrator=True
    )
    return actor_of(installation, person_id)


def make_handbook(
    installation: Installation,
    *,
    title: str = "Järjestökäsikirja",
    language: str = "fi",
    template: str = "model-case",
) -> MadeHandbook:
    """Make a handbook with the planned phases of a template, and no text yet."""
    administrator = make_administrator(installation)
    handbook_id = create_handbook(installation, administrator, title, language, template)
    about = Description(
        title={language: title}, introduction={}, contact_name="Katri Vainiola",
        contact_email="katri.vainiola@kumaja.example.org", host="Kumaja ry",
    )  # fmt: skip
    editor = actor_of(installation, administrator.person_id or "")
    describe_handbook(installation, editor, handbook_id, about)
    with installation.database.read() as session:
        phases = session.execute(
            select(Phase.key, Phase.id, Phase.process_id)
            .where(Phase.handbook_id == handbook_id)
            .order_by(Phase.position)
        ).all()
    return MadeHandbook(
        id=handbook_id,
        process_id=phases[0].process_id,
        phases={row.key: row.id for row in phases},
        administrator=editor,
    )


def make_editor(
    installation: Installation,
    handbook_id: str,
    *,
    name: str = "Tuuli Toimittaja",
    role: Role = Role.EDITOR,
) -> Actor:
    """Make an account with a role in a handbook."""
    with installation.database.read() as session:
        administrator = session.scalars(
            select(Account.person_id).where(Account.administrator.is_(True)).limit(1)
        ).one()
    person_id = make_account(installation, name=name, address=f"{new_id()}@kumaja.example.org")
    give_membership(
        installation, actor_of(installation, administrator), handbook_id, person_id, role
    )
    return actor_of(installation, person_id)


def actor_of(installation: Installation, person_id: str) -> Actor:
    """Read a person's account as an actor, with its present roles."""
    with installation.database.read() as session:
        account = session.scalars(select(Account).where(Account.person_id == person_id)).one()
        actor = account_actor(session, account.id, account.generation)
    assert actor is not None
    return actor
