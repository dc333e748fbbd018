"""pictures_and_stories

Revision: 0006
Before it: 0005
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema up."""
    op.create_table(
        "episode",
        sa.Column("story_id", sa.String(length=16), nullable=False),
        sa.Column("heading", sa.String(), nullable=False),
        sa.Column("activity_id", sa.String(length=16), nullable=False),
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["activity_id"], ["section.id"], name=op.f("fk_episode_activity_id")
        ),
        sa.ForeignKeyConstraint(["story_id"], ["section.id"], name=op.f("fk_episode_story_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_episode")),
        sa.UniqueConstraint("story_id", "heading", name=op.f("uq_episode_story_id_heading")),
    )
    with op.batch_alter_table("episode", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_episode_activity_id"), ["activity_id"], unique=False)

    op.create_table(
        "picture",
        sa.Column("file_id", sa.String(length=16), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("small_sha256", sa.String(length=64), nullable=False),
        sa.Column("small_width", sa.Integer(), nullable=False),
        sa.Column("sent_sha256", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["file_id"], ["file.id"], name=op.f("fk_picture_file_id")),
        sa.ForeignKeyConstraint(
            ["small_sha256"], ["blob.sha256"], name=op.f("fk_picture_small_sha256")
        ),
        sa.PrimaryKeyConstraint("file_id", name=op.f("pk_picture")),
    )
    with op.batch_alter_table("picture", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_picture_sent_sha256"), ["sent_sha256"], unique=False)
        batch_op.create_index(batch_op.f("ix_picture_small_sha256"), ["small_sha256"], unique=False)

    op.create_table(
        "story",
        sa.Column("section_id", sa.String(length=16), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("pseudonym", sa.Boolean(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("consent", sa.String(), nullable=False),
        sa.Column("picture_id", sa.String(length=16), nullable=True),
        sa.Column("picture_alt", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["picture_id"], ["picture.file_id"], name=op.f("fk_story_picture_id")
        ),
        sa.ForeignKeyConstraint(["section_id"], ["section.id"], name=op.f("fk_story_section_id")),
        sa.PrimaryKeyConstraint("section_id", name=op.f("pk_story")),
    )
    with op.batch_alter_table("story", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_story_picture_id"), ["picture_id"], unique=False)

    with op.batch_alter_table("handbook", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("figure_years", sa.Integer(), server_default="2", nullable=False)
        )


def downgrade() -> None:
    """Take the schema down."""
    with op.batch_alter_table("handbook", schema=None) as batch_op:
        batch_op.drop_column("figure_years")

    with op.batch_alter_table("story", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_story_picture_id"))

    op.drop_table("story")
    with op.batch_alter_table("picture", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_picture_small_sha256"))
        batch_op.drop_index(batch_op.f("ix_picture_sent_sha256"))

    op.drop_table("picture")
    with op.batch_alter_table("episode", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_episode_activity_id"))

    op.drop_table("episode")
