"""verdicts

Revision: 0011
Before it: 0010
"""

import sqlalchemy as sa
from alembic import op

from reviewtool.models.base import UtcDateTime

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema up."""
    op.create_table(
        "verdict",
        sa.Column("contribution_id", sa.String(length=16), nullable=False),
        sa.Column("answer_version", sa.Integer(), nullable=False),
        sa.Column("satisfied", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("given_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["contribution_id"], ["contribution.id"], name=op.f("fk_verdict_contribution_id")
        ),
        sa.PrimaryKeyConstraint("contribution_id", name=op.f("pk_verdict")),
    )


def downgrade() -> None:
    """Take the schema down."""
    op.drop_table("verdict")
