"""unsent

Revision: 0013
Before it: 0012
"""

import sqlalchemy as sa
from alembic import op

from reviewtool.models.base import UtcDateTime

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema up."""
    op.create_table(
        "unsent",
        sa.Column("invitation_id", sa.String(length=16), nullable=False),
        sa.Column("form", sa.String(), nullable=False),
        sa.Column("section_id", sa.String(length=16), nullable=True),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("mark", sa.String(), nullable=False),
        sa.Column("updated_at", UtcDateTime(), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["invitation_id"], ["invitation.id"], name=op.f("fk_unsent_invitation_id")
        ),
        sa.ForeignKeyConstraint(["section_id"], ["section.id"], name=op.f("fk_unsent_section_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unsent")),
        sa.UniqueConstraint("invitation_id", "form", name=op.f("uq_unsent_invitation_id_form")),
    )
    with op.batch_alter_table("unsent", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_unsent_section_id"), ["section_id"], unique=False)


def downgrade() -> None:
    """Take the schema down."""
    with op.batch_alter_table("unsent", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_unsent_section_id"))

    op.drop_table("unsent")
