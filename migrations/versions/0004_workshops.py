"""Workshops: time and place, groups, themes, who comes, and their minutes.

Revision: 0004
Before it: 0003
"""

import sqlalchemy as sa
from alembic import op

from reviewtool.models.base import UtcDateTime

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema up."""
    op.create_table(
        "workshop",
        sa.Column("phase_id", sa.String(length=16), nullable=False),
        sa.Column("starts_at", UtcDateTime(), nullable=False),
        sa.Column("ends_at", UtcDateTime(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("remote_address", sa.String(), nullable=False),
        sa.Column("agenda", sa.JSON(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("room_code", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["phase_id"], ["phase.id"], name=op.f("fk_workshop_phase_id")),
        sa.PrimaryKeyConstraint("phase_id", name=op.f("pk_workshop")),
        sa.UniqueConstraint("room_code", name=op.f("uq_workshop_room_code")),
    )
    op.create_table(
        "workshop_group",
        sa.Column("phase_id", sa.String(length=16), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(length=16), nullable=True),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_workshop_group_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["phase_id"], ["phase.id"], name=op.f("fk_workshop_group_phase_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workshop_group")),
    )
    with op.batch_alter_table("workshop_group", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_workshop_group_phase_id"), ["phase_id"], unique=False)

    op.create_table(
        "workshop_minutes",
        sa.Column("phase_id", sa.String(length=16), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("updated_by_id", sa.String(length=16), nullable=True),
        sa.Column("updated_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["phase_id"], ["phase.id"], name=op.f("fk_workshop_minutes_phase_id")
        ),
        sa.ForeignKeyConstraint(
            ["updated_by_id"], ["person.id"], name=op.f("fk_workshop_minutes_updated_by_id")
        ),
        sa.PrimaryKeyConstraint("phase_id", name=op.f("pk_workshop_minutes")),
    )
    op.create_table(
        "workshop_minutes_sent",
        sa.Column("phase_id", sa.String(length=16), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("final", sa.Boolean(), nullable=False),
        sa.Column("sent_by_id", sa.String(length=16), nullable=True),
        sa.Column("sent_at", UtcDateTime(), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["phase_id"], ["phase.id"], name=op.f("fk_workshop_minutes_sent_phase_id")
        ),
        sa.ForeignKeyConstraint(
            ["sent_by_id"], ["person.id"], name=op.f("fk_workshop_minutes_sent_sent_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workshop_minutes_sent")),
        sa.UniqueConstraint(
            "phase_id", "number", name=op.f("uq_workshop_minutes_sent_phase_id_number")
        ),
    )
    op.create_table(
        "workshop_theme",
        sa.Column("phase_id", sa.String(length=16), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["phase_id"], ["phase.id"], name=op.f("fk_workshop_theme_phase_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workshop_theme")),
    )
    with op.batch_alter_table("workshop_theme", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_workshop_theme_phase_id"), ["phase_id"], unique=False)

    op.create_table(
        "workshop_sign_up",
        sa.Column("invitation_id", sa.String(length=16), nullable=False),
        sa.Column(
            "attendance",
            sa.Enum("comes", "remotely", "cannot", name="attendance", native_enum=False, length=40),
            nullable=True,
        ),
        sa.Column("needs", sa.String(), nullable=False),
        sa.Column("diet", sa.String(), nullable=False),
        sa.Column("group_id", sa.String(length=16), nullable=True),
        sa.Column("present_at", UtcDateTime(), nullable=True),
        sa.Column("updated_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id"], ["workshop_group.id"], name=op.f("fk_workshop_sign_up_group_id")
        ),
        sa.ForeignKeyConstraint(
            ["invitation_id"], ["invitation.id"], name=op.f("fk_workshop_sign_up_invitation_id")
        ),
        sa.PrimaryKeyConstraint("invitation_id", name=op.f("pk_workshop_sign_up")),
    )
    op.create_table(
        "workshop_correction",
        sa.Column("contribution_id", sa.String(length=16), nullable=False),
        sa.Column("minutes_id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["contribution_id"],
            ["contribution.id"],
            name=op.f("fk_workshop_correction_contribution_id"),
        ),
        sa.ForeignKeyConstraint(
            ["minutes_id"],
            ["workshop_minutes_sent.id"],
            name=op.f("fk_workshop_correction_minutes_id"),
        ),
        sa.PrimaryKeyConstraint("contribution_id", name=op.f("pk_workshop_correction")),
    )
    with op.batch_alter_table("workshop_correction", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_workshop_correction_minutes_id"), ["minutes_id"], unique=False
        )

    op.create_table(
        "workshop_entry",
        sa.Column("contribution_id", sa.String(length=16), nullable=False),
        sa.Column("group_id", sa.String(length=16), nullable=True),
        sa.Column("theme_id", sa.String(length=16), nullable=True),
        sa.ForeignKeyConstraint(
            ["contribution_id"], ["contribution.id"], name=op.f("fk_workshop_entry_contribution_id")
        ),
        sa.ForeignKeyConstraint(
            ["group_id"], ["workshop_group.id"], name=op.f("fk_workshop_entry_group_id")
        ),
        sa.ForeignKeyConstraint(
            ["theme_id"], ["workshop_theme.id"], name=op.f("fk_workshop_entry_theme_id")
        ),
        sa.PrimaryKeyConstraint("contribution_id", name=op.f("pk_workshop_entry")),
    )
    with op.batch_alter_table("workshop_entry", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_workshop_entry_group_id"), ["group_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_workshop_entry_theme_id"), ["theme_id"], unique=False)


def downgrade() -> None:
    """Take the schema down."""
    with op.batch_alter_table("workshop_entry", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_workshop_entry_theme_id"))
        batch_op.drop_index(batch_op.f("ix_workshop_entry_group_id"))

    op.drop_table("workshop_entry")
    with op.batch_alter_table("workshop_correction", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_workshop_correction_minutes_id"))

    op.drop_table("workshop_correction")
    op.drop_table("workshop_sign_up")
    with op.batch_alter_table("workshop_theme", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_workshop_theme_phase_id"))

    op.drop_table("workshop_theme")
    op.drop_table("workshop_minutes_sent")
    op.drop_table("workshop_minutes")
    with op.batch_alter_table("workshop_group", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_workshop_group_phase_id"))

    op.drop_table("workshop_group")
    op.drop_table("workshop")
