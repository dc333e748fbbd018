"""What belongs to one handbook: for every table, the declared way to select its rows.

A contract test demands that each table of the schema stands in exactly one of the three lists.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import ColumnElement, Select, Table, collate, literal, select
from sqlalchemy.orm import Session

from reviewtool.domain.messages import MessageState
from reviewtool.models import Base

Row = dict[str, Any]
"""A row as it is stored: values by column name."""

ROOT = "handbook"

OWNED: dict[str, tuple[str, str]] = {
    "process": ("handbook_id", "handbook"),
    "membership": ("handbook_id", "handbook"),
    "section": ("handbook_id", "handbook"),
    "section_text": ("section_id", "section"),
    "revision": ("section_id", "section"),
    "revision_contribution": ("revision_id", "revision"),
    "revision_hunk": ("revision_id", "revision"),
    "lineage": ("handbook_id", "handbook"),
    "relation": ("section_id", "section"),
    "structure_change": ("handbook_id", "handbook"),
    "structure_change_section": ("change_id", "structure_change"),
    "draft": ("handbook_id", "handbook"),
    "draft_item": ("draft_id", "draft"),
    "starting_text": ("handbook_id", "handbook"),
    "inheritance": ("section_id", "section"),
    "publication": ("draft_id", "draft"),
    "phase": ("handbook_id", "handbook"),
    "phase_change": ("phase_id", "phase"),
    "convener": ("phase_id", "phase"),
    "phase_section": ("phase_id", "phase"),
    "extension": ("phase_id", "phase"),
    "deputy": ("handbook_id", "handbook"),
    "question": ("phase_id", "phase"),
    "workshop": ("phase_id", "phase"),
    "workshop_group": ("phase_id", "phase"),
    "workshop_theme": ("phase_id", "phase"),
    "workshop_minutes": ("phase_id", "phase"),
    "workshop_minutes_sent": ("phase_id", "phase"),
    "invitation": ("phase_id", "phase"),
    "assignment": ("phase_id", "phase"),
    "assignment_section": ("assignment_id", "assignment"),
    "workshop_sign_up": ("invitation_id", "invitation"),
    "link": ("phase_id", "phase"),
    "interview": ("phase_id", "phase"),
    "contribution": ("handbook_id", "handbook"),
    "contribution_version": ("contribution_id", "contribution"),
    "contribution_section": ("contribution_id", "contribution"),
    "placement": ("contribution_id", "contribution"),
    "proposal": ("contribution_id", "contribution"),
    "workshop_entry": ("contribution_id", "contribution"),
    "workshop_correction": ("contribution_id", "contribution"),
    "interview_note": ("contribution_id", "contribution"),
    "late_decision": ("contribution_id", "contribution"),
    "turn": ("contribution_id", "contribution"),
    "support": ("contribution_id", "contribution"),
    "choice": ("question_id", "question"),
    "nothing_to_say": ("invitation_id", "invitation"),
    "easy_summary": ("handbook_id", "handbook"),
    "statement": ("phase_id", "phase"),
    "statement_member": ("statement_id", "statement"),
    "statement_point": ("statement_id", "statement"),
    "answer": ("contribution_id", "contribution"),
    "answer_version": ("answer_id", "answer"),
    "verdict": ("contribution_id", "contribution"),
    "evidence": ("answer_id", "answer"),
    "approval": ("phase_id", "phase"),
    "carry": ("approval_id", "approval"),
    "message": ("handbook_id", "handbook"),
    "file": ("handbook_id", "handbook"),
    "picture": ("file_id", "file"),
    "story": ("section_id", "section"),
    "episode": ("story_id", "section"),
    "attachment": ("contribution_id", "contribution"),
    "trace_row": ("handbook_id", "handbook"),
    "trace_head": ("handbook_id", "handbook"),
}
"""Tables whose rows belong to a handbook: the column that says so, and the table it points into."""

BROUGHT = ("person", "address", "organisation", "affiliation", "municipality", "blob")
"""Tables shared by all handbooks: the rows that the handbook's rows refer to come along."""

