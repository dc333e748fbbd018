"""Use case: take the archive of a whole handbook into this installation, all of it or nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import BinaryIO

from sqlalchemy import Table, Update, insert, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from reviewtool.domain.actors import Actor
from reviewtool.domain.archive import ArchiveError, Damage
from reviewtool.domain.checking import Link, chain_findings
from reviewtool.domain.policy import Action, Facts
from reviewtool.infra import schema
from reviewtool.infra.installation import Installation
from reviewtool.models import Base
from reviewtool.queries.archive import MANY, Row, key_names, known_blobs, rows_by, table
from reviewtool.services._archive_package import TABLES, Package
from reviewtool.services._policy import require


@dataclass(frozen=True)
class Restored:
    """What was taken in: rows that are new here, and rows that stood here already, equal."""

    handbook_id: str
    new: int
    known: int


def read_archive(installation: Installation, actor: Actor, file: BinaryIO) -> Restored:
    """Take an archive in, in one transaction.

    Rows that exist with the same content are left as they are. Raises Refused (not allowed), and
    ArchiveError for an archive that is damaged, of another version, or that says something else
    of a row that stands here.
    """
    require(actor, Action.ADMINISTER, Facts())
    here = schema.current_revision(installation.database)
    with Package(file) as package:
        written = package.manifest["schema"]
        if written != here:
            raise ArchiveError(Damage.OTHER_SCHEMA, "manifest.json", f"{written} / {here}")
        _verify_trace(package)
        with installation.database.write() as session:
            taking = _Taking(session, package)
            taking.take()
        return Restored(package.handbook_id, taking.new, taking.known)


def _verify_trace(package: Package) -> None:
    links = [
        Link(
            row["id"], row["sequence"], row["act"].value, row["object_id"],
            row["payload"], row["previous_hash"], row["hash"],
        )
        for row in package.rows("trace_row")
    ]  # fmt: skip
    links.sort(key=lambda link: link.sequence)
    head = package.manifest["trace"]
    heads = [(row["length"], row["hash"]) for row in package.rows("trace_head")]
    finding = next(chain_findings(links, head["length"], head["hash"], package.handbook_id), None)
    if finding is not None or heads != [(head["length"], head["hash"])]:
        raise ArchiveError(Damage.TRACE_BROKEN, "trace_row", finding.id if finding else "")


class _Taking:
    """One archive while it is taken in: rows in the order in which they need one another."""

    def __init__(self, session: Session, package: Package) -> None:
        self.session = session
        self.package = package
        self.new = 0
        self.known = 0
        self.last: list[Update] = []

    def take(self) -> None:
        self._blobs()
        for of in Base.metadata.sorted_tables:
            if of.name in TABLES:
                try:
                    self._table(of)
                except IntegrityError as error:
                    raise ArchiveError(Damage.ROW_CLASHES, of.name) from error
        for statement in self.last:
            self.session.execute(statement)

    def _blobs(self) -> None:
        known = known_blobs(self.session, self.package.files())
        for sha256 in self.package.files():
            if sha256 not in known:
                content = self.package.content(sha256)
                self.session.execute(insert(table("blob")).values(sha256=sha256, content=content))

    def _table(self, of: Table) -> None:
        rows: Iterable[Row] = self.package.rows(of.name)
        if within := _own_references(of):
            rows = _parents_first(list(rows), within)
        for some in _portions(rows):
            fresh = self._unknown(of, some)
            self.known += len(some) - len(fresh)
            self.new += len(fresh)
            if fresh:
                self.session.execute(insert(of), [_without(row, _late(of)) for row in fresh])
                self._settle(of, fresh)

    def _unknown(self, of: Table, rows: list[Row]) -> list[Row]:
        """Give the rows that aren't here yet. Raises ArchiveError for one that differs."""
        keys = key_names(of)
        here = {
            tuple(row[key] for key in keys): row
            for row in rows_by(self.session, of.name, keys[0], {row[keys[0]] for row in rows})
        }
        fresh = []
        for row in rows:
            identity = tuple(row[key] for key in keys)
            if identity not in here:
                fresh.append(row)
            elif here[identity] != row:
                raise ArchiveError(Damage.ROW_DIFFERS, of.name, " ".join(identity))
        return fresh

    def _settle(self, of: Table, rows: list[Row]) -> None:
        """Note what is set last, when all tables are filled (a handbook's published draft)."""
        for row in rows:
            late = {name: row[name] for name in _late(of) if row[name] is not None}
            if late:
                self.last.append(update(of).where(of.c.id == row["id"]).values(**late))


def _late(of: Table) -> list[str]:
    """Name the columns that point into a table filled later: declared with `use_alter`."""
    return [
        column.key for column in of.columns if any(key.use_alter for key in column.foreign_keys)
    ]


def _own_references(of: Table) -> list[str]:
    return [
        column.key
        for column in of.columns
        if any(key.column.table is of for key in column.foreign_keys)
    ]


def _without(row: Row, names: list[str]) -> Row:
    return {**row, **dict.fromkeys(names)}


def _parents_first(rows: list[Row], within: list[str]) -> list[Row]:
    """Order the rows of a table that refers to itself so that each comes after what it names."""
    waiting = {row["id"]: row for row in rows}
    ordered: list[Row] = []
    for row in rows:
        line = [row["id"]]
        while line:
            here = waiting.get(line[-1])
            if here is None:
                line.pop()
                continue
            before = [here[name] for name in within if here[name] in waiting]
            before = [one for one in before if one not in line]  # a circle is left to the database
            if before:
                line += before
            else:
                ordered.append(waiting.pop(line.pop()))
    return ordered


def _portions(rows: Iterable[Row]) -> Iterator[list[Row]]:
    remaining = iter(rows)
    while some := list(islice(remaining, MANY)):
        yield some
