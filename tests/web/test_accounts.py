"""Signing in: by a mailed link, by a password; the page never says who is known."""

from dataclasses import replace

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from reviewtool.app import create_app
from reviewtool.domain.messages import MessageKind
from reviewtool.infra.installation import Installation
from reviewtool.models.links import Link
from reviewtool.models.messages import Message
from reviewtool.services.accounts import make_account
from reviewtool.services.links import link_url
from tests.web.browser import Browser

ADDRESS = "aino@kumaja.example.org"


@pytest.fixture
def browser(client: FlaskClient) -> Browser:
    """Give a browser."""
    return Browser(client)


def test_a_mailed_link_signs_in_once(installation: Installation, browser: Browser) -> None:
    make_account(installation, name="Aino Alava", address=ADDRESS)
    browser.open("/sign-in")
    browser.submit("/sign-in", {"address": f" {ADDRESS.upper()} "})
    assert "Katso sähköpostisi" in browser.text
    with installation.database.read() as session:
        message = session.scalars(select(Message)).one()
        link = session.scalars(select(Link)).one()
    assert message.kind is MessageKind.SIGN_IN
    browser.open(link_url(installation, link.id))
    browser.submit("/sign-in")
    assert "Omat käsikirjat" in browser.text
    browser.open(link_url(installation, link.id))
    assert browser.page.status_code == 410


def test_an_unknown_address_gets_the_same_page_and_no_mail(
    installation: Installation, browser: Browser
) -> None:
    browser.open("/sign-in")
    browser.submit("/sign-in", {"address": "nobody@example.org"})
    assert "Katso sähköpostisi" in browser.text
    with installation.database.read() as session:
        assert session.scalars(select(Message)).all() == []


def test_a_password_leads_on_to_the_page_that_was_asked_for(
    installation: Installation, browser: Browser
) -> None:
    make_account(installation, name="Aino Alava", address=ADDRESS, password="pitkä salasana 1")
    browser.open("/sign-in?next=/privacy")
    page = browser.submit("/sign-in", {"address": ADDRESS, "password": "väärä"})
    assert page.status_code == 422
    browser.submit("/sign-in", {"address": ADDRESS, "password": "pitkä salasana 1"})
    assert browser.url == "/privacy"


def test_an_address_of_another_site_is_not_gone_on_to(
    installation: Installation, browser: Browser
) -> None:
    make_account(installation, name="Aino Alava", address=ADDRESS, password="pitkä salasana 1")
    browser.open("/sign-in?next=https://elsewhere.example/")
    browser.submit("/sign-in", {"address": ADDRESS, "password": "pitkä salasana 1"})
    assert browser.url == "/home"


def test_signing_out_ends_the_session(installation: Installation, browser: Browser) -> None:
    make_account(installation, name="Aino Alava", address=ADDRESS, password="pitkä salasana 1")
    browser.open("/sign-in")
    browser.submit("/sign-in", {"address": ADDRESS, "password": "pitkä salasana 1"})
    browser.submit("/sign-out")
    assert browser.client.get("/home").status_code == 302


@pytest.mark.parametrize(
    "target",
    [
        "//evil.example", "///evil.example", "////evil.example/x", "/\\evil.example",
        "/\t/evil.example", "\t//evil.example", "https://evil.example", "javascript:alert(1)",
        "evil.example",
    ],
)  # fmt: skip
def test_signing_in_never_leads_to_another_site(
    installation: Installation, browser: Browser, target: str
) -> None:
    make_account(installation, name="Aino Alava", address=ADDRESS, password="pitkä salasana 1")
    browser.open("/sign-in")
    form = browser.form("/sign-in", "password")
    words = {"address": ADDRESS, "password": "pitkä salasana 1", "next": target}
    answer = browser.client.post("/sign-in", data={**form.fields, **words})
    assert answer.status_code == 302
    assert answer.location == "/home"


@pytest.mark.only("sqlite", reason="limits are counted outside the database")
def test_an_account_is_not_guessed_at_from_many_networks(installation: Installation) -> None:
    make_account(installation, name="Aino Alava", address=ADDRESS, password="pitkä salasana 1")
    settings = replace(installation.settings, rate_limits=True)
    client = create_app(replace(installation, settings=settings)).test_client()
    browser = Browser(client)
    browser.open("/sign-in")
    token = browser.form("/sign-in", "password").fields["csrf_token"]

    def send(number: int, address: str, password: str) -> int:
        form = {"csrf_token": token, "address": address, "password": password}
        network = {"REMOTE_ADDR": f"192.0.2.{number}"}
        return client.post("/sign-in", data=form, environ_overrides=network).status_code

    try:
        spellings = [ADDRESS, ADDRESS.upper()] * 10
        tries = [send(number, address, "arvaus") for number, address in enumerate(spellings)]
        assert tries == [422] * 20
        assert send(30, ADDRESS, "arvaus") == 429
        assert send(31, "toinen@kumaja.example.org", "arvaus") == 422
        assert send(32, ADDRESS, "") == 200, "a mailed link stays the way in"
    finally:
        create_app(installation)  # the limiter is one for the process: set it back
