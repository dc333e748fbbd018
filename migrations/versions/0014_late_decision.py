"""late_decision

Revision: 0014
Before it: 0013
"""

import sqlalchemy as sa
from alembic import op

from reviewtool.models.base import UtcDateTime

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema up."""
    op.create_table(
        "late_decision",
        sa.Column("contribution_id", sa.String(length=16), nullable=False),
        sa.Column("admitted", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("decided_by_id", sa.String(length=16), nullable=False),
        sa.Column("decided_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["contribution_id"], ["contribution.id"], name=op.f("fk_late_decision_contribution_id")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["person.id"], name=op.f("fk_late_decision_decided_by_id")
        ),
        sa.PrimaryKeyConstraint("contribution_id", name=op.f("pk_late_decision")),
    )


def downgrade() -> None:
    """Take the schema down."""
    op.drop_table("late_decision")
