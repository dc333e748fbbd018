"""Checks of records: the trace chains, approvals, numbers, files, and rows without their owner."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from sqlalchemy import ColumnElement, ForeignKey, String, Table, and_, func, select, type_coerce
from sqlalchemy.orm import Session

from reviewtool.domain.checking import Fault, Finding, Link, chain_findings
from reviewtool.domain.trace import GENESIS, Act, texts_digest
from reviewtool.models import Base
from reviewtool.models.approvals import Approval, Carry
from reviewtool.models.contributions import Contribution
from reviewtool.models.drafts import DraftItem
from reviewtool.models.files import Blob, File
from reviewtool.models.handbooks import Handbook
from reviewtool.models.sections import Revision
from reviewtool.models.trace import TraceHead, TraceRow

STREAM = {"yield_per": 500}


def chains(session: Session) -> Iterator[Finding]:
    """Check the trace of every handbook: hashes, sequence, head, and columns against payloads."""
    heads = {
        head.handbook_id: head for head in session.execute(select(*TraceHead.__table__.columns))
    }
    for handbook_id in session.scalars(select(Handbook.id).order_by(Handbook.id)):
        head = heads.get(handbook_id)
        if head is None:
            yield Finding(Fault.TRACE_MISSING, "handbook", handbook_id)
        length, last = (head.length, head.hash) if head else (0, GENESIS)
        yield from chain_findings(_links(session, handbook_id), length, last, handbook_id)


def _links(session: Session, handbook_id: str) -> Iterator[Link]:
    rows = session.execute(
        select(
            TraceRow.id, TraceRow.sequence, _raw(TraceRow.act).label("act"), TraceRow.object_id,
            TraceRow.payload, TraceRow.previous_hash, TraceRow.hash,
        )
        .where(TraceRow.handbook_id == handbook_id)
        .order_by(TraceRow.sequence),
        execution_options=STREAM,
    )  # fmt: skip
    for row in rows:
        yield Link(
            row.id, row.sequence, row.act, row.object_id, row.payload,
            row.previous_hash, row.hash,
        )  # fmt: skip


def traced_texts(session: Session) -> Iterator[Finding]:
    """Check that revisions have the hash that the trace says they were made with."""
    hashes = {
        row.id: row.text_hash for row in session.execute(select(Revision.id, Revision.text_hash))
    }
    for object_id, facts in _facts(session, Act.REVISION_MADE):
        if "hash" in facts and hashes.get(object_id) != facts["hash"]:
            yield Finding(Fault.TEXT_TRACED, "revision", object_id)


def traced_drafts(session: Session) -> Iterator[Finding]:
    """Check that drafts hold the texts that the trace says were frozen."""
    texts: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
    rows = session.execute(
        select(DraftItem.draft_id, Revision.section_id, Revision.language, Revision.text_hash).join(
            Revision, Revision.id == DraftItem.revision_id
        ),
        execution_options=STREAM,
    )
    for row in rows:
        texts[row.draft_id].append((row.section_id, row.language, row.text_hash))
    for draft_id, facts in _facts(session, Act.DRAFT_FROZEN):
        if texts_digest(texts[draft_id]) != facts.get("texts"):
            yield Finding(Fault.DRAFT_TRACED, "draft", draft_id)


def approvals(session: Session) -> Iterator[Finding]:
    """Check that approvals stand on their exact texts, and are what the trace says was given."""
    rows = session.execute(
        select(
            Approval.id, Approval.section_id, Approval.language, Approval.text_hash,
            _raw(Approval.decision).label("decision"), _raw(Approval.capacity).label("capacity"),
            Revision.section_id.label("of_section"), Revision.language.label("in_language"),
            Revision.text_hash.label("of_text"),
        ).join(Revision, Revision.id == Approval.revision_id)
    ).all()  # fmt: skip
    traced = dict(_facts(session, Act.APPROVAL_GIVEN))
    for row in rows:
        if (row.section_id, row.language, row.text_hash) != (
            row.of_section, row.in_language, row.of_text,
        ):  # fmt: skip
            yield Finding(Fault.APPROVAL_TEXT, "approval", row.id)
        given = {
            "section": row.section_id,
            "language": row.language,
            "text_hash": row.text_hash,
            "decision": row.decision,
            "capacity": row.capacity,
        }
        said = traced.pop(row.id, {})
        if any(said.get(name) != value for name, value in given.items()):
            yield Finding(Fault.APPROVAL_TRACED, "approval", row.id)
    for approval_id in traced:
        yield Finding(Fault.APPROVAL_TRACED, "approval", approval_id)
    carried = (
        select(Carry.id)
        .join(Revision, Revision.id == Carry.to_revision_id)
        .where(Carry.to_hash != Revision.text_hash)
    )
    for carry_id in session.scalars(carried):
        yield Finding(Fault.CARRY_TEXT, "carry", carry_id)


def _facts(session: Session, act: Act) -> Iterator[tuple[str, dict[str, Any]]]:
    rows = session.execute(
        select(TraceRow.object_id, TraceRow.payload).where(TraceRow.act == act),
        execution_options=STREAM,
    )
    for row in rows:
        yield row.object_id, json.loads(row.payload).get("facts", {})


def numbers(session: Session) -> Iterator[Finding]:
    """Check that the contributions of a handbook are numbered from 1 without a gap."""
    counted = (
        select(
            Handbook.id, Handbook.last_number, func.count(Contribution.id).label("how_many"),
            func.coalesce(func.max(Contribution.number), 0).label("highest"),
        )
        .outerjoin(Contribution, Contribution.handbook_id == Handbook.id)
        .group_by(Handbook.id, Handbook.last_number)
    )  # fmt: skip
    for row in session.execute(counted):
        if not row.last_number == row.how_many == row.highest:
            detail = f"{row.how_many} / {row.highest} / {row.last_number}"
            yield Finding(Fault.CONTRIBUTION_NUMBERS, "handbook", row.id, detail)


def files(session: Session) -> Iterator[Finding]:
    """Check that stored files are what their names say; one is in memory at a time."""
    for sha256 in session.scalars(select(Blob.sha256)).all():
        content = session.scalars(select(Blob.content).where(Blob.sha256 == sha256)).one()
        if hashlib.sha256(content).hexdigest() != sha256:
            yield Finding(Fault.FILE_CONTENT, "blob", sha256)
    sized = (
        select(File.id)
        .join(Blob, Blob.sha256 == File.sha256)
        .where(func.length(Blob.content) != File.size)
    )
    for file_id in session.scalars(sized):
        yield Finding(Fault.FILE_CONTENT, "file", file_id)


def orphans(session: Session) -> Iterator[Finding]:
    """Look for rows that name another row which isn't there, over every foreign key."""
    for of in Base.metadata.sorted_tables:
        for key in sorted(of.foreign_keys, key=lambda key: key.parent.name):
            yield from _orphans(session, of, key)


def _orphans(session: Session, of: Table, key: ForeignKey) -> Iterator[Finding]:
    owner = key.column.table.alias("owner")
    column, target = key.parent, owner.c[key.column.name]
    lost = select(*of.primary_key.columns, column.label("lost")).where(
        and_(column.is_not(None), ~select(target).where(target == column).exists())
    )
    for row in session.execute(lost):
        *identity, value = row
        yield Finding(Fault.ORPHAN, of.name, " ".join(identity), f"{column.name} {value}")


def _raw(column: Any) -> ColumnElement[str]:
    """Read an enum's column as it is stored: a changed one may hold no member at all."""
    return type_coerce(column, String)
