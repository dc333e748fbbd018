"""A form is only shown to whom it is open: no page offers what its sending is refused."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from reviewtool.app import create_app
from tests.demonstration import Ways, open_copy
from tests.web.crawl import crawl
from tests.web.doubled import Stage, fill, find, way_back
from tests.web.roles import ROLES, enter_as

NOT_OPEN = (403, 404)
WORDS = ("words", "reason", "comment", "text")
"""Fields in which somebody writes: a form without words is asked for them before all else."""


@pytest.fixture(scope="module")
def stage(
    demonstration: tuple[Path, Ways], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Stage]:
    """Give a copy of the demonstration, and the way back to how it was."""
    template, ways = demonstration
    folder = tmp_path_factory.mktemp("shown")
    site = open_copy(template, folder)
    yield Stage(create_app(site), ways, way_back(folder / "reviewtool.db"), {})
    site.database.close()


@pytest.mark.parametrize("role", ROLES)
def test_whatever_form_a_page_shows_may_be_sent_by_whom_it_is_shown_to(
    stage: Stage, role: str
) -> None:
    """Sent as the page holds it, with words where it has none: what is lacking besides may be
    asked for, but it isn't refused.
    """
    stage.begin_again()
    browser, start = enter_as(stage.app, stage.ways, role)
    seen = crawl(stage.app, browser.client, start)
    assert seen.problems == []
    refused = []
    for (endpoint, rule), page in seen.shown.items():
        stage.begin_again()
        browser = stage.enter(role)
        browser.open(page)
        for form in find(stage.app, browser, rule)[:1]:
            words = {name: "Sanoja." for name in WORDS if form.fields.get(name) == [""]}
            status = fill(stage.app, browser, form, words, {}).press().status
            if status in NOT_OPEN:
                refused.append(f"{endpoint}: {form.action} is answered {status}")
    assert refused == []
