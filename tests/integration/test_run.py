"""`reviewtool run`: one command that starts everything, and loses nothing when it is killed."""

from __future__ import annotations

import json
import re
import stat
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from reviewtool.config.settings import Settings
from reviewtool.config.start import kept_key
from reviewtool.infra import schema
from reviewtool.infra.installation import Installation
from reviewtool.services.accounts import make_account
from tests.factories.mail import end_leases, post_letters
from tests.processes import ROOT, running, wait_until
from tests.servers import free_port
from tests.smtp_server import smtp_server

KILLED_AFTER = 60
PROCESSES = 2


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """Give the environment of an embedded installation of its own."""
    return {
        "REVIEWTOOL_DATA_DIR": str(tmp_path / "data"),
        "REVIEWTOOL_PORT": str(free_port()),
        "REVIEWTOOL_MAIL_PER_MINUTE": "60000",
    }


def site_of(environment: dict[str, str]) -> Installation:
    """Open the installation from here, migrated, with the machine's clock."""
    site = Installation.start(Settings.from_environment(environment))
    schema.upgrade(site.database)
    return site


def test_it_prints_working_ways_in_and_ctrl_c_ends_all(
    environment: dict[str, str], tmp_path: Path
) -> None:
    log = tmp_path / "log"
    site = site_of(environment)
    make_account(site, name="Aino Alava", address="aino@example.org", administrator=True)
    printed: list[str] = []
    for _start in range(2):
        log.unlink(missing_ok=True)
        with running(["run", "--no-demonstration"], environment, log) as group:
            wait_until(lambda: "starting again keeps all data" in log.read_text(), 60, log)
            (url,) = re.findall(r"http://\S+/in/\S+", log.read_text())
            with urllib.request.urlopen(url) as page:  # noqa: S310 (our own)
                assert page.status == 200
            printed.append(url)
            assert group.press_ctrl_c() == 0
            wait_until(lambda: not group.is_alive(), 10, log)
    assert printed[0] != printed[1]


def test_a_killed_installation_sends_everybody_their_mail(
    environment: dict[str, str], tmp_path: Path
) -> None:
    log = tmp_path / "log"
    log.touch()
    port = free_port()
    environment["SMTP_URL"] = f"smtp://127.0.0.1:{port}"
    site = site_of(environment)
    addresses = post_letters(site, 200)
    with smtp_server(port) as server:
        with running(["run", "--no-demonstration"], environment, log) as group:
            wait_until(lambda: len(server.received) >= KILLED_AFTER, 60, log)
            group.kill()
        assert len(server.received) < len(addresses)
        end_leases(site)
        with running(["run", "--no-demonstration"], environment, log):
            wait_until(lambda: set(server.by_recipient) == set(addresses), 60, log)
    assert all(len(ids) == 1 for ids in server.ids_by_recipient.values())
    repeats = sum(server.by_recipient.values()) - len(addresses)
    # At most the one letter that each process had handed over and not yet settled.
    assert repeats <= PROCESSES


def test_wrong_settings_are_told_plainly(environment: dict[str, str]) -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "reviewtool", "migrate"],
        cwd=ROOT,
        env={**environment, "REVIEWTOOL_LANGUAGE": "de"},
        capture_output=True,
        text=True,
    )
    assert ended.returncode == 2
    assert ended.stderr == "reviewtool: REVIEWTOOL_LANGUAGE must be fi, sv or en.\n"


def test_the_key_is_made_once_and_is_nobody_elses(tmp_path: Path) -> None:
    key = kept_key(tmp_path)
    assert len(key) >= 48
    assert kept_key(tmp_path) == key
    assert stat.S_IMODE((tmp_path / "secret-key").stat().st_mode) == 0o600


def test_the_web_process_starts_without_the_heavy_libraries(environment: dict[str, str]) -> None:
    site_of(environment)
    asked = (
        "import json, sys; from reviewtool.cli.serving import application; application(); "
        "print(json.dumps(sorted(sys.modules)))"
    )
    ended = subprocess.run(
        [sys.executable, "-c", asked], cwd=ROOT, env=environment, capture_output=True, text=True
    )
    loaded = set(json.loads(ended.stdout.splitlines()[-1]))
    heavy = {"celery", "kombu", "redis", "docx", "openpyxl", "xlsxwriter", "lxml"}
    assert loaded & heavy == set()


def test_every_command_tells_what_it_does() -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "reviewtool", "--help"], cwd=ROOT, capture_output=True, text=True
    )
    lines = ended.stdout.partition("Commands:")[2].strip().splitlines()
    assert len(lines) >= 6
    assert all(len(line.split()) > 2 for line in lines)
