"""shared_from

Revision: 0019
Before it: 0018
"""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema up."""
    for table in ("phase", "contribution"):
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.add_column(sa.Column("shared_from", sa.Date(), nullable=True))


def downgrade() -> None:
    """Take the schema down."""
    for table in ("contribution", "phase"):
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.drop_column("shared_from")
