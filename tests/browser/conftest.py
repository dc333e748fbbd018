"""A real browser against the running application: started once, a fresh page for each test."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect, sync_playwright

from reviewtool.config.settings import Settings
from reviewtool.domain.actors import Actor
from tests.browser.server import LiveServer, serve
from tests.factories.accounts import sign_in
from tests.servers import free_port
from tests.web.browser import Browser as TestBrowser

ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


expect.set_options(timeout=30_000)  # as long as acts wait: a loaded machine gets there, too


@pytest.fixture
def port() -> int:
    """Give the port on which the test's server listens."""
    return free_port()


@pytest.fixture
def settings(settings: Settings, port: int) -> Settings:
    """Let links lead to the test's server."""
    return replace(settings, base_url=f"http://127.0.0.1:{port}")


@pytest.fixture
def live_server(app: Flask, port: int) -> Iterator[LiveServer]:
    """Run the application in a thread on a free port."""
    with serve(app, port) as server:
        yield server


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Start Chromium: Debian's own where there is one, else the one that Playwright installed."""
    path = os.environ.get("CHROMIUM") or shutil.which("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        yield browser
        browser.close()


@pytest.fixture
def page(chromium: Browser, live_server: LiveServer) -> Iterator[Page]:
    """Give a fresh page of a Finnish browser; a script error on it fails the test."""
    context = chromium.new_context(
        base_url=live_server.url, locale="fi-FI", viewport={"width": 1280, "height": 900}
    )
    errors: list[str] = []
    opened = context.new_page()
    opened.on("pageerror", lambda error: errors.append(str(error)))
    yield opened
    context.close()
    assert errors == []


@pytest.fixture
def enter(page: Page, live_server: LiveServer) -> Callable[[Actor | str], Page]:
    """Give a function that signs an account in on the page."""

    def signed_in(person: Actor | str) -> Page:
        client = sign_in(TestBrowser(live_server.app.test_client()), person).client
        cookie = client.get_cookie("reviewtool")
        assert cookie is not None
        page.context.add_cookies(
            [{"name": "reviewtool", "value": cookie.value, "url": live_server.url}]
        )
        return page

    return signed_in


@pytest.fixture
def phone(chromium: Browser, live_server: LiveServer) -> Iterator[Page]:
    """Give a page of a phone with touch."""
    context = chromium.new_context(
        base_url=live_server.url,
        locale="fi-FI",
        has_touch=True,
        is_mobile=True,
        viewport={"width": 390, "height": 844},
    )
    yield context.new_page()
    context.close()
