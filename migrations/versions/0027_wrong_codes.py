"""wrong_codes: how often a room's code was guessed at, and when it was therefore made anew

Revision: 0027
Before it: 0026
"""

import sqlalchemy as sa
from alembic import op

from reviewtool.models.base import UtcDateTime

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema up."""
    with op.batch_alter_table("workshop", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("wrong_codes", sa.Integer(), server_default="0", nullable=False)
        )
        batch_op.add_column(sa.Column("guessed_at", UtcDateTime(), nullable=True))


def downgrade() -> None:
    """Take the schema down."""
    with op.batch_alter_table("workshop", schema=None) as batch_op:
        batch_op.drop_column("guessed_at")
        batch_op.drop_column("wrong_codes")
