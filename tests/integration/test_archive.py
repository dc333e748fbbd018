"""A whole handbook as one archive: out, into another installation, and out again, byte for byte."""

from __future__ import annotations

import hashlib
import io
import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from zipfile import ZIP_STORED, ZipFile

import pytest
from sqlalchemy import func, select, update

from reviewtool.domain.actors import SYSTEM, VISITOR
from reviewtool.domain.archive import ArchiveError, Damage
from reviewtool.domain.refusals import Refused
from reviewtool.infra.database import Database
from reviewtool.infra.installation import Installation
from reviewtool.models.handbooks import Handbook
from reviewtool.models.people import Person
from reviewtool.models.pictures import Picture
from reviewtool.models.sections import Section, SectionText
from reviewtool.models.stories import Episode, Story
from reviewtool.services.archive_reading import read_archive
from reviewtool.services.archive_writing import write_archive
from reviewtool.services.buffers import keep_buffer
from reviewtool.services.stories import StoryWords, describe_story
from reviewtool.services.themes import choose_themes
from tests.factories.contributions import make_table
from tests.factories.handbooks import MadeHandbook, make_handbook
from tests.factories.pictures import show_picture
from tests.factories.texts import make_draft, make_texts, reword


def written(installation: Installation, handbook_id: str) -> bytes:
    file = io.BytesIO()
    write_archive(installation, SYSTEM, handbook_id, file)
    return file.getvalue()


@pytest.fixture
def made(installation: Installation) -> MadeHandbook:
    """Give a handbook with a draft and later changes, a picture, a story and its episode."""
    handbook = make_handbook(installation)
    texts = make_texts(installation, handbook.administrator, handbook.id)
    shown = show_picture(installation, handbook.administrator, handbook.id, texts.second)
    told = StoryWords(
        person="Marja",
        consent="Marja suostui 1.2.2026.",
        picture_id=shown,
        picture_alt="Piirros",
        episodes={"Vertaistuki": texts.first},
    )
    describe_story(installation, handbook.administrator, texts.story, told)
    make_draft(installation, handbook.administrator, handbook.id)
    reword(installation, handbook.administrator, texts.first, "kerran", "kaksi kertaa")
    return handbook


@pytest.fixture
def other(
    installation: Installation, sqlite_template: Path, tmp_path: Path
) -> Iterator[Installation]:
    """Give another installation, on SQLite, that holds a handbook of its own."""
    path = tmp_path / "other.db"
    shutil.copy(sqlite_template, path)
    elsewhere = replace(installation, database=Database(f"sqlite:///{path}"))
    handbook = make_handbook(elsewhere, title="Toinen käsikirja")
    make_texts(elsewhere, handbook.administrator, handbook.id)
    yield elsewhere
    elsewhere.database.close()


def test_the_way_there_and_back_is_equal_byte_for_byte(
    installation: Installation, made: MadeHandbook, other: Installation
) -> None:
    archive = written(installation, made.id)
    restored = read_archive(other, SYSTEM, io.BytesIO(archive))
    assert restored.handbook_id == made.id
    assert restored.new > 50
    assert written(other, made.id) == archive
    with other.database.read() as session:
        kept = {
            of.__tablename__: session.scalar(select(func.count()).select_from(of))
            for of in (Picture, Story, Episode)
        }
    assert kept == {"picture": 1, "story": 1, "episode": 1}


def test_which_themes_somebody_chose_is_nobody_else_s_to_know(installation: Installation) -> None:
    table = make_table(installation)
    choose_themes(installation, table.actors[0], [table.round.texts.area])
    with ZipFile(io.BytesIO(written(installation, table.round.handbook.id))) as archive:
        assert "tables/invitation.jsonl" in archive.namelist()
        assert "tables/own_theme.jsonl" not in archive.namelist()


def test_an_archive_of_sqlite_comes_back_from_this_database(
    installation: Installation, other: Installation
) -> None:
    make_texts_here = make_handbook(installation, title="Oma käsikirja")
    with other.database.read() as session:
        theirs = session.scalars(select(Handbook.id)).one()
    archive = written(other, theirs)
    read_archive(installation, SYSTEM, io.BytesIO(archive))
    assert written(installation, theirs) == archive
    assert make_texts_here.id != theirs


def test_what_stands_here_already_is_left_as_it_is(
    installation: Installation, made: MadeHandbook
) -> None:
    archive = written(installation, made.id)
    restored = read_archive(installation, SYSTEM, io.BytesIO(archive))
    assert restored.new == 0
    assert restored.known > 50
    assert written(installation, made.id) == archive


