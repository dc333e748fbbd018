"""Proposals about the structure, and the changes that were made to it.

Revision: 0003
Before it: 0002
"""

import sqlalchemy as sa
from alembic import op

from reviewtool.models.base import UtcDateTime

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema up."""
    op.create_table(
        "proposal",
        sa.Column("contribution_id", sa.String(length=16), nullable=False),
        sa.Column(
            "act",
            sa.Enum(
                "add",
                "rename",
                "move",
                "merge",
                "split",
                "drop",
                "relate",
                name="proposalact",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("section_id", sa.String(length=16), nullable=True),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("parent_id", sa.String(length=16), nullable=True),
        sa.Column(
            "section_kind",
            sa.Enum(
                "chapter",
                "area",
                "activity",
                "story",
                name="sectionkind",
                native_enum=False,
                length=40,
            ),
            nullable=True,
        ),
        sa.ForeignKeyConstraint(
            ["contribution_id"], ["contribution.id"], name=op.f("fk_proposal_contribution_id")
        ),
        sa.ForeignKeyConstraint(["parent_id"], ["section.id"], name=op.f("fk_proposal_parent_id")),
        sa.ForeignKeyConstraint(
            ["section_id"], ["section.id"], name=op.f("fk_proposal_section_id")
        ),
        sa.PrimaryKeyConstraint("contribution_id", name=op.f("pk_proposal")),
    )
    with op.batch_alter_table("proposal", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_proposal_parent_id"), ["parent_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_proposal_section_id"), ["section_id"], unique=False)

    op.create_table(
        "structure_change",
        sa.Column("handbook_id", sa.String(length=16), nullable=False),
        sa.Column(
            "act",
            sa.Enum(
                "add",
                "rename",
                "move",
                "merge",
                "split",
                "drop",
                "relate",
                "unrelate",
                "restore",
                name="structureact",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("section_id", sa.String(length=16), nullable=False),
        sa.Column("contribution_id", sa.String(length=16), nullable=True),
        sa.Column("old_title", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("old_parent_id", sa.String(length=16), nullable=True),
        sa.Column("parent_id", sa.String(length=16), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(length=16), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["contribution_id"],
            ["contribution.id"],
            name=op.f("fk_structure_change_contribution_id"),
        ),
        sa.ForeignKeyConstraint(
            ["handbook_id"], ["handbook.id"], name=op.f("fk_structure_change_handbook_id")
        ),
        sa.ForeignKeyConstraint(
            ["old_parent_id"], ["section.id"], name=op.f("fk_structure_change_old_parent_id")
        ),
        sa.ForeignKeyConstraint(
            ["parent_id"], ["section.id"], name=op.f("fk_structure_change_parent_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_structure_change_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["section_id"], ["section.id"], name=op.f("fk_structure_change_section_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_structure_change")),
    )
    with op.batch_alter_table("structure_change", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_structure_change_contribution_id"), ["contribution_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_structure_change_section_id"), ["section_id"], unique=False
        )
        batch_op.create_index(
            "ix_structure_change_when", ["handbook_id", "created_at"], unique=False
        )

    op.create_table(
        "structure_change_section",
        sa.Column("change_id", sa.String(length=16), nullable=False),
        sa.Column("section_id", sa.String(length=16), nullable=False),
        sa.Column("came_of_it", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["change_id"],
            ["structure_change.id"],
            name=op.f("fk_structure_change_section_change_id"),
        ),
        sa.ForeignKeyConstraint(
            ["section_id"], ["section.id"], name=op.f("fk_structure_change_section_section_id")
        ),
        sa.PrimaryKeyConstraint(
            "change_id", "section_id", name=op.f("pk_structure_change_section")
        ),
    )
    with op.batch_alter_table("structure_change_section", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_structure_change_section_section_id"), ["section_id"], unique=False
        )


def downgrade() -> None:
    """Take the schema down."""
    with op.batch_alter_table("structure_change_section", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_structure_change_section_section_id"))

    op.drop_table("structure_change_section")
    with op.batch_alter_table("structure_change", schema=None) as batch_op:
        batch_op.drop_index("ix_structure_change_when")
        batch_op.drop_index(batch_op.f("ix_structure_change_section_id"))
        batch_op.drop_index(batch_op.f("ix_structure_change_contribution_id"))

    op.drop_table("structure_change")
    with op.batch_alter_table("proposal", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_proposal_section_id"))
        batch_op.drop_index(batch_op.f("ix_proposal_parent_id"))

    op.drop_table("proposal")
