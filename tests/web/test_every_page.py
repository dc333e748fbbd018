"""Every page of the product, for every role: it opens, is well made, and writes nothing."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from reviewtool.app import create_app
from reviewtool.infra.database import Database
from reviewtool.infra.installation import Installation
from tests.demonstration import Ways, open_copy
from tests.web.crawl import Visited, crawl, personal_links
from tests.web.roles import ROLES, enter

NOT_BY_LINK = {
    # Reached by what a person posts, or by a program; each has tests of its own.
    "links.follow",
    "health.alive",
    "health.ready",
    "people.preview_table",
    "participant.folded",
    "rounds.signed_up",
    # Shown in a state that the demonstration isn't in: a conflict, a bulk, a file, a letter, two
    # organisations of almost one name.
    "people.preview_organisations",
    "approvals.receipt",
    "contributions.ask_answer",
    "contributions.download",
    "contributions.open_original",
    "participant.file",
    "participant.said",
    "replies.ask",
    "handbooks.new",
    "front.home",
    "imports.show",
    "mailbox.show",
    "mailbox.content",
    "merge.settle",
    "sections.join",
    "approval_overview.section",
    "mailbox.index",
    # Asked where a link of a shared box comes in; tests/web/test_boxes.py does.
    "boxes.ask",
    # Asked for by script, again and again.
    "workshop.said",
    "workshops.to_sort",
    "workshops.on_screen",
    # Where a workshop's link leads on, as far as the workshop is.
    "workshop.landing",
    # Reached by the code on a workshop's screen.
    "joining.ask",
    "joining.by_picture",
    # Linked from the last phases; the crawl opens the first three.
    "approval_overview.show",
    "public.prepare",
    # The demonstration's open round is for those who are invited.
    "rounds.sign_up",
}


class WatchedDatabase(Database):
    """A database that tells whether anybody opened it for writing."""

    writes = 0

    @contextmanager
    def write(self) -> Iterator[Session]:
        """Count, and go on."""
        self.writes += 1
        with super().write() as session:
            yield session


@pytest.fixture(scope="module")
def app(demonstration: tuple[Path, Ways], tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """Give the application on a copy of the demonstration, with its database watched."""
    opened = open_copy(demonstration[0], tmp_path_factory.mktemp("copy"))
    watched = WatchedDatabase(opened.settings.database_url)
    return create_app(Installation(opened.settings, watched, opened.clock))


@pytest.fixture(scope="module")
def visits(app: Flask, demonstration: tuple[Path, Ways]) -> dict[str, Visited]:
    """Crawl as each role."""
    return {
        role: crawl(app, browser.client, start)
        for role, browser, start in enter(app, demonstration[1])
    }


@pytest.mark.parametrize("role", ROLES)
def test_every_page_of_a_role_is_well_made(visits: dict[str, Visited], role: str) -> None:
    assert visits[role].problems == []
    assert len(visits[role].pages) > 3


def test_looking_at_every_page_writes_nothing(app: Flask, visits: dict[str, Visited]) -> None:
    assert visits
    assert app.extensions["reviewtool"].database.writes == 0


def test_every_page_can_be_reached_by_links(app: Flask, visits: dict[str, Visited]) -> None:
    reached = {endpoint for seen in visits.values() for endpoint in seen.pages}
    pages = {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if "GET" in (rule.methods or set()) and rule.endpoint != "static"
    }
    assert pages - reached - NOT_BY_LINK == set()


def test_somebodys_own_link_is_found_in_any_file(demonstration: tuple[Path, Ways]) -> None:
    own = demonstration[1].expert.encode()
    packed, folded = BytesIO(), own[:40] + b"\r\n " + own[40:]
    with ZipFile(packed, "w") as package:
        package.writestr("inner.ics", b"URL:" + folded)
    in_pdf = b"stream\n" + zlib.compress(b"<< /URI (" + own + b") >>") + b"\nendstream"
    for content in (own, folded, packed.getvalue(), in_pdf):
        assert personal_links(content), content
    assert not personal_links(own[:-40])
