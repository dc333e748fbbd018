"""The steps that let everything of one row stand under another one, whatever table it is in."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Column, and_, delete, exists, func, update
from sqlalchemy.orm import Session

from reviewtool.models import Base

SINGLE: dict[tuple[str, str], tuple[str, ...]] = {
    ("affiliation", "person_id"): ("organisation_id",),
    ("affiliation", "organisation_id"): ("person_id",),
    ("support", "person_id"): ("contribution_id",),
    ("statement_member", "person_id"): ("statement_id",),
    ("convener", "organisation_id"): ("phase_id",),
    ("nothing_to_say", "invitation_id"): ("section_id",),
    ("own_theme", "invitation_id"): ("section_id",),
    ("workshop_sign_up", "invitation_id"): (),
    ("choice", "invitation_id"): ("question_id", "section_id"),
}
"""Where only one row may stand for these other columns: the one that stands there already stays."""

JOINED = frozenset(
    {
        ("invitation", "person_id"),
        ("address", "person_id"),
        ("assignment", "organisation_id"),
        ("extension", "organisation_id"),
        ("unsent", "invitation_id"),
    }
)
"""Where two rows become one by steps of their own, which have to come before."""

OF_ACCOUNTS = frozenset(
    {("account", "person_id"), ("membership", "person_id"), ("buffer", "person_id")}
)
"""What only people with an account have: they are never the ones that are merged away."""


def references(table_name: str) -> list[Column[str]]:
    """List all columns that refer to the ids of a table."""
    return [
        key.parent
        for table in Base.metadata.sorted_tables
        for key in table.foreign_keys
        if key.column.table.name == table_name and key.column.name == "id"
    ]


def repoint(
    session: Session,
    table_name: str,
    old_id: str,
    new_id: str,
    but: Collection[tuple[str, str]] = (),
) -> None:
    """Let every reference to one row of a table stand at another; one or two statements each.

    Where only one may stand, that of the new row stays and the other goes: the two said the same
    of the same thing.
    """
    session.flush()
    for column in references(table_name):
        table = column.table
        key = (table.name, column.name)
        if key in but:
            continue
        if key in SINGLE:
            twin = table.alias()
            same = [
                func.coalesce(twin.c[name], "") == func.coalesce(table.c[name], "")
                for name in SINGLE[key]
            ]
            known = exists().where(and_(twin.c[column.name] == new_id, *same))
            session.execute(delete(table).where(column == old_id, known))
        session.execute(update(table).where(column == old_id).values({column.name: new_id}))
    session.expire_all()
