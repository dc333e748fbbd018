"""The roles of the product, each in a browser of its own, at the page where it begins."""

from collections.abc import Iterator

from flask import Flask

from tests.demonstration import Ways
from tests.factories.accounts import sign_in
from tests.web.browser import Browser

ROLES = ("visitor", "editor", "expert", "coordinator", "approver")


def enter(app: Flask, ways: Ways) -> Iterator[tuple[str, Browser, str]]:
    """Give (role, browser, path at which it begins) of each role."""
    starts = {
        "visitor": "/",
        "editor": "/home",
        "expert": ways.expert,
        "coordinator": ways.coordinator,
        "approver": ways.approver,
    }
    for role in ROLES:
        browser = Browser(app.test_client())
        if role == "editor":
            sign_in(browser, ways.editor_person_id)
        yield role, browser, starts[role].removeprefix("http://localhost")
