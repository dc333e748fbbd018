"""The roles of the product, each in a browser of its own, at the page where it begins."""

from collections.abc import Iterator

from flask import Flask

from tests.demonstration import Ways
from tests.factories.accounts import sign_in
from tests.web.browser import Browser

ROLES = (
    "visitor",
    "editor",
    "expert",
    "coordinator",
    "approver",
    "attendee",
    "in-room",
    "interviewee",
)
"""An attendee was in a workshop that is over; somebody in the room is in one that goes on."""


def enter_as(app: Flask, ways: Ways, role: str) -> tuple[Browser, str]:
    """Give the browser of a role, and the path at which it begins."""
    starts = {
        "visitor": "/",
        "editor": "/home",
        "expert": ways.expert,
        "coordinator": ways.coordinator,
        "approver": ways.approver,
        "attendee": ways.attendee,
        "in-room": ways.in_room,
        "interviewee": ways.interviewee,
    }
    browser = Browser(app.test_client())
    if role == "editor":
        sign_in(browser, ways.editor_person_id)
    return browser, starts[role].removeprefix("http://localhost")


def enter(app: Flask, ways: Ways) -> Iterator[tuple[str, Browser, str]]:
    """Give (role, browser, path at which it begins) of each role."""
    for role in ROLES:
        yield role, *enter_as(app, ways, role)
