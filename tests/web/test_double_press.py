"""A double press of every form's button: the same answer again, and nothing doubled (rule 6)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from reviewtool.app import create_app
from reviewtool.infra.database import Database
from reviewtool.infra.installation import Installation
from tests.demonstration import Ways, open_copy
from tests.servers import PostgresServer
from tests.web.browser import Browser, FoundForm
from tests.web.by_script import BY_SCRIPT
from tests.web.crawl import crawl
from tests.web.doubled import Pressed, Rows, Stage, changed, copy_rows, fill, find, way_back
from tests.web.filling import FILES, HANDBOOK, PARTICIPANT, STORES_NOTHING, VALUES
from tests.web.roles import enter
from tests.web.ways import WAYS

AT_ONCE = (
    f"{HANDBOOK}/drafts/<draft_id>/sections/<section_id>/correct",
    f"{HANDBOOK}/publication",
    f"{HANDBOOK}/contributions/record",
    f"{HANDBOOK}/contributions/answer (revised)",
    f"{HANDBOOK}/sections/<section_id>/merge/settle",
    f"{HANDBOOK}/structure/<section_id>/move",
    f"{HANDBOOK}/people/invite/<phase_id>",
    f"{PARTICIPANT}/sections/<section_id>/say (in time)",
    f"{PARTICIPANT}/contributions/<contribution_id>/support (taken back)",
    f"{PARTICIPANT}/approve/all",
    "/h/<handbook_id>/rounds/<phase_id>/sign-up",
)
"""Forms that are also pressed by two threads at the same moment, on both databases."""


@pytest.fixture(scope="module")
def stage(
    demonstration: tuple[Path, Ways], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Stage]:
    """Give a copy of the demonstration, with all forms that a crawl of it meets."""
    template, ways = demonstration
    folder = tmp_path_factory.mktemp("doubled")
    site = open_copy(template, folder)
    app = create_app(site)
    found: dict[str, tuple[str, str]] = {}
    for role, browser, start in enter(app, ways):
        for rule, page in crawl(app, browser.client, start).posts.items():
            found.setdefault(rule, (role, page))
    yield Stage(app, ways, way_back(folder / "reviewtool.db"), found)
    site.database.close()


@pytest.fixture
def other_stage(stage: Stage, postgres: PostgresServer) -> Iterator[Stage]:
    """Give the same demonstration on PostgreSQL, row by row."""
    stage.begin_again()
    site = stage.installation
    kept = Database(postgres.create("doubled_kept"))
    copy_rows(site.database, kept)
    kept.close()
    url = postgres.create("doubled", "doubled_kept")
    copied = Installation(replace(site.settings, database_url=url), Database(url), site.clock)

    def begin_again() -> None:
        copied.database.close()
        postgres.drop("doubled")
        postgres.create("doubled", "doubled_kept")

    yield Stage(create_app(copied), stage.ways, begin_again, stage.found)
    copied.database.close()
    postgres.drop("doubled")
    postgres.drop("doubled_kept")


def rule_in(name: str) -> str:
    """Give the rule of a way, without its note."""
    return name.split(" ")[0]


def reach(stage: Stage, name: str) -> Pressed:
    """Go to a form from the beginning, and fill it."""
    stage.begin_again()
    if name in WAYS:
        browser = WAYS[name](stage)
    else:
        role, page = stage.found[name]
        browser = stage.enter(role)
        browser.open(page)
    form = _form(stage, browser, rule_in(name))
    values = VALUES.get(name, VALUES.get(rule_in(name), {}))
    if callable(values):
        values = values(form)
    return fill(stage.app, browser, form, values, FILES.get(name, {}))


def _form(stage: Stage, browser: Browser, rule: str) -> FoundForm:
    if rule in BY_SCRIPT:
        return BY_SCRIPT[rule](browser)
    return find(stage.app, browser, rule)[-1 if rule.endswith("/remove") else 0]


def more(before: Rows, after: Rows) -> dict[str, int]:
    """Count the rows that came, by table."""
    return {
        name: len(after[name]) - len(before[name])
        for name in before
        if len(after[name]) != len(before[name])
    }


def test_every_form_is_pressed_here(stage: Stage) -> None:
    """A new form is met by the crawl, or needs a way of its own in tests/web/ways.py."""
    posts = {
        rule.rule for rule in stage.app.url_map.iter_rules() if "POST" in (rule.methods or set())
    }
    assert posts - set(stage.found) - {rule_in(name) for name in WAYS} == set()
    assert {rule_in(name) for name in (*WAYS, *VALUES, *FILES)} | STORES_NOTHING <= posts


def test_pressing_twice_is_the_same_as_once(stage: Stage) -> None:
    """Sent twice from the page that is still open."""
    problems = []
    for name in sorted({*stage.found, *WAYS}):
        pressed = reach(stage, name)
        before = stage.rows()
        first = pressed.press()
        after = stage.rows()
        if first.status >= 400:
            problems.append(f"{name}: {first.status} {first.words[:500]}")
            continue
        if (before == after) is not (name in STORES_NOTHING):
            problems.append(f"{name}: stored {list(changed(before, after))}")
        second = pressed.press()
        if second != first:
            problems.append(f"{name}: {first} and then {second}")
        if stage.rows() != after:
            problems.append(f"{name}: doubled {changed(after, stage.rows())}")
    assert problems == []


def test_two_presses_at_once_are_one(stage: Stage, other_stage: Stage) -> None:
    """In two threads at the same moment, on SQLite and on PostgreSQL."""
    problems = []
    for name in AT_ONCE:
        pressed = reach(stage, name)
        before = stage.rows()
        pressed.press()
        once = more(before, stage.rows())
        for on, place in (("SQLite", stage), ("PostgreSQL", other_stage)):
            pressed = reach(place, name)
            before = place.rows()
            one, other = pressed.press_twice_at_once()
            if one != other or one.status >= 400:
                problems.append(f"{name} on {on}: {one} and {other}")
            if more(before, place.rows()) != once:
                problems.append(f"{name} on {on}: {more(before, place.rows())}, not {once}")
    assert problems == []
