"""A demonstration whose forms are pressed twice: what the second press answered and changed."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from threading import Barrier
from typing import Any
from urllib.parse import urlsplit

import html5lib
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import insert, select, text
from werkzeug.test import TestResponse

from reviewtool.infra.clock import SetClock
from reviewtool.infra.database import Database
from reviewtool.infra.installation import Installation
from reviewtool.models.base import Base
from tests.beginnings import START
from tests.demonstration import Ways
from tests.web.browser import NAMESPACE, Browser, FoundForm
from tests.web.crawl import rule_of
from tests.web.roles import enter_as

Rows = dict[str, list[str]]


@dataclass(frozen=True)
class Stage:
    """The demonstration, and the way back to how it was."""

    app: Flask
    ways: Ways
    bring_back: Callable[[], None]
    found: Mapping[str, tuple[str, str]]
    """Where a crawl met each form: (role, page), by the rule that it is sent to."""

    @property
    def installation(self) -> Installation:
        """Give what the application works on."""
        return self.app.extensions["reviewtool"]  # type: ignore[no-any-return]

    def begin_again(self) -> None:
        """Bring all rows, and the clock, back to how they were."""
        self.bring_back()
        clock = self.installation.clock
        assert isinstance(clock, SetClock)
        clock.at = START

    def enter(self, role: str) -> Browser:
        """Give a fresh browser of a role."""
        browser, start = enter_as(self.app, self.ways, role)
        browser.open(start)
        return browser

    def editors_page(self, path: str) -> Browser:
        """Open a page of the handbook in a fresh browser of the editor."""
        browser = self.enter("editor")
        browser.open(f"/handbooks/{self.ways.handbook_id}{path}")
        return browser

    def rows(self) -> Rows:
        """Read every row of every table, as the driver gives it."""
        with self.installation.database.reading.connect() as connection:
            return {
                table.name: sorted(
                    repr(row) for row in connection.execute(select(text("*")).select_from(table))
                )
                for table in Base.metadata.sorted_tables
            }


def way_back(path: Path) -> Callable[[], None]:
    """Keep a SQLite file as it is now; gives what brings it back, under open connections."""
    kept = sqlite3.connect(":memory:", check_same_thread=False)
    with sqlite3.connect(path) as now:
        now.backup(kept)

    def begin_again() -> None:
        with sqlite3.connect(path) as now:
            kept.backup(now)
        now.close()

    return begin_again


def copy_rows(source: Database, target: Database) -> None:
    """Copy all rows into an empty, migrated PostgreSQL database, in any order."""
    with source.read() as session, target.writing.begin() as connection:
        connection.exec_driver_sql("SET session_replication_role = replica")
        for table in Base.metadata.sorted_tables:
            rows = [dict(row) for row in session.execute(select(table)).mappings()]
            if rows:
                connection.execute(insert(table), rows)


@dataclass(frozen=True)
class Answered:
    """What a press was answered with; a page without what differs by itself (ids, tokens)."""

    status: int
    location: str
    words: str


@dataclass(frozen=True)
class Pressed:
    """A form that was sent, with the browser's cookies of that moment."""

    app: Flask
    action: str
    fields: Mapping[str, Any]
    files: Mapping[str, tuple[str, bytes]]
    cookie: str | None

    def press(self) -> Answered:
        """Send the form as from the page that is still open."""
        client = self.app.test_client()
        if self.cookie is not None:
            client.set_cookie(self.app.config["SESSION_COOKIE_NAME"], self.cookie)
        return read(self.send(client))

    def press_twice_at_once(self) -> list[Answered]:
        """Send the form in two threads, at the same moment."""
        both = Barrier(2)

        def send(_number: int) -> Answered:
            both.wait()
            return self.press()

        with ThreadPoolExecutor(2) as threads:
            return list(threads.map(send, range(2)))

    def send(self, client: FlaskClient) -> TestResponse:
        """Send the form in a browser."""
        data: dict[str, Any] = dict(self.fields)
        for name, (file_name, content) in self.files.items():
            data[name] = (BytesIO(content), file_name)
        return client.post(urlsplit(self.action).path, data=data)


def fill(
    app: Flask,
    browser: Browser,
    form: FoundForm,
    values: Mapping[str, Any],
    files: Mapping[str, tuple[str, bytes]],
) -> Pressed:
    """Fill a form of the page that is open, as a person would; nothing is sent yet.

    Whatever isn't named in the values stays as the page has it; of radio buttons without a
    choice, the first is taken.
    """
    unknown = set(values) - set(form.fields) - set(form.buttons)
    assert not unknown, f"{form.action} has no {unknown}; it has {sorted(form.fields)}"
    fields = {name: list(now) for name, now in form.fields.items()}
    fields.update({name: [value] for name, value in values.items()})
    cookie = browser.client.get_cookie(app.config["SESSION_COOKIE_NAME"])
    return Pressed(app, form.action, fields, files, cookie.value if cookie else None)


def find(app: Flask, browser: Browser, rule: str) -> list[FoundForm]:
    """Find the page's forms that are sent to a rule."""
    adapter = app.url_map.bind("localhost")
    found = [form for form in browser.forms() if rule_of(adapter, form.action) == rule]
    assert found, f"{browser.url} has no form for {rule}"
    return found


def read(response: TestResponse) -> Answered:
    """Read an answer: where it leads, or what its page says."""
    words = ""
    if response.mimetype == "text/html" and response.status_code not in (302, 303):
        tree = html5lib.parse(response.get_data(as_text=True))
        body = tree.find(f"{NAMESPACE}body")
        words = " ".join(" ".join(body.itertext()).split())
    return Answered(response.status_code, response.headers.get("Location", ""), words)


def changed(before: Rows, after: Rows) -> dict[str, tuple[list[str], list[str]]]:
    """Name the tables that differ, with the rows that went and those that came."""
    return {
        name: (
            [row for row in before[name] if row not in after[name]],
            [row for row in after[name] if row not in before[name]],
        )
        for name in before
        if before[name] != after[name]
    }
