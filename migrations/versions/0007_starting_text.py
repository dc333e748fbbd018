"""Starting texts, and what sections inherited of them.

Revision: 0007
Before it: 0006
"""

import sqlalchemy as sa
from alembic import op

from reviewtool.models.base import UtcDateTime

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema up."""
    op.create_table(
        "starting_text",
        sa.Column("handbook_id", sa.String(length=16), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("credit", sa.String(), nullable=False),
        sa.Column("permission", sa.String(), nullable=False),
        sa.Column("dated_on", sa.Date(), nullable=True),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["handbook_id"], ["handbook.id"], name=op.f("fk_starting_text_handbook_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_starting_text")),
        sa.UniqueConstraint("handbook_id", name=op.f("uq_starting_text_handbook_id")),
    )
    op.create_table(
        "inheritance",
        sa.Column("starting_text_id", sa.String(length=16), nullable=False),
        sa.Column("section_id", sa.String(length=16), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("revision_id", sa.String(length=16), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["revision_id"], ["revision.id"], name=op.f("fk_inheritance_revision_id")
        ),
        sa.ForeignKeyConstraint(
            ["section_id"], ["section.id"], name=op.f("fk_inheritance_section_id")
        ),
        sa.ForeignKeyConstraint(
            ["starting_text_id"], ["starting_text.id"], name=op.f("fk_inheritance_starting_text_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inheritance")),
        sa.UniqueConstraint(
            "section_id", "language", name=op.f("uq_inheritance_section_id_language")
        ),
    )
    with op.batch_alter_table("inheritance", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_inheritance_starting_text_id"), ["starting_text_id"], unique=False
        )


def downgrade() -> None:
    """Take the schema down."""
    with op.batch_alter_table("inheritance", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_inheritance_starting_text_id"))

    op.drop_table("inheritance")
    op.drop_table("starting_text")
