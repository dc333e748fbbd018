"""The archive outlives the server: complete, all its links lead somewhere, no name unconsented."""

from __future__ import annotations

import posixpath
import re
from pathlib import Path

import pytest
from sqlalchemy import select
from werkzeug.exceptions import NotFound

from reviewtool.app import create_app
from reviewtool.domain.contributions import NameShown
from reviewtool.infra.installation import Installation
from reviewtool.models.contributions import Contribution
from reviewtool.models.handbooks import Handbook
from reviewtool.models.people import Address, Person
from reviewtool.models.phases import Phase
from reviewtool.web.static_archive import archived_files
from tests.demonstration import Ways, open_copy

Files = dict[str, str]


@pytest.fixture(scope="module")
def archived(
    demonstration: tuple[Path, Ways], tmp_path_factory: pytest.TempPathFactory
) -> tuple[Installation, Files]:
    """Archive the demonstration: path -> text (pictures and PDF as what their bytes say)."""
    opened = open_copy(demonstration[0], tmp_path_factory.mktemp("archive"))
    files = archived_files(create_app(opened), demonstration[1].handbook_id, "fi")
    return opened, {file.path: file.content.decode("utf-8", "replace") for file in files}


def test_it_holds_the_handbook_its_drafts_comparisons_and_reasons(
    archived: tuple[Installation, Files],
) -> None:
    paths = set(archived[1])
    assert {"index.html", "print.html", "editions.html", "process.html", "participation.html"} <= (
        paths
    )
    texts = {path for path in paths if re.fullmatch(r"texts/[^/]+\.html", path)}
    assert len(texts) >= 12
    for path in texts:
        assert path.removesuffix(".html") + "/reasons.html" in paths
    assert any(re.fullmatch(r"drafts/[\d.]+\.html", path) for path in paths)
    assert any(re.fullmatch(r"drafts/[\d.]+/[\d.]+/[^/]+\.html", path) for path in paths)
    assert any(path.endswith("request.pdf") for path in paths)


def test_every_link_leads_to_a_file_and_nothing_asks_for_a_server(
    archived: tuple[Installation, Files],
) -> None:
    files = archived[1]
    dead, asking = [], []
    for path, text in files.items():
        if not path.endswith(".html"):
            continue
        for address in re.findall(r'(?:href|src)="([^"#][^"]*)"', text):
            if address.startswith(("http://", "https://", "mailto:", "tel:")):
                continue
            there = posixpath.normpath(
                posixpath.join(posixpath.dirname(path), address.partition("#")[0])
            )
            if there not in files:
                dead.append(f"{path}: {address}")
        asking += [f"{path}: {tag}" for tag in ("<script", "<form", "<button") if tag in text]
        for used in re.findall(r'<use href="#([^"]+)"', text):
            if f'id="{used}"' not in text:
                dead.append(f"{path}: symbol {used}")
    assert dead == []
    assert asking == []
    assert any(path.startswith("static/fonts/") for path in files)


def test_no_name_or_address_stands_in_it_without_consent(
    archived: tuple[Installation, Files],
) -> None:
    opened, files = archived
    with opened.database.read() as session:
        public = {
            *session.scalars(select(Handbook.contact_name)),
            *session.scalars(select(Phase.responsible_name)),
        }
        contacts = {
            *session.scalars(select(Handbook.contact_email)),
            *session.scalars(select(Phase.responsible_email)),
        }
        consented = set(
            session.scalars(
                select(Person.name)
                .join(Contribution, Contribution.author_id == Person.id)
                .where(Contribution.name_shown == NameShown.NAME)
            )
        )
        names = set(session.scalars(select(Person.name))) - consented - public
        addresses = set(session.scalars(select(Address.written))) - contacts
    assert len(names) > 20
    everything = "\n".join(files.values())
    assert [name for name in names if re.search(rf"\b{re.escape(name)}\b", everything)] == []
    assert [one for one in addresses if one in everything] == []


def test_a_handbook_that_is_not_there_makes_no_archive(
    archived: tuple[Installation, Files],
) -> None:
    with pytest.raises(NotFound):
        next(archived_files(create_app(archived[0]), "0000000000000000", "fi"))
