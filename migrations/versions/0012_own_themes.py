"""own_themes

Revision: 0012
Before it: 0011
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema up."""
    op.create_table(
        "own_theme",
        sa.Column("invitation_id", sa.String(length=16), nullable=False),
        sa.Column("section_id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["invitation_id"], ["invitation.id"], name=op.f("fk_own_theme_invitation_id")
        ),
        sa.ForeignKeyConstraint(
            ["section_id"], ["section.id"], name=op.f("fk_own_theme_section_id")
        ),
        sa.PrimaryKeyConstraint("invitation_id", "section_id", name=op.f("pk_own_theme")),
    )
    with op.batch_alter_table("own_theme", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_own_theme_section_id"), ["section_id"], unique=False)


def downgrade() -> None:
    """Take the schema down."""
    with op.batch_alter_table("own_theme", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_own_theme_section_id"))

    op.drop_table("own_theme")
