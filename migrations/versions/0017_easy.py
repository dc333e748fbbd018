"""easy

Revision: 0017
Before it: 0016
"""

import sqlalchemy as sa
from alembic import op

from reviewtool.models.base import UtcDateTime

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema up."""
    op.create_table(
        "easy_summary",
        sa.Column("handbook_id", sa.String(length=16), nullable=False),
        sa.Column("phase_id", sa.String(length=16), nullable=True),
        sa.Column("section_id", sa.String(length=16), nullable=True),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("updated_at", UtcDateTime(), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["handbook_id"], ["handbook.id"], name=op.f("fk_easy_summary_handbook_id")
        ),
        sa.ForeignKeyConstraint(["phase_id"], ["phase.id"], name=op.f("fk_easy_summary_phase_id")),
        sa.ForeignKeyConstraint(
            ["section_id"], ["section.id"], name=op.f("fk_easy_summary_section_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_easy_summary")),
        sa.UniqueConstraint("phase_id", "language", name=op.f("uq_easy_summary_phase_id_language")),
        sa.UniqueConstraint(
            "section_id", "language", name=op.f("uq_easy_summary_section_id_language")
        ),
    )
    with op.batch_alter_table("easy_summary", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_easy_summary_handbook_id"), ["handbook_id"], unique=False
        )


def downgrade() -> None:
    """Take the schema down."""
    with op.batch_alter_table("easy_summary", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_easy_summary_handbook_id"))

    op.drop_table("easy_summary")
