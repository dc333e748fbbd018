"""used_answers: whether a feature or an interview note is used is an answer like any other

Revision: 0026
Before it: 0025
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from alembic import op

from reviewtool.infra.ids import new_id
from reviewtool.models.base import UtcDateTime

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

USED, NOT_USED = "used", "not-used"

contribution = sa.table(
    "contribution",
    sa.column("id", sa.String),
    sa.column("handbook_id", sa.String),
    sa.column("created_at", UtcDateTime()),
    sa.column("updated_at", UtcDateTime()),
    sa.column("used", sa.Boolean),
)
note = sa.table(
    "interview_note", sa.column("contribution_id", sa.String), sa.column("told_draft_id", sa.String)
)
draft = sa.table(
    "draft",
    sa.column("id", sa.String),
    sa.column("handbook_id", sa.String),
    sa.column("frozen_at", UtcDateTime()),
    sa.column("correction", sa.Integer),
)
answer = sa.table(
    "answer",
    sa.column("id", sa.String),
    sa.column("contribution_id", sa.String),
    sa.column("kind", sa.String),
    sa.column("reason", sa.String),
    sa.column("batch_id", sa.String),
    sa.column("state", sa.String),
    sa.column("version", sa.Integer),
    sa.column("answered_at", UtcDateTime()),
    sa.column("published_at", UtcDateTime()),
    sa.column("published_draft_id", sa.String),
)


def upgrade() -> None:
    """Make each mark an answer, told with the first draft that was frozen after it was said."""
    connection = op.get_bind()
    answered = sa.exists().where(answer.c.contribution_id == contribution.c.id)
    marked = connection.execute(
        sa.select(contribution).where(contribution.c.used.is_not(None), ~answered)
    ).all()
    drafts = connection.execute(
        sa.select(draft).where(draft.c.correction == 0).order_by(draft.c.frozen_at)
    ).all()
    rows = [_answer(one, drafts) for one in marked]
    if rows:
        connection.execute(sa.insert(answer), rows)
    with op.batch_alter_table("contribution", schema=None) as batch_op:
        batch_op.drop_column("used")
    with op.batch_alter_table("interview_note", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_interview_note_told_draft_id"), type_="foreignkey")
        batch_op.drop_column("told_draft_id")


def _answer(
    marked: sa.Row[Any], drafts: Sequence[sa.Row[Any]]
) -> dict[str, str | int | datetime | None]:
    later = (
        one
        for one in drafts
        if one.handbook_id == marked.handbook_id and one.frozen_at >= marked.created_at
    )
    told = next(later, None)
    return {
        "id": new_id(),
        "contribution_id": marked.id,
        "kind": USED if marked.used else NOT_USED,
        "reason": "",
        "batch_id": new_id(),
        "state": "published" if told else "draft",
        "version": 1,
        "answered_at": told.frozen_at if told else marked.updated_at,
        "published_at": told.frozen_at if told else None,
        "published_draft_id": told.id if told else None,
    }


def downgrade() -> None:
    """Make the answers marks again; their reasons go."""
    with op.batch_alter_table("contribution", schema=None) as batch_op:
        batch_op.add_column(sa.Column("used", sa.Boolean(), nullable=True))
    with op.batch_alter_table("interview_note", schema=None) as batch_op:
        batch_op.add_column(sa.Column("told_draft_id", sa.String(length=16), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_interview_note_told_draft_id"), "draft", ["told_draft_id"], ["id"]
        )
    for kind, used in ((USED, True), (NOT_USED, False)):
        of_kind = sa.select(answer.c.contribution_id).where(answer.c.kind == kind)
        op.execute(contribution.update().where(contribution.c.id.in_(of_kind)).values(used=used))
    told = sa.select(answer.c.published_draft_id).where(
        answer.c.contribution_id == note.c.contribution_id
    )
    op.execute(note.update().values(told_draft_id=told.scalar_subquery()))
    marks = sa.select(answer.c.id).where(answer.c.kind.in_((USED, NOT_USED)))
    for table in ("answer_version", "evidence"):
        history = sa.table(table, sa.column("answer_id", sa.String))
        op.execute(history.delete().where(history.c.answer_id.in_(marks)))
    verdict = sa.table("verdict", sa.column("contribution_id", sa.String))
    judged = sa.select(answer.c.contribution_id).where(answer.c.kind.in_((USED, NOT_USED)))
    op.execute(verdict.delete().where(verdict.c.contribution_id.in_(judged)))
    op.execute(answer.delete().where(answer.c.kind.in_((USED, NOT_USED))))
    versions = sa.table("answer_version", sa.column("kind", sa.String))
    op.execute(versions.update().where(versions.c.kind.in_((USED, NOT_USED))).values(kind="noted"))
