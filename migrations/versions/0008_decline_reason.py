"""Why somebody doesn't take part, in their words.

Revision: 0008
Before it: 0007
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema up."""
    with op.batch_alter_table("invitation", schema=None) as batch_op:
        batch_op.add_column(sa.Column("decline_reason", sa.String(), nullable=True))


def downgrade() -> None:
    """Take the schema down."""
    with op.batch_alter_table("invitation", schema=None) as batch_op:
        batch_op.drop_column("decline_reason")
