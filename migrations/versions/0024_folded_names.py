"""folded names

Revision: 0024
Before it: 0023
"""

import unicodedata

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

ORGANISATION = sa.table(
    "organisation",
    sa.column("id", sa.String),
    sa.column("name", sa.String),
    sa.column("folded", sa.String),
)


def _folded(name: str) -> str:
    return unicodedata.normalize("NFKC", name).strip().casefold()


def upgrade() -> None:
    """Bring the schema up: full stops and commas of organisations' names are folded too."""
    for row in op.get_bind().execute(sa.select(ORGANISATION.c.id, ORGANISATION.c.name)).all():
        folded = " ".join(_folded(row.name).replace(".", "").replace(",", " ").split())
        _write(row.id, folded)


def downgrade() -> None:
    """Take the schema down."""
    for row in op.get_bind().execute(sa.select(ORGANISATION.c.id, ORGANISATION.c.name)).all():
        _write(row.id, _folded(row.name))


def _write(organisation_id: str, folded: str) -> None:
    op.execute(
        ORGANISATION.update().where(ORGANISATION.c.id == organisation_id).values(folded=folded)
    )
