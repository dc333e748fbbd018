"""Use case: write a whole handbook into one archive, equal byte for byte wherever it is written."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable
from typing import Any, BinaryIO
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from sqlalchemy import Table
from sqlalchemy.orm import Session

from reviewtool.domain.actors import Actor
from reviewtool.domain.archive import ARCHIVE_FORMAT
from reviewtool.domain.policy import Action, Facts
from reviewtool.infra import schema
from reviewtool.infra.i18n import localized
from reviewtool.infra.installation import Installation
from reviewtool.queries.archive import (
    BROUGHT,
    OWNED,
    ROOT,
    Row,
    blob_content,
    handbook_ids,
    owned_rows,
    rows_by,
    table,
)
from reviewtool.queries.facts import handbook_facts
from reviewtool.services._archive_rows import write_row
from reviewtool.services._policy import require

MANIFEST = "manifest.json"
EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The moment that every member of the zip bears: the earliest that the form can write."""


def write_archive(
    installation: Installation, actor: Actor, handbook_id: str, file: BinaryIO
) -> None:
    """Write the archive of a handbook into a seekable file, from one snapshot of the database.

    Raises Refused (not allowed, not found).
    """
    require(actor, Action.ADMINISTER, Facts())
    revision = schema.current_revision(installation.database)
    with installation.database.read() as session:
        handbook_facts(session, handbook_id)
        with ZipFile(file, "w", ZIP_STORED) as package:
            _Writing(session, package).write(handbook_id, revision)


def archived_handbooks(installation: Installation, actor: Actor) -> list[tuple[str, str]]:
    """List (id, title) of all handbooks that can be written. Raises Refused (not allowed)."""
    require(actor, Action.ADMINISTER, Facts())
    with installation.database.read() as session:
        ids = handbook_ids(session)
        rows = {row["id"]: row for row in rows_by(session, ROOT, "id", ids)}
    return [(one, localized(rows[one]["title"], rows[one]["language"])) for one in ids]


class _Writing:
    """One archive while it is written: the members so far, and what their rows refer to."""

    def __init__(self, session: Session, package: ZipFile) -> None:
        self.session = session
        self.package = package
        self.members: dict[str, dict[str, Any]] = {}
        self.referred: dict[str, set[str]] = defaultdict(set)
        self.head: dict[str, Any] = {"length": 0, "hash": ""}

    def write(self, handbook_id: str, revision: str | None) -> None:
        for name in sorted({ROOT, *OWNED}):
            self._table(name, owned_rows(self.session, name, handbook_id))
        for name, rows in sorted(self._brought().items()):
            self._table(name, rows)
        for sha256 in sorted(self.referred["blob"]):
            content = blob_content(self.session, sha256)
            self._member(f"files/{sha256}", [content])
        manifest = {
            "format": ARCHIVE_FORMAT,
            "handbook": handbook_id,
            "members": self.members,
            "schema": revision,
            "trace": self.head,
        }
        spelled = json.dumps(manifest, sort_keys=True, indent=1, ensure_ascii=False) + "\n"
        self.package.writestr(_info(MANIFEST), spelled.encode())

    def _brought(self) -> dict[str, list[Row]]:
        """Collect the shared rows that the handbook refers to, with what they themselves need."""
        referred = self.referred
        for address in rows_by(self.session, "address", "id", referred["address"]):
            referred["person"].add(address["person_id"])
        people, organisations = referred["person"], referred["organisation"]
        rows: dict[str, list[Row]] = {
            "person": rows_by(self.session, "person", "id", people),
            "address": rows_by(self.session, "address", "person_id", people),
            "organisation": rows_by(self.session, "organisation", "id", organisations),
            "affiliation": [
                row
                for row in rows_by(self.session, "affiliation", "person_id", people)
                if row["organisation_id"] in organisations
            ],
        }
        for organisation in rows["organisation"]:
            self._refer(table("organisation"), organisation)
        places = referred["municipality"]
        rows["municipality"] = rows_by(self.session, "municipality", "id", places)
        return rows

    def _table(self, name: str, rows: Iterable[Row]) -> None:
        of = table(name)
        count = 0

        def lines() -> Iterable[bytes]:
            nonlocal count
            for row in rows:
                count += 1
                self._refer(of, row)
                if name == "trace_head":
                    self.head = {"length": row["length"], "hash": row["hash"]}
                yield write_row(of, row)

        member = self._member(f"tables/{name}.jsonl", lines())
        member["rows"] = count

    def _refer(self, of: Table, row: Row) -> None:
        for column in of.columns:
            value = row[column.key]
            if value is not None:
                for key in column.foreign_keys:
                    if key.column.table.name in BROUGHT:
                        self.referred[key.column.table.name].add(value)

    def _member(self, name: str, pieces: Iterable[bytes]) -> dict[str, Any]:
        digest, size = hashlib.sha256(), 0
        with self.package.open(_info(name), "w", force_zip64=True) as member:
            for piece in pieces:
                digest.update(piece)
                size += len(piece)
                member.write(piece)
        self.members[name] = {"sha256": digest.hexdigest(), "size": size}
        return self.members[name]


def _info(name: str) -> ZipInfo:
    info = ZipInfo(name, EARLIEST)
    info.create_system = 3  # as on Unix, wherever it is written
    info.external_attr = 0o644 << 16
    return info
