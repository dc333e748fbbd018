"""interviews

Revision: 0010
Before it: 0009
"""

import sqlalchemy as sa
from alembic import op

from reviewtool.models.base import UtcDateTime

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema up."""
    op.create_table(
        "waiting_original",
        sa.Column("file_id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(["file_id"], ["file.id"], name=op.f("fk_waiting_original_file_id")),
        sa.PrimaryKeyConstraint("file_id", name=op.f("pk_waiting_original")),
    )
    op.create_table(
        "interview",
        sa.Column("phase_id", sa.String(length=16), nullable=False),
        sa.Column("invitation_id", sa.String(length=16), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column(
            "consent",
            sa.Enum(
                "organisation", "name", "nobody", name="nameshown", native_enum=False, length=40
            ),
            nullable=False,
        ),
        sa.Column("quotable", sa.Boolean(), nullable=False),
        sa.Column("sent_at", UtcDateTime(), nullable=True),
        sa.Column("confirmed_at", UtcDateTime(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["invitation_id"], ["invitation.id"], name=op.f("fk_interview_invitation_id")
        ),
        sa.ForeignKeyConstraint(["phase_id"], ["phase.id"], name=op.f("fk_interview_phase_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interview")),
    )
    with op.batch_alter_table("interview", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_interview_invitation_id"), ["invitation_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_interview_phase_id"), ["phase_id"], unique=False)

    op.create_table(
        "interview_note",
        sa.Column("contribution_id", sa.String(length=16), nullable=False),
        sa.Column("interview_id", sa.String(length=16), nullable=False),
        sa.Column(
            "wish",
            sa.Enum("correct", "withdraw", name="notewish", native_enum=False, length=40),
            nullable=True,
        ),
        sa.Column("wished_at", UtcDateTime(), nullable=True),
        sa.Column("told_draft_id", sa.String(length=16), nullable=True),
        sa.ForeignKeyConstraint(
            ["contribution_id"], ["contribution.id"], name=op.f("fk_interview_note_contribution_id")
        ),
        sa.ForeignKeyConstraint(
            ["interview_id"], ["interview.id"], name=op.f("fk_interview_note_interview_id")
        ),
        sa.ForeignKeyConstraint(
            ["told_draft_id"], ["draft.id"], name=op.f("fk_interview_note_told_draft_id")
        ),
        sa.PrimaryKeyConstraint("contribution_id", name=op.f("pk_interview_note")),
    )
    with op.batch_alter_table("interview_note", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_interview_note_interview_id"), ["interview_id"], unique=False
        )


def downgrade() -> None:
    """Take the schema down."""
    with op.batch_alter_table("interview_note", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_interview_note_interview_id"))

    op.drop_table("interview_note")
    with op.batch_alter_table("interview", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_interview_phase_id"))
        batch_op.drop_index(batch_op.f("ix_interview_invitation_id"))

    op.drop_table("interview")
    op.drop_table("waiting_original")
