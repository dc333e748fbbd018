"""editions

Revision: 0025
Before it: 0024
"""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

PUBLICATION = sa.table(
    "publication",
    sa.column("id", sa.String),
    sa.column("handbook_id", sa.String),
    sa.column("draft_id", sa.String),
    sa.column("published_at", sa.String),
    sa.column("edition", sa.Integer),
    sa.column("correction", sa.Integer),
)
DRAFT = sa.table(
    "draft",
    sa.column("id", sa.String),
    sa.column("handbook_id", sa.String),
    sa.column("process_id", sa.String),
    sa.column("number", sa.Integer),
    sa.column("correction", sa.Integer),
)


def upgrade() -> None:
    """Bring the schema up: each publication keeps the number by which it has been read so far."""
    with op.batch_alter_table("publication", schema=None) as batch_op:
        batch_op.add_column(sa.Column("edition", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("correction", sa.Integer(), nullable=True))
    _number()
    _give_corrections_their_run()
    with op.batch_alter_table("publication", schema=None) as batch_op:
        batch_op.alter_column("edition", nullable=False)
        batch_op.alter_column("correction", nullable=False)
        batch_op.create_unique_constraint(
            batch_op.f("uq_publication_handbook_id_edition_correction"),
            ["handbook_id", "edition", "correction"],
        )


def _number() -> None:
    """Number as before: whole for each run, 1.1 for what was published again in the same one."""
    rows = op.get_bind().execute(
        sa.select(PUBLICATION.c.id, PUBLICATION.c.handbook_id, DRAFT.c.process_id)
        .join(DRAFT, DRAFT.c.id == PUBLICATION.c.draft_id)
        .order_by(PUBLICATION.c.handbook_id, PUBLICATION.c.published_at, PUBLICATION.c.id)
    )
    runs: dict[str, dict[str, int]] = {}
    for row in rows.all():
        own = runs.setdefault(row.handbook_id, {})
        own[row.process_id] = own.get(row.process_id, -1) + 1
        op.execute(
            PUBLICATION.update()
            .where(PUBLICATION.c.id == row.id)
            .values(edition=list(own).index(row.process_id) + 1, correction=own[row.process_id])
        )


def _give_corrections_their_run() -> None:
    """Give each correction of a draft the run of the draft that it corrects."""
    first = DRAFT.alias()
    own = (
        sa.select(first.c.process_id)
        .where(
            first.c.handbook_id == DRAFT.c.handbook_id,
            first.c.number == DRAFT.c.number,
            first.c.correction == 0,
        )
        .correlate(DRAFT)
        .scalar_subquery()
    )
    op.execute(DRAFT.update().where(DRAFT.c.correction > 0).values(process_id=own))


def downgrade() -> None:
    """Take the schema down."""
    with op.batch_alter_table("publication", schema=None) as batch_op:
        batch_op.drop_constraint(
            batch_op.f("uq_publication_handbook_id_edition_correction"), type_="unique"
        )
        batch_op.drop_column("correction")
        batch_op.drop_column("edition")