APART: dict[str, str] = {
    "buffer": "an editor's private unsaved words are nobody else's (rule 1)",
    "unsent": "what somebody has half written behind a link is nobody else's until it is sent",
    "own_theme": "which texts a participant wants to see first is nobody else's to know",
    "account": "a sign-in belongs to the installation, and password hashes never leave it",
    "waiting_original": "marks an upload that nobody has recorded anything of; it stays behind",
    "form_request": "guards a browser's form against a double press, at this installation only",
}
"""Tables that stay at their installation, with the reason."""

SETTLED = (MessageState.SENT, MessageState.FAILED, MessageState.CANCELLED)
"""Messages still to be sent stay behind: a copy of a handbook must not send them again."""

MANY = 500


def table(name: str) -> Table:
    """Give a table by its name."""
    return Base.metadata.tables[name]


def key_names(of: Table) -> list[str]:
    """Name the columns of a table's primary key, in alphabetical order."""
    return sorted(column.name for column in of.primary_key.columns)


def owned_rows(session: Session, name: str, handbook_id: str) -> Iterator[Row]:
    """Give the rows of a table that belong to a handbook, ordered by id, as a stream."""
    of = table(name)
    wanted = select(of).where(_belongs(of, handbook_id))
    if name == "message":
        wanted = wanted.where(of.c.state.in_(SETTLED))
    if name == "statement_point":  # drafts are their organisation's alone until they are submitted
        wanted = wanted.where(of.c.contribution_id.is_not(None))
    if name == "file":
        wanted = wanted.where(of.c.awaiting.is_(False))  # uploads that nobody has confirmed
    yield from _streamed(session, _ordered(session, of, wanted))


def rows_by(session: Session, name: str, column: str, values: Iterable[str]) -> list[Row]:
    """Give the rows of a table with one of the values in a column, ordered by their ids."""
    of, wanted = table(name), sorted(values)
    found: list[Row] = []
    for start in range(0, len(wanted), MANY):
        some = wanted[start : start + MANY]
        rows = session.execute(select(of).where(of.c[column].in_(some))).mappings()
        found += [dict(row) for row in rows]
    keys = key_names(of)
    return sorted(found, key=lambda row: tuple(row[key] for key in keys))


def blob_content(session: Session, sha256: str) -> bytes:
    """Give the bytes of a file; only one is in memory at a time."""
    blob = table("blob")
    content: bytes = session.scalars(select(blob.c.content).where(blob.c.sha256 == sha256)).one()
    return content


def known_blobs(session: Session, hashes: Iterable[str]) -> set[str]:
    """Tell which files stand here already, by their SHA-256; their bytes are not read."""
    blob, known = table("blob"), set[str]()
    wanted = sorted(hashes)
    for start in range(0, len(wanted), MANY):
        some = wanted[start : start + MANY]
        known.update(session.scalars(select(blob.c.sha256).where(blob.c.sha256.in_(some))))
    return known


def handbook_ids(session: Session) -> list[str]:
    """List all handbooks, the oldest first."""
    handbook = table(ROOT)
    return list(session.scalars(select(handbook.c.id).order_by(handbook.c.created_at)))


def _belongs(of: Table, handbook_id: str) -> ColumnElement[bool]:
    if of.name == ROOT:
        return of.c.id == handbook_id
    column, owner_name = OWNED[of.name]
    if owner_name == ROOT:
        return of.c[column] == literal(handbook_id)
    owner = table(owner_name)
    return of.c[column].in_(select(owner.c.id).where(_belongs(owner, handbook_id)))


def _ordered(session: Session, of: Table, wanted: Select[Any]) -> Select[Any]:
    # PostgreSQL sorts by the database's language unless told otherwise; SQLite sorts by code.
    bytewise = session.get_bind().dialect.name == "postgresql"
    keys = [of.c[name] for name in key_names(of)]
    return wanted.order_by(*(collate(key, "C") if bytewise else key for key in keys))


def _streamed(session: Session, wanted: Select[Any]) -> Iterator[Row]:
    for row in session.execute(wanted, execution_options={"yield_per": MANY}).mappings():
        yield dict(row)
