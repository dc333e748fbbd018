"""statements

Revision: 0016
Before it: 0015
"""

import sqlalchemy as sa
from alembic import op

from reviewtool.models.base import UtcDateTime

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema up."""
    op.create_table(
        "statement",
        sa.Column("phase_id", sa.String(length=16), nullable=False),
        sa.Column("organisation_id", sa.String(length=16), nullable=False),
        sa.Column("holder_id", sa.String(length=16), nullable=False),
        sa.Column("submitted_at", UtcDateTime(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(["holder_id"], ["person.id"], name=op.f("fk_statement_holder_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_statement_organisation_id")
        ),
        sa.ForeignKeyConstraint(["phase_id"], ["phase.id"], name=op.f("fk_statement_phase_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_statement")),
    )
    with op.batch_alter_table("statement", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_statement_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_statement_phase_id"), ["phase_id"], unique=False)

    op.create_table(
        "statement_member",
        sa.Column("statement_id", sa.String(length=16), nullable=False),
        sa.Column("person_id", sa.String(length=16), nullable=False),
        sa.Column("joined_at", UtcDateTime(), nullable=False),
        sa.Column("left_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_statement_member_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["statement_id"], ["statement.id"], name=op.f("fk_statement_member_statement_id")
        ),
        sa.PrimaryKeyConstraint("statement_id", "person_id", name=op.f("pk_statement_member")),
    )
    with op.batch_alter_table("statement_member", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_statement_member_person_id"), ["person_id"], unique=False
        )

    op.create_table(
        "statement_point",
        sa.Column("statement_id", sa.String(length=16), nullable=False),
        sa.Column("section_id", sa.String(length=16), nullable=True),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("written_by_id", sa.String(length=16), nullable=False),
        sa.Column("contribution_id", sa.String(length=16), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("updated_at", UtcDateTime(), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["contribution_id"],
            ["contribution.id"],
            name=op.f("fk_statement_point_contribution_id"),
        ),
        sa.ForeignKeyConstraint(
            ["section_id"], ["section.id"], name=op.f("fk_statement_point_section_id")
        ),
        sa.ForeignKeyConstraint(
            ["statement_id"], ["statement.id"], name=op.f("fk_statement_point_statement_id")
        ),
        sa.ForeignKeyConstraint(
            ["written_by_id"], ["person.id"], name=op.f("fk_statement_point_written_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_statement_point")),
        sa.UniqueConstraint("contribution_id", name=op.f("uq_statement_point_contribution_id")),
    )
    with op.batch_alter_table("statement_point", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_statement_point_statement_id"), ["statement_id"], unique=False
        )


def downgrade() -> None:
    """Take the schema down."""
    with op.batch_alter_table("statement_point", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_statement_point_statement_id"))

    op.drop_table("statement_point")
    with op.batch_alter_table("statement_member", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_statement_member_person_id"))

    op.drop_table("statement_member")
    with op.batch_alter_table("statement", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_statement_phase_id"))
        batch_op.drop_index(batch_op.f("ix_statement_organisation_id"))

    op.drop_table("statement")
