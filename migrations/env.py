"""Alembic's environment: runs on the engine that the product hands over."""

from typing import Any, Literal

from alembic import context
from sqlalchemy import Connection, Engine, text

from reviewtool.models import Base
from reviewtool.models.base import UtcDateTime


def render_item(kind: str, item: Any, autogen_context: Any) -> str | Literal[False]:
    """Write our own column type by its name in new migrations."""
    if kind == "type" and isinstance(item, UtcDateTime):
        autogen_context.imports.add("from reviewtool.models.base import UtcDateTime")
        return "UtcDateTime()"
    return False


def migrate(connection: Connection) -> None:
    """Run the migrations on a connection."""
    sqlite = connection.dialect.name == "sqlite"
    if sqlite:
        # A batch operation drops and makes the table again; with foreign keys on, that drop
        # would cascade. The pragma works only outside a transaction.
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=True,
        render_item=render_item,
        compare_type=True,
    )
    with context.begin_transaction():
        context.run_migrations()
        if sqlite:
            broken = connection.execute(text("PRAGMA foreign_key_check")).all()
            if broken:
                raise RuntimeError(f"a migration left {len(broken)} rows without their parent")


engine: Engine = context.config.attributes["engine"]
with engine.connect() as connection:
    migrate(connection)
    connection.commit()
