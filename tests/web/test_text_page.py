"""What stands where on the page of a text, and where a refusal is told."""

from __future__ import annotations

import re

from flask.testing import FlaskClient
from sqlalchemy import select

from reviewtool.infra.ids import new_id
from reviewtool.infra.installation import Installation
from reviewtool.models.contributions import Contribution
from reviewtool.services import contributions
from tests.factories.contributions import Table, make_table, say, way_in
from tests.web.browser import Browser


def read(installation: Installation, client: FlaskClient, table: Table, path: str) -> Browser:
    """Come by the first participant's link and open a page behind it."""
    browser = Browser(client)
    browser.open(way_in(installation, table.actors[0]))
    browser.open(f"/p/{table.actors[0].link_id}/{path}")
    return browser


def test_an_empty_example_is_told_at_what_is_asked_of_it(
    installation: Installation, client: FlaskClient
) -> None:
    table = make_table(installation)
    browser = read(installation, client, table, f"sections/{table.section_id}/say?kind=example")
    browser.submit("/say")
    assert browser.page.status_code == 422
    assert 'id="activity-error"' in browser.html
    assert 'id="words-error"' not in browser.html
    with installation.database.read() as session:
        assert session.scalars(select(Contribution)).all() == []


def test_beside_the_text_stand_passages_and_under_it_what_is_about_all_of_it(
    installation: Installation, client: FlaskClient
) -> None:
    table = make_table(installation)
    say(installation, table, table.actors[1], "Kohdasta.", quote="kerran viikossa")
    say(installation, table, table.actors[1], "Koko tekstistä.")
    gone = say(installation, table, table.actors[0], "Peruttu.", quote="Mukaan voi tulla")
    contributions.withdraw(installation, table.actors[0], gone, new_id())
    browser = read(installation, client, table, f"sections/{table.section_id}")
    under, beside = browser.html.split('class="reader-margin"')
    assert "Koko tekstistä." in under
    assert "Koko tekstistä." not in beside
    assert "Kohdasta." in beside
    assert "Kohdasta." not in under
    assert gone not in browser.html  # it stands among all of one's own
    browser.open(f"/p/{table.actors[0].link_id}/mine")
    assert "Peruttu." in browser.text


def test_all_of_ones_own_leads_back_to_each_text(
    installation: Installation, client: FlaskClient
) -> None:
    table = make_table(installation)
    say(installation, table, table.actors[0], "Tästä tekstistä.")
    browser = read(installation, client, table, "mine")
    heading = f'<h2><a href="/p/{table.actors[0].link_id}/sections/{table.section_id}">'
    assert heading in browser.html


def test_what_stands_in_a_text_of_another_language_is_in_the_page_s(
    installation: Installation, client: FlaskClient
) -> None:
    table = make_table(installation)
    made = say(installation, table, table.actors[0], quote="kerran viikossa")
    browser = read(installation, client, table, f"sections/{table.section_id}?language=sv")
    assert '<article class="text" lang="fi"' in browser.html
    assert re.search(rf'data-mark="{made}"[^>]* lang="sv"', browser.html)
    assert '<a class="say" lang="sv"' in browser.html
    assert browser.html.count('<span lang="fi">Vertaistuki</span>') == 1  # in the list of texts
