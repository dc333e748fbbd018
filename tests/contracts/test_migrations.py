"""The migrations make exactly the tables that the models speak of."""

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from reviewtool.infra.installation import Installation
from reviewtool.models import Base


def test_the_head_equals_the_models(installation: Installation) -> None:
    with installation.database.writing.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


def test_every_constraint_has_a_name() -> None:
    nameless = [
        f"{table.name}: {constraint}"
        for table in Base.metadata.tables.values()
        for constraint in table.constraints
        if not constraint.name
    ]
    assert nameless == []
