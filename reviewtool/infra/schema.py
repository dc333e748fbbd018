"""The database's schema by its migrations: bring it up, ask where it stands."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from reviewtool.infra.database import Database

FOLDER = Path(__file__).resolve().parent.parent / "migrations"


def _config(database: Database | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    if database is not None:
        config.attributes["engine"] = database.writing
    return config


def upgrade(database: Database, revision: str = "head") -> None:
    """Bring the schema up to a migration."""
    command.upgrade(_config(database), revision)


def downgrade(database: Database, revision: str) -> None:
    """Take the schema down to a migration."""
    command.downgrade(_config(database), revision)


def autogenerate(database: Database, message: str) -> None:
    """Write a new migration from the difference between the models and the database."""
    command.revision(_config(database), message=message, autogenerate=True)


def head_revision() -> str | None:
    """Give the newest migration that this version of the product has."""
    return ScriptDirectory.from_config(_config()).get_current_head()


def current_revision(database: Database) -> str | None:
    """Give the migration at which the database stands; None for an empty one."""
    with database.reading.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()
