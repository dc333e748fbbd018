"""vouched

Revision: 0021
Before it: 0020
"""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

OPENLY = ("signed-up", "joined")
"""How those came in whom nobody had asked."""

CHAIN = 5
"""How many times a task may have been passed on from one of those."""


def upgrade() -> None:
    """Bring the schema up: whoever was asked in is vouched for, and whom they asked."""
    with op.batch_alter_table("invitation", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("vouched", sa.Boolean(), nullable=False, server_default=sa.true())
        )
    part = sa.table(
        "invitation",
        sa.column("id", sa.String),
        sa.column("origin", sa.String),
        sa.column("passed_from_id", sa.String),
        sa.column("vouched", sa.Boolean),
    )
    op.execute(part.update().where(part.c.origin.in_(OPENLY)).values(vouched=sa.false()))
    giver = part.alias()
    for _ in range(CHAIN):
        unknown = sa.select(giver.c.id).where(giver.c.vouched.is_(sa.false()))
        op.execute(
            part.update().where(part.c.passed_from_id.in_(unknown)).values(vouched=sa.false())
        )
    with op.batch_alter_table("invitation", schema=None) as batch_op:
        batch_op.alter_column("vouched", server_default=None)


def downgrade() -> None:
    """Take the schema down."""
    with op.batch_alter_table("invitation", schema=None) as batch_op:
        batch_op.drop_column("vouched")
