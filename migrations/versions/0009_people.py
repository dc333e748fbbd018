"""Deputies, extensions, merged doubles, shared boxes, names as they are looked for.

Revision: 0009
Before it: 0008
"""

import unicodedata

import sqlalchemy as sa
from alembic import op

from reviewtool.models.base import UtcDateTime

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema up."""
    op.create_table(
        "deputy",
        sa.Column("handbook_id", sa.String(length=16), nullable=False),
        sa.Column("person_id", sa.String(length=16), nullable=False),
        sa.Column("deputy_id", sa.String(length=16), nullable=False),
        sa.Column("address_id", sa.String(length=16), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(["address_id"], ["address.id"], name=op.f("fk_deputy_address_id")),
        sa.ForeignKeyConstraint(["deputy_id"], ["person.id"], name=op.f("fk_deputy_deputy_id")),
        sa.ForeignKeyConstraint(
            ["handbook_id"], ["handbook.id"], name=op.f("fk_deputy_handbook_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_deputy_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deputy")),
    )
    with op.batch_alter_table("deputy", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_deputy_handbook_id"), ["handbook_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_deputy_person_id"), ["person_id"], unique=False)

    op.create_table(
        "extension",
        sa.Column("phase_id", sa.String(length=16), nullable=False),
        sa.Column("organisation_id", sa.String(length=16), nullable=False),
        sa.Column("closes_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("given_by_id", sa.String(length=16), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["given_by_id"], ["person.id"], name=op.f("fk_extension_given_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_extension_organisation_id")
        ),
        sa.ForeignKeyConstraint(["phase_id"], ["phase.id"], name=op.f("fk_extension_phase_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_extension")),
        sa.UniqueConstraint(
            "phase_id", "organisation_id", name=op.f("uq_extension_phase_id_organisation_id")
        ),
    )
    with op.batch_alter_table("extension", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_extension_organisation_id"), ["organisation_id"], unique=False
        )

    with op.batch_alter_table("invitation", schema=None) as batch_op:
        batch_op.add_column(sa.Column("unreached_note", sa.String(), nullable=True))

    with op.batch_alter_table("organisation", schema=None) as batch_op:
        batch_op.add_column(sa.Column("search_key", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("merged_into_id", sa.String(length=16), nullable=True))
        batch_op.create_index(
            batch_op.f("ix_organisation_search_key"), ["search_key"], unique=False
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_organisation_merged_into_id"), "organisation", ["merged_into_id"], ["id"]
        )

    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.add_column(sa.Column("search_key", sa.String(), nullable=True))
        batch_op.add_column(
            sa.Column("box", sa.Boolean(), nullable=False, server_default=sa.false())
        )
        batch_op.add_column(sa.Column("merged_into_id", sa.String(length=16), nullable=True))
        batch_op.create_index(batch_op.f("ix_person_search_key"), ["search_key"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_person_merged_into_id"), "person", ["merged_into_id"], ["id"]
        )

    for table in ("organisation", "person"):
        _fill_search_keys(table)
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.alter_column("search_key", existing_type=sa.String(), nullable=False)
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.alter_column("box", existing_type=sa.Boolean(), server_default=None)


def _fill_search_keys(table: str) -> None:
    """Write each name as it is looked for: no case, no marks on letters, single spaces."""
    rows = sa.table(table, sa.column("id"), sa.column("name"), sa.column("search_key"))
    connection = op.get_bind()
    keys = [
        {"row_id": row.id, "key": _search_key(row.name)}
        for row in connection.execute(sa.select(rows.c.id, rows.c.name))
    ]
    if keys:
        changed = sa.update(rows).where(rows.c.id == sa.bindparam("row_id"))
        connection.execute(changed.values(search_key=sa.bindparam("key")), keys)


def _search_key(name: str) -> str:
    apart = unicodedata.normalize("NFKD", name.casefold())
    return " ".join("".join(one for one in apart if not unicodedata.combining(one)).split())


def downgrade() -> None:
    """Take the schema down."""
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_person_merged_into_id"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_person_search_key"))
        batch_op.drop_column("merged_into_id")
        batch_op.drop_column("box")
        batch_op.drop_column("search_key")

    with op.batch_alter_table("organisation", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_organisation_merged_into_id"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_organisation_search_key"))
        batch_op.drop_column("merged_into_id")
        batch_op.drop_column("search_key")

    with op.batch_alter_table("invitation", schema=None) as batch_op:
        batch_op.drop_column("unreached_note")

    with op.batch_alter_table("extension", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_extension_organisation_id"))

    op.drop_table("extension")
    with op.batch_alter_table("deputy", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_deputy_person_id"))
        batch_op.drop_index(batch_op.f("ix_deputy_handbook_id"))

    op.drop_table("deputy")
