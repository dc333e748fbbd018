"""Who answers for the personal data together with the host.

Revision: 0002
Before it: 0001
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema up."""
    with op.batch_alter_table("handbook", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("joint_controllers", sa.String(), server_default="", nullable=False)
        )


def downgrade() -> None:
    """Take the schema down."""
    with op.batch_alter_table("handbook", schema=None) as batch_op:
        batch_op.drop_column("joint_controllers")
