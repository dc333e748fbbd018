"""`reviewtool import`, as somebody types it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import func, select

from reviewtool.cli.main import commands
from reviewtool.infra.installation import Installation
from reviewtool.models.handbooks import Handbook, Membership
from reviewtool.models.sections import Revision
from reviewtool.services.accounts import make_account

FILE = """# Järjestökäsikirja

## Osallisuus

Osallisuus syntyy yhdessä tekemisestä.

### Vertaistuki

- Vertaistuki vahvistaa arjen taitoja.

Ryhmässä tavataan kerran viikossa. Mukaan voi tulla ilman ilmoittautumista.
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Give a Markdown file."""
    path = tmp_path / "kirja.md"
    path.write_text(FILE, encoding="utf-8")
    return path


def run(installation: Installation, *words: str) -> Result:
    """Run the command."""
    settings = installation.settings
    environment = {
        "DATABASE_URL": settings.database_url,
        "REVIEWTOOL_DATA_DIR": str(settings.data_dir),
        "REVIEWTOOL_SECRET_KEY": settings.secret_key,
    }
    return CliRunner(env=environment).invoke(commands, ["import", *words])


@pytest.fixture
def new(installation: Installation) -> tuple[str, ...]:
    """Give the options that begin a handbook, for an account that may."""
    address = "aino@kumaja.example.org"
    make_account(installation, name="Aino Alava", address=address, administrator=True)
    return "--new", "--as", address


def count(installation: Installation, table: type) -> int:
    """Count the rows of a table."""
    with installation.database.read() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def test_a_dry_run_says_what_was_understood_and_changes_nothing(
    installation: Installation, file: Path
) -> None:
    result = run(installation, str(file), "--dry-run", "--json")
    understood = json.loads(result.output)
    assert [one["title"] for one in understood["sections"]] == ["Osallisuus", "Vertaistuki"]
    assert understood["sections"][1]["key_points"] == ["Vertaistuki vahvistaa arjen taitoja."]
    assert "Nothing has been changed." in run(installation, str(file), "--dry-run").output
    assert count(installation, Handbook) == 0


def test_a_file_begins_a_handbook_and_brings_in_only_changes_after_that(
    installation: Installation, file: Path, new: tuple[str, ...]
) -> None:
    made = json.loads(run(installation, str(file), *new, "--json").output)
    assert made["added"] == ["Osallisuus", "Vertaistuki"]
    assert count(installation, Membership) == 1
    revisions = count(installation, Revision)
    file.write_text(FILE.replace("kerran viikossa", "kerran kuussa"), encoding="utf-8")
    dry = run(installation, str(file), "--handbook", made["handbook"], "--dry-run", "--json")
    assert [one["change"] for one in json.loads(dry.output)["sections"]] == [
        "unchanged",
        "changed",
    ]
    result = run(installation, str(file), "--handbook", made["handbook"])
    assert "changed: 1\n  Vertaistuki" in result.output
    assert count(installation, Revision) == revisions + 1


def test_a_renaming_is_never_guessed(
    installation: Installation, file: Path, new: tuple[str, ...]
) -> None:
    made = json.loads(run(installation, str(file), *new, "--json").output)
    file.write_text(FILE.replace("### Vertaistuki", "### Vertaisryhmät"), encoding="utf-8")
    asked = run(installation, str(file), "--handbook", made["handbook"])
    assert asked.exit_code == 1
    assert "Vertaistuki -> Vertaisryhmät" in asked.output
    told = run(installation, str(file), "--handbook", made["handbook"], "--renamed", "--json")
    assert json.loads(told.output)["changed"] == ["Vertaisryhmät"]


def test_a_file_that_cannot_be_read_is_told_with_its_cure(
    installation: Installation, tmp_path: Path, new: tuple[str, ...]
) -> None:
    path = tmp_path / "kirja.docx"
    path.write_bytes(b"%PDF-1.7")
    result = run(installation, str(path), *new)
    assert result.exit_code == 1
    assert "The file isn't what its name says" in result.output
    assert count(installation, Handbook) == 0


def test_the_handbook_has_to_be_named(installation: Installation, file: Path) -> None:
    assert run(installation, str(file)).exit_code == 2
    unknown = run(installation, str(file), "--handbook", "0" * 16)
    assert unknown.exit_code == 1
    assert "There is nothing at this address" in unknown.output
    assert "There is no account" in run(installation, str(file), "--new", "--as", "x@y.fi").output


def test_a_new_handbook_has_somebody_who_can_open_it(
    installation: Installation, file: Path
) -> None:
    refused = run(installation, str(file), "--new")
    assert refused.exit_code == 2
    assert "administrator" in refused.output
    assert count(installation, Handbook) == 0
