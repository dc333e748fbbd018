"""Rate limits: guesses and floods end in a plain page; a genuine link is never one of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask.testing import FlaskClient

from reviewtool.app import create_app
from reviewtool.infra.installation import Installation
from tests.factories.contributions import make_table, way_in
from tests.web.browser import Browser

pytestmark = pytest.mark.only("sqlite", reason="limits are counted outside the database")


@pytest.fixture
def limited(installation: Installation) -> Iterator[FlaskClient]:
    """Give a browser of an installation with rate limits, which the tests' own hasn't."""
    settings = replace(installation.settings, rate_limits=True)
    yield create_app(replace(installation, settings=settings)).test_client()
    create_app(installation)  # the limiter is one for the process: set it back


def test_guessed_links_are_limited_and_genuine_ones_go_on_working(
    installation: Installation, limited: FlaskClient
) -> None:
    table = make_table(installation)
    codes = [limited.get(f"/in/arvaus{number}.0.abc").status_code for number in range(31)]
    assert codes == [404] * 30 + [429]
    assert limited.get(way_in(installation, table.actors[0])).status_code == 302
    elsewhere = {"REMOTE_ADDR": "192.0.2.7"}
    assert limited.get("/in/arvaus.0.abc", environ_overrides=elsewhere).status_code == 404


def test_asking_for_a_new_link_is_limited_and_says_what_to_do(limited: FlaskClient) -> None:
    browser = Browser(limited)
    browser.open("/in/ei-aito.0.abc")
    form = browser.form("/new-link")
    asked = {"address": "outi@jarjesto.example.org"}
    codes = [browser.submit(form=form, values=asked).status_code for _try in range(11)]
    assert codes == [200] * 10 + [429]
    assert "Liian monta yritystä" in browser.text


def test_passing_on_is_limited_for_each_network(
    installation: Installation, limited: FlaskClient
) -> None:
    table = make_table(installation)
    browser = Browser(limited)
    browser.open(way_in(installation, table.actors[0]))
    browser.open(f"/p/{table.actors[0].link_id}/pass-on")
    form = browser.form("/pass-on")
    codes = [browser.submit(form=form, values={"address": ""}).status_code for _try in range(11)]
    assert codes == [422] * 10 + [429]
    browser.open(f"/p/{table.actors[0].link_id}/")
    assert browser.page.status_code == 200, "reading goes on"
