"""points_on_passages

Revision: 0023
Before it: 0022
"""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

KINDS = (
    "comment",
    "suggestion",
    "example",
    "question-answer",
    "proposal",
    "feature",
    "interview-note",
)

WORDS = ("quote", "prefix", "suffix", "target_group", "activity", "effect")


def upgrade() -> None:
    """Bring the schema up: each point so far is a comment on a text as a whole, or on all."""
    kind = sa.Enum(*KINDS, name="contributionkind", native_enum=False, length=40)
    with op.batch_alter_table("statement_point", schema=None) as batch_op:
        batch_op.add_column(sa.Column("kind", kind, nullable=False, server_default="comment"))
        batch_op.add_column(sa.Column("revision_id", sa.String(length=16), nullable=True))
        batch_op.add_column(sa.Column("start", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("end", sa.Integer(), nullable=True))
        for name in WORDS:
            batch_op.add_column(sa.Column(name, sa.String(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("language", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("replacement", sa.String(), nullable=True))
        batch_op.add_column(
            sa.Column("publish_consent", sa.Boolean(), nullable=False, server_default=sa.false())
        )
        batch_op.add_column(sa.Column("also", sa.JSON(), nullable=False, server_default="[]"))
        batch_op.create_foreign_key(
            batch_op.f("fk_statement_point_revision_id"), "revision", ["revision_id"], ["id"]
        )
        batch_op.create_index(batch_op.f("ix_statement_point_section_id"), ["section_id"])
    point = sa.table(
        "statement_point", sa.column("written_by_id", sa.String), sa.column("language", sa.String)
    )
    person = sa.table("person", sa.column("id", sa.String), sa.column("language", sa.String))
    own = sa.select(person.c.language).where(person.c.id == point.c.written_by_id)
    op.execute(point.update().values(language=own.scalar_subquery()))
    with op.batch_alter_table("statement_point", schema=None) as batch_op:
        batch_op.alter_column("language", existing_type=sa.String(), nullable=False)
        for name in ("kind", *WORDS, "publish_consent", "also"):
            batch_op.alter_column(name, server_default=None)


def downgrade() -> None:
    """Take the schema down."""
    with op.batch_alter_table("statement_point", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_statement_point_section_id"))
        batch_op.drop_constraint(batch_op.f("fk_statement_point_revision_id"), type_="foreignkey")
        for name in (
            *("also", "publish_consent", "replacement", "language", "revision_id"),
            *("kind", "start", "end", *WORDS),
        ):
            batch_op.drop_column(name)
