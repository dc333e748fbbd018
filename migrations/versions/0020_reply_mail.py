"""reply_mail

Revision: 0020
Before it: 0019
"""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema up."""
    with op.batch_alter_table("invitation", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("reply_mail", sa.Boolean(), server_default=sa.true(), nullable=False)
        )
    with op.batch_alter_table("invitation", schema=None) as batch_op:
        batch_op.alter_column("reply_mail", existing_type=sa.Boolean(), server_default=None)


def downgrade() -> None:
    """Take the schema down."""
    with op.batch_alter_table("invitation", schema=None) as batch_op:
        batch_op.drop_column("reply_mail")