def test_a_row_with_other_content_is_named_and_nothing_is_taken_in(
    installation: Installation, made: MadeHandbook, other: Installation
) -> None:
    archive = written(installation, made.id)
    read_archive(other, SYSTEM, io.BytesIO(archive))
    person_id = made.administrator.person_id
    with other.database.write() as session:
        session.execute(update(Person).where(Person.id == person_id).values(name="Joku Toinen"))
        before = session.scalar(select(func.count(Section.id)))
    with pytest.raises(ArchiveError) as refused:
        read_archive(other, SYSTEM, io.BytesIO(archive))
    assert refused.value.damage is Damage.ROW_DIFFERS
    assert (refused.value.place, refused.value.detail) == ("person", person_id)
    with other.database.read() as session:
        assert session.scalar(select(func.count(Section.id))) == before


def test_only_administration_writes_and_reads_archives(
    installation: Installation, made: MadeHandbook
) -> None:
    with pytest.raises(Refused):
        write_archive(installation, VISITOR, made.id, io.BytesIO())
    with pytest.raises(Refused):
        read_archive(installation, VISITOR, io.BytesIO(written(installation, made.id)))


def test_no_password_and_no_other_handbook_goes_along(
    installation: Installation, made: MadeHandbook
) -> None:
    make_handbook(installation, title="Salainen käsikirja")
    archive = written(installation, made.id)
    assert b"password" not in archive
    assert b"Salainen" not in archive


def test_what_an_editor_has_not_saved_stays_theirs(
    installation: Installation, made: MadeHandbook
) -> None:
    with installation.database.read() as session:
        working = session.scalars(select(SectionText)).first()
    assert working is not None
    keep_buffer(
        installation, made.administrator, working.section_id, working.language,
        working.working_revision_id, "# Keskenerainen ajatus",
    )  # fmt: skip
    assert b"Keskenerainen" not in written(installation, made.id)


Members = dict[str, bytes]


def rewritten(archive: bytes, change: Callable[[Members], None], *, seal: bool = False) -> bytes:
    """Change the members of an archive; seal: make the manifest's hashes fit again."""
    with ZipFile(io.BytesIO(archive)) as package:
        members = {name: package.read(name) for name in package.namelist()}
    change(members)
    if seal:
        manifest = json.loads(members["manifest.json"])
        for name, said in manifest["members"].items():
            said["sha256"] = hashlib.sha256(members[name]).hexdigest()
        members["manifest.json"] = json.dumps(manifest).encode()
    file = io.BytesIO()
    with ZipFile(file, "w", ZIP_STORED) as package:
        for name, content in members.items():
            package.writestr(name, content)
    return file.getvalue()


@contextmanager
def refusing(damage: Damage, place: str) -> Iterator[None]:
    with pytest.raises(ArchiveError) as refused:
        yield
    assert (refused.value.damage, refused.value.place) == (damage, place)


def test_damaged_archives_are_refused_by_name(
    installation: Installation, made: MadeHandbook, other: Installation
) -> None:
    archive = written(installation, made.id)

    def read(content: bytes) -> None:
        read_archive(other, SYSTEM, io.BytesIO(content))

    def reworded(members: Members) -> None:
        name = "tables/revision.jsonl"
        members[name] = members[name].replace(b"kerran", b"joskus", 1)

    def retraced(members: Members) -> None:
        name = "tables/trace_row.jsonl"
        members[name] = members[name].replace(b"section-added", b"section-moved", 1)

    def unreadable(members: Members) -> None:
        members["tables/phase.jsonl"] += b'{"id": 1}\n'

    def other_schema(members: Members) -> None:
        manifest = {**json.loads(members["manifest.json"]), "schema": "0000"}
        members["manifest.json"] = json.dumps(manifest).encode()

    def other_format(members: Members) -> None:
        members["manifest.json"] = members["manifest.json"].replace(b'"format": 1', b'"format": 2')

    with refusing(Damage.NO_ARCHIVE, ""):
        read(archive[: len(archive) // 2])
    with refusing(Damage.MEMBER_CHANGED, "tables/revision.jsonl"):
        read(rewritten(archive, reworded))
    with refusing(Damage.MEMBER_MISSING, "tables/answer.jsonl"):
        read(rewritten(archive, lambda members: members.pop("tables/answer.jsonl") and None))
    with refusing(Damage.MEMBER_UNKNOWN, "tables/account.jsonl"):
        read(rewritten(archive, lambda members: members.update({"tables/account.jsonl": b""})))
    with refusing(Damage.TRACE_BROKEN, "trace_row"):
        read(rewritten(archive, retraced, seal=True))
    with refusing(Damage.ROW_UNREADABLE, "tables/phase.jsonl"):
        read(rewritten(archive, unreadable, seal=True))
    with refusing(Damage.OTHER_SCHEMA, "manifest.json"):
        read(rewritten(archive, other_schema))
    with refusing(Damage.OTHER_FORMAT, "manifest.json"):
        read(rewritten(archive, other_format))
    with other.database.read() as session:
        assert session.scalar(select(func.count(Handbook.id))) == 1
