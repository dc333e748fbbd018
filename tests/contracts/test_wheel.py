"""The wheel holds everything that the checkout runs on, under one name."""

import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

KINDS = {
    "config/municipalities.csv",
    "config/processes/model-case.toml",
    "demo/content/handbook.md",
    "demo/content/people.toml",
    "migrations/env.py",
    "templates/base_public.html",
    "translations/fi/words.po",
}
"""One of each kind of file that is no module."""


@pytest.fixture(scope="module")
def members(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Build the wheel; give the names of what it holds."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), "."],
        check=True,
        capture_output=True,
    )
    (wheel,) = folder.glob("*.whl")
    with ZipFile(wheel) as package:
        return package.namelist()


def test_nothing_else_is_put_beside_the_package(members: list[str]) -> None:
    beside = {name.split("/")[0] for name in members}
    assert {name for name in beside if not name.endswith(".dist-info")} == {"reviewtool"}


def test_what_is_no_module_is_there(members: list[str]) -> None:
    assert {name.removeprefix("reviewtool/") for name in members} >= KINDS


def test_every_tracked_file_of_the_package_is_there(members: list[str]) -> None:
    tracked = subprocess.run(
        ["git", "ls-files", "reviewtool", "config", "migrations", "templates", "workers"],
        check=False,
        capture_output=True,
        text=True,
    )
    if tracked.returncode:
        pytest.skip("not a checkout")
    wanted = {
        name if name.startswith("reviewtool/") else f"reviewtool/{name}"
        for name in tracked.stdout.splitlines()
        if Path(name).is_file()
    }
    assert wanted <= set(members)
