"""The commands that write, read back and check, as somebody types them."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import select, text

from reviewtool.cli.archive import DAMAGES
from reviewtool.cli.check import FAULTS
from reviewtool.cli.main import commands
from reviewtool.domain.archive import Damage
from reviewtool.domain.checking import Fault
from reviewtool.infra.installation import Installation
from reviewtool.models.drafts import Draft
from reviewtool.services.publication import publish
from tests.factories.handbooks import MadeHandbook, make_handbook
from tests.factories.texts import make_draft, make_texts


@pytest.fixture
def made(installation: Installation) -> MadeHandbook:
    handbook = make_handbook(installation, title="Järjestökäsikirja")
    make_texts(installation, handbook.administrator, handbook.id)
    make_draft(installation, handbook.administrator, handbook.id)
    return handbook


def run(installation: Installation, *words: str, url: str = "") -> Result:
    settings = installation.settings
    environment = {
        "DATABASE_URL": url or settings.database_url,
        "REVIEWTOOL_DATA_DIR": str(settings.data_dir),
        "REVIEWTOOL_SECRET_KEY": settings.secret_key,
    }
    return CliRunner(env=environment).invoke(commands, list(words))


def test_a_handbook_goes_out_and_comes_back(
    installation: Installation, made: MadeHandbook, sqlite_template: Path, tmp_path: Path
) -> None:
    archive, again = tmp_path / "handbook.zip", tmp_path / "again.zip"
    assert f"{made.id}  Järjestökäsikirja" in run(installation, "export").output
    assert run(installation, "export", made.id, str(archive)).exit_code == 0
    elsewhere = tmp_path / "elsewhere.db"
    elsewhere.write_bytes(sqlite_template.read_bytes())
    url = f"sqlite:///{elsewhere}"
    restored = run(installation, "restore", str(archive), url=url)
    assert restored.exit_code == 0, restored.output
    assert made.id in restored.output
    assert run(installation, "export", made.id, str(again), url=url).exit_code == 0
    assert archive.read_bytes() == again.read_bytes()
    assert run(installation, "check", url=url).exit_code == 0


def test_an_existing_file_and_an_unknown_handbook_are_refused(
    installation: Installation, made: MadeHandbook, tmp_path: Path
) -> None:
    kept = tmp_path / "kept.zip"
    kept.write_bytes(b"mine")
    refused = run(installation, "export", made.id, str(kept))
    assert refused.exit_code == 1
    assert "exists already" in refused.output
    assert kept.read_bytes() == b"mine"
    unknown = run(installation, "export", "0000000000000000", str(tmp_path / "new.zip"))
    assert unknown.exit_code == 1
    assert "There is no handbook" in unknown.output
    assert sorted(path.name for path in tmp_path.glob("*.zip*")) == ["kept.zip"]


def test_a_damaged_archive_is_refused_with_its_place(
    installation: Installation, made: MadeHandbook, tmp_path: Path
) -> None:
    archive = tmp_path / "handbook.zip"
    run(installation, "export", made.id, str(archive))
    archive.write_bytes(archive.read_bytes().replace(b"kerran viikossa", b"joskus viikossa", 1))
    refused = run(installation, "restore", str(archive))
    assert refused.exit_code == 1
    assert "tables/revision.jsonl" in refused.output
    assert "Nothing has been taken in." in refused.output


def test_check_names_what_is_wrong_and_ends_with_1(
    installation: Installation, made: MadeHandbook
) -> None:
    assert run(installation, "check").output == "Nothing is wrong.\n"
    with installation.database.write() as session:
        session.execute(text("UPDATE trace_row SET object_id = 'x' WHERE sequence = 2"))
    found = run(installation, "check")
    assert found.exit_code == 1
    assert "trace_row" in found.output
    assert "something else than what was hashed. (2)" in found.output


def test_the_demonstration_needs_an_installation_without_a_handbook(
    installation: Installation, made: MadeHandbook
) -> None:
    refused = run(installation, "demo")
    assert refused.exit_code == 1
    assert "There is a handbook already" in refused.output


def test_every_damage_and_fault_has_its_words() -> None:
    assert set(DAMAGES) == set(Damage)
    assert set(FAULTS) == set(Fault)


def test_a_published_handbook_becomes_a_folder_of_pages(
    installation: Installation, made: MadeHandbook, tmp_path: Path
) -> None:
    folder = tmp_path / "pages"
    early = run(installation, "archive", made.id, str(folder))
    assert early.exit_code != 0
    assert "Publish it first" in early.output
    with installation.database.read() as session:
        draft_id = session.scalars(select(Draft.id)).one()
    publish(installation, made.administrator, made.id, draft_id, "Valmis.")
    written = run(installation, "archive", made.id, str(folder))
    assert written.exit_code == 0, written.output
    assert "Järjestökäsikirja" in (folder / "index.html").read_text(encoding="utf-8")
    again = run(installation, "archive", made.id, str(folder))
    assert again.exit_code != 0
    assert "isn't empty" in again.output
    assert sorted(one.name for one in tmp_path.glob("*.unfinished")) == []
    assert run(installation, "archive", "nobody", str(tmp_path / "x")).exit_code != 0
