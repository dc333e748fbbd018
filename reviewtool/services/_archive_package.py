"""An archive as a file: its members, all verified before the first row is read."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from types import TracebackType
from typing import Any, BinaryIO
from zipfile import ZIP_STORED, BadZipFile, ZipFile

from reviewtool.domain.archive import ARCHIVE_FORMAT, ArchiveError, Damage
from reviewtool.queries.archive import BROUGHT, OWNED, ROOT, table
from reviewtool.services._archive_rows import read_row
from reviewtool.services.archive_writing import MANIFEST

LARGEST_MANIFEST = 64 * 1024 * 1024
PIECE = 1024 * 1024

TABLES = frozenset({ROOT, *OWNED, *BROUGHT} - {"blob"})


class Package:
    """A verified archive: what its manifest says, its rows by table and its files."""

    def __init__(self, file: BinaryIO) -> None:
        """Open and verify an archive. Raises ArchiveError, naming the damage and its place."""
        try:
            self._zip = ZipFile(file)
        except BadZipFile as error:
            raise ArchiveError(Damage.NO_ARCHIVE) from error
        self.manifest = self._read_manifest()
        self._verify()

    def __enter__(self) -> Package:
        """Give the archive itself."""
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _traceback: TracebackType | None,
    ) -> None:
        """Close the archive."""
        self._zip.close()

    @property
    def handbook_id(self) -> str:
        """The id of the handbook that it holds."""
        return str(self.manifest["handbook"])

    def rows(self, name: str) -> Iterator[dict[str, Any]]:
        """Give the rows of a table, as a stream. Raises ArchiveError for a line that is none."""
        of, member = table(name), f"tables/{name}.jsonl"
        with self._zip.open(member) as lines:
            for number, line in enumerate(lines, 1):
                try:
                    row = read_row(of, line)
                except (ValueError, TypeError) as error:
                    raise ArchiveError(Damage.ROW_UNREADABLE, member, str(number)) from error
                yield row

    def files(self) -> list[str]:
        """List the SHA-256 of every file."""
        return [
            name.removeprefix("files/")
            for name in self.manifest["members"]
            if name.startswith("files/")
        ]

    def content(self, sha256: str) -> bytes:
        """Give the bytes of a file."""
        return self._zip.read(f"files/{sha256}")

    def _read_manifest(self) -> dict[str, Any]:
        try:
            if self._zip.getinfo(MANIFEST).file_size > LARGEST_MANIFEST:
                raise ArchiveError(Damage.NO_ARCHIVE, MANIFEST)
            manifest = json.loads(self._zip.read(MANIFEST))
            complete = (
                isinstance(manifest["members"], dict)
                and isinstance(manifest["handbook"], str)
                and {"length", "hash"} <= manifest["trace"].keys()
                and "schema" in manifest
            )
            version = manifest["format"]
        except (KeyError, ValueError, TypeError, AttributeError, BadZipFile) as error:
            raise ArchiveError(Damage.NO_ARCHIVE, MANIFEST) from error
        if version != ARCHIVE_FORMAT:
            raise ArchiveError(Damage.OTHER_FORMAT, MANIFEST, f"{version} / {ARCHIVE_FORMAT}")
        if not complete:
            raise ArchiveError(Damage.NO_ARCHIVE, MANIFEST)
        return manifest  # type: ignore[no-any-return]  # JSON, its shape checked above

    def _verify(self) -> None:
        promised: dict[str, Any] = self.manifest["members"]
        present = self._zip.namelist()
        for name in [*promised, *(f"tables/{of}.jsonl" for of in sorted(TABLES))]:
            if name not in present or name not in promised:
                raise ArchiveError(Damage.MEMBER_MISSING, name)
        for name in present:
            known = name == MANIFEST or name in promised
            of_table = name.removeprefix("tables/").removesuffix(".jsonl") in TABLES
            if not known or not (name == MANIFEST or name.startswith("files/") or of_table):
                raise ArchiveError(Damage.MEMBER_UNKNOWN, name)
            if present.count(name) > 1:
                raise ArchiveError(Damage.MEMBER_UNKNOWN, name)
        for name, said in promised.items():
            self._verify_member(name, said)

    def _verify_member(self, name: str, said: Any) -> None:
        info = self._zip.getinfo(name)
        # Only stored members are read: nothing can swell into more than the file itself holds.
        if info.compress_type != ZIP_STORED or info.flag_bits & 1:
            raise ArchiveError(Damage.MEMBER_CHANGED, name)
        digest = hashlib.sha256()
        try:
            with self._zip.open(name) as member:
                while piece := member.read(PIECE):
                    digest.update(piece)
        except (BadZipFile, EOFError) as error:
            raise ArchiveError(Damage.MEMBER_CHANGED, name) from error
        sha256 = digest.hexdigest()
        misnamed = name.startswith("files/") and name != f"files/{sha256}"
        if not isinstance(said, dict) or said.get("sha256") != sha256 or misnamed:
            raise ArchiveError(Damage.MEMBER_CHANGED, name)
