"""host address

Revision: 0029
Before it: 0028
"""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema up."""
    with op.batch_alter_table("handbook", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("host_address", sa.String(), nullable=False, server_default="")
        )


def downgrade() -> None:
    """Take the schema down."""
    with op.batch_alter_table("handbook", schema=None) as batch_op:
        batch_op.drop_column("host_address")
