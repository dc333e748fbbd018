"""Every page of every role under axe, at the width of a desk and of a phone.

The pages are those that a crawl finds, so that a new page is checked without being named here.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page

from reviewtool.app import create_app
from tests.browser.looking import RULES, violations
from tests.browser.server import serve
from tests.demonstration import Ways, open_copy
from tests.servers import free_port
from tests.web.browser import Browser as Person
from tests.web.crawl import crawl
from tests.web.roles import ROLES, enter

WIDTHS = (1280, 390)
OF_WIDTH = {
    "runOnly": {
        "type": "rule",
        "values": [
            "color-contrast", "target-size", "scrollable-region-focusable", "link-in-text-block",
            "aria-hidden-focus", "region", "meta-viewport",
        ],
    }
}  # fmt: skip
"""What can differ by the width alone: all that a phone adds where script moves nothing."""
STILL = ("editor", "visitor")
"""Whose pages are the same elements at every width."""


@pytest.fixture(scope="module")
def shown(
    demonstration: tuple[Path, Ways], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[str, Flask]]:
    """Run the application on a copy of the demonstration; gives its address."""
    app = create_app(open_copy(demonstration[0], tmp_path_factory.mktemp("shown")))
    with serve(app, free_port()) as server:
        yield server.url, app


def opened(browser: Browser, url: str, person: Person, width: int) -> Page:
    """Give a page of a width that holds the person's session."""
    context = browser.new_context(
        base_url=url, locale="fi-FI", viewport={"width": width, "height": 900}
    )
    cookie = person.client.get_cookie("reviewtool")
    if cookie is not None:
        context.add_cookies([{"name": "reviewtool", "value": cookie.value, "url": url}])
    return context.new_page()


@pytest.mark.parametrize("role", ROLES)
def test_no_page_breaks_a_rule_or_its_width(
    chromium: Browser, shown: tuple[str, Flask], demonstration: tuple[Path, Ways], role: str
) -> None:
    url, app = shown
    entered = {name: (browser, start) for name, browser, start in enter(app, demonstration[1])}
    person, start = entered[role]
    seen = crawl(app, person.client, start)
    pages = seen.pages.keys() - seen.downloads
    if role not in ("visitor", "editor"):
        # What everybody can open differs by the head of the page only, which is on all pages.
        visitor, front = entered["visitor"]
        pages -= crawl(app, visitor.client, front).pages.keys()
    addresses = sorted(seen.pages[endpoint] for endpoint in pages)
    wrong = []
    for width in WIDTHS:
        page = opened(chromium, url, person, width)
        rules = OF_WIDTH if role in STILL and width != WIDTHS[0] else RULES
        for address in addresses:
            page.goto(address)
            wrong.extend(f"{address} at {width}: {line}" for line in violations(page, rules))
            overflow = page.evaluate(
                "document.documentElement.scrollWidth - document.documentElement.clientWidth"
            )
            if overflow > 0:
                wrong.append(f"{address} at {width}: {overflow} px wider than the screen")
        page.context.close()
    assert wrong == []
