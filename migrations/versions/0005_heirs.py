"""Where a contribution is dealt with since its section was split or merged.

Revision: 0005
Before it: 0004
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema up."""
    with op.batch_alter_table("contribution", schema=None) as batch_op:
        batch_op.add_column(sa.Column("heir_id", sa.String(length=16), nullable=True))
        batch_op.create_index(batch_op.f("ix_contribution_heir_id"), ["heir_id"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_contribution_heir_id"), "section", ["heir_id"], ["id"]
        )


def downgrade() -> None:
    """Take the schema down."""
    with op.batch_alter_table("contribution", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_contribution_heir_id"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_contribution_heir_id"))
        batch_op.drop_column("heir_id")
