"""tied_questions

Revision: 0022
Before it: 0021
"""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema up."""
    with op.batch_alter_table("question", schema=None) as batch_op:
        batch_op.add_column(sa.Column("section_id", sa.String(length=16), nullable=True))
        batch_op.add_column(
            sa.Column("quote", sa.String(), nullable=False, server_default=sa.text("''"))
        )
        batch_op.create_index(batch_op.f("ix_question_section_id"), ["section_id"])
        batch_op.create_foreign_key(
            batch_op.f("fk_question_section_id"), "section", ["section_id"], ["id"]
        )
    with op.batch_alter_table("question", schema=None) as batch_op:
        batch_op.alter_column("quote", server_default=None)


def downgrade() -> None:
    """Take the schema down."""
    with op.batch_alter_table("question", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_question_section_id"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_question_section_id"))
        batch_op.drop_column("quote")
        batch_op.drop_column("section_id")
