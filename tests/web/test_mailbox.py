"""The local mailbox: every message as its recipient gets it, and never with a mail server."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from flask.testing import FlaskClient

from reviewtool.app import create_app
from reviewtool.infra.clock import SetClock
from reviewtool.infra.installation import Installation
from reviewtool.mail.transport import PostOffice
from reviewtool.services.delivery import deliver
from tests.factories.mail import open_post, post_letters
from tests.web.browser import Browser


@pytest.fixture
def mailbox(installation: Installation, client: FlaskClient) -> Browser:
    """Give a browser on an installation that has delivered its invitations."""
    open_post(installation, people=2)
    deliver(installation, PostOffice.of(installation.settings))
    return Browser(client)


def test_letters_are_listed_found_and_read(mailbox: Browser) -> None:
    mailbox.open("/mailbox")
    assert mailbox.text.count("kommentoi tekstejä 5.10. mennessä") == 2
    mailbox.open("/mailbox?words=henkilö+2")
    assert mailbox.text.count("kommentoi tekstejä 5.10. mennessä") == 1
    found = re.search(r'href="(/mailbox/\w{16})"', mailbox.html)
    assert found is not None
    page = mailbox.open(found[1])
    assert "Avaa tekstit ja kommentoi" in mailbox.text
    assert "frame-src 'self'" in page.headers["Content-Security-Policy"]


def test_a_link_in_a_letter_leads_in(mailbox: Browser) -> None:
    mailbox.open("/mailbox")
    found = re.search(r'href="(/mailbox/\w{16})"', mailbox.html)
    assert found is not None
    mailbox.open(found[1])
    link = re.search(r'href="(http://localhost/in/[^"]+)"', mailbox.html)
    assert link is not None
    assert mailbox.open(link[1]).status_code == 200
    assert mailbox.url.startswith("/p/")


def test_a_letters_html_can_run_and_load_nothing(mailbox: Browser) -> None:
    mailbox.open("/mailbox")
    found = re.search(r'href="(/mailbox/\w{16})"', mailbox.html)
    assert found is not None
    page = mailbox.open(f"{found[1]}/html")
    policy = page.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'")
    assert "sandbox allow-popups" in policy
    assert "script" not in policy
    assert '<base target="_blank">' in mailbox.html


def test_there_is_no_such_page_with_a_mail_server(
    installation: Installation, mailbox: Browser
) -> None:
    served = replace(
        installation, settings=replace(installation.settings, smtp_url="smtp://127.0.0.1:25")
    )
    visitor = Browser(create_app(served).test_client())
    for path in ("/mailbox", "/mailbox/0000000000000000", "/mailbox/0000000000000000/html"):
        assert visitor.open(path).request.path == "/sign-in"


def test_many_letters_come_page_by_page(
    installation: Installation, client: FlaskClient, clock: SetClock
) -> None:
    post_letters(installation, 60)
    office = PostOffice.of(installation.settings)
    deliver(installation, office)
    browser = Browser(client)
    browser.open("/mailbox?page=2")
    assert "60 viestiä" in browser.text
    assert len(re.findall(r'href="/mailbox/\w{16}"', browser.html)) == 10


@pytest.mark.parametrize(
    ("visitor", "headers", "status"),
    [
        ("127.0.0.1", {}, 200),
        ("::1", {}, 200),
        ("192.0.2.7", {}, 302),
        ("127.0.0.1", {"X-Forwarded-For": "192.0.2.7"}, 302),
        ("127.0.0.1", {"Forwarded": "for=192.0.2.7"}, 302),
        ("192.0.2.7", {"X-Forwarded-For": "127.0.0.1"}, 302),
    ],
)
def test_the_mailbox_opens_on_the_very_machine_only(
    client: FlaskClient, visitor: str, headers: dict[str, str], status: int
) -> None:
    page = client.get("/mailbox", environ_base={"REMOTE_ADDR": visitor}, headers=headers)
    assert page.status_code == status
