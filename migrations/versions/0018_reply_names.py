"""reply_names

Revision: 0018
Before it: 0017
"""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema up."""
    with op.batch_alter_table("turn", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "name_shown",
                sa.Enum(
                    "organisation", "name", "nobody", name="nameshown", native_enum=False, length=40
                ),
                nullable=True,
            )
        )


def downgrade() -> None:
    """Take the schema down."""
    with op.batch_alter_table("turn", schema=None) as batch_op:
        batch_op.drop_column("name_shown")
