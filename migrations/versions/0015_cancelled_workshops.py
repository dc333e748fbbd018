"""cancelled_workshops

Revision: 0015
Before it: 0014
"""

import sqlalchemy as sa
from alembic import op

from reviewtool.models.base import UtcDateTime

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema up."""
    with op.batch_alter_table("workshop", schema=None) as batch_op:
        batch_op.add_column(sa.Column("cancelled_at", UtcDateTime(), nullable=True))
        batch_op.add_column(
            sa.Column("cancel_reason", sa.String(), server_default="", nullable=False)
        )


def downgrade() -> None:
    """Take the schema down."""
    with op.batch_alter_table("workshop", schema=None) as batch_op:
        batch_op.drop_column("cancel_reason")
        batch_op.drop_column("cancelled_at")
