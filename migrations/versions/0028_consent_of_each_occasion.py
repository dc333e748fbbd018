"""consent_of_each_occasion

Revision: 0028
Before it: 0027
"""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

SHOWN = ("organisation", "name", "nobody")


def upgrade() -> None:
    """Bring the schema up: how one is shown stands with what one says, not with the person."""
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.drop_column("name_shown")


def downgrade() -> None:
    """Bring the schema back: everybody is shown by their organisation until they choose."""
    shown = sa.Enum(*SHOWN, name="nameshown", native_enum=False, length=40)
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("name_shown", shown, nullable=False, server_default="organisation")
        )
