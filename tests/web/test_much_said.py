"""A text on which much has been said: folded by paragraph, and opened as it is needed."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from reviewtool.domain.contributions import Sharing
from reviewtool.infra.installation import Installation
from reviewtool.models.contributions import Contribution
from reviewtool.web.participant.beside import A_PAGE, AT_ONCE
from tests.factories.contributions import Table, fill, make_table, say, way_in
from tests.web.browser import Browser
from tests.web.queries import count_queries


@pytest.fixture
def table(installation: Installation) -> Table:
    """Give a round in which one text has more than is shown at once."""
    made = make_table(installation, people=3)
    fill(installation, made, made.actors[1], AT_ONCE + 5)
    return made


@pytest.fixture
def browser(installation: Installation, client: FlaskClient, table: Table) -> Browser:
    """Give the browser of somebody else in the round."""
    browser = Browser(client)
    browser.open(way_in(installation, table.actors[0]))
    return browser


def page_of(table: Table, rest: str = "") -> str:
    return f"/p/{table.actors[0].link_id}/sections/{table.section_id}{rest}"


def cards(browser: Browser) -> list[str]:
    """List the contributions whose words are on the page."""
    return re.findall(r'<article class="contribution[^"]*" id="c-([^"]+)"', browser.html)


def link_in_fold(browser: Browser, kind: str = "href") -> str:
    (found,) = re.findall(rf'<a class="button button-link"[^>]*?\b{kind}="([^"]+)"', browser.html)
    return str(found).replace("&amp;", "&")


def test_little_is_shown_at_once(installation: Installation, client: FlaskClient) -> None:
    table = make_table(installation)
    fill(installation, table, table.actors[1], AT_ONCE)
    browser = Browser(client)
    browser.open(way_in(installation, table.actors[0]))
    browser.open(page_of(table))
    assert len(cards(browser)) == AT_ONCE
    assert "data-fold" not in browser.html


def test_much_is_folded_and_ones_own_is_not(
    installation: Installation, table: Table, browser: Browser
) -> None:
    own = say(installation, table, table.actors[0], "Oma sanani.", quote="kerran viikossa")
    browser.open(page_of(table))
    assert cards(browser) == [own]
    assert f"{AT_ONCE + 5} kommenttia muilta" in browser.text
    assert f">{AT_ONCE + 5}</a>" in browser.html, "the marked passage says how many there are"


def test_without_script_a_link_leads_through_all_of_a_fold(table: Table, browser: Browser) -> None:
    browser.open(page_of(table))
    seen: list[str] = []
    for _page in range(-(-(AT_ONCE + 5) // A_PAGE)):
        browser.open(link_in_fold(browser))
        assert len(cards(browser)) <= A_PAGE
        seen.extend(cards(browser))
    assert len(set(seen)) == len(seen) == AT_ONCE + 5
    assert 'data-load="' not in browser.html


def test_script_gets_the_same_without_the_page_around_it(table: Table, browser: Browser) -> None:
    browser.open(page_of(table))
    fragment = link_in_fold(browser, "data-load")
    browser.open(link_in_fold(browser))
    whole = cards(browser)
    browser.open(fragment)
    assert browser.page.status_code == 200
    assert "<html" not in browser.html
    assert cards(browser) == whole
    browser.open(fragment.replace("page=1", "page=99"))
    assert browser.page.status_code == 404
    browser.open(page_of(table, "/said"))
    assert browser.page.status_code == 404


def test_who_agrees_comes_back_to_what_they_agreed_with(table: Table, browser: Browser) -> None:
    browser.open(page_of(table))
    for _page in range(2):
        browser.open(link_in_fold(browser))
    form = browser.form("/support")
    agreed = form.action.split("/")[-2]
    browser.submit(form=form)
    assert agreed in cards(browser)
    assert "1 on samaa mieltä" in browser.text


def test_what_is_about_the_whole_text_is_folded_too(
    installation: Installation, client: FlaskClient
) -> None:
    table = make_table(installation)
    with_passages = fill(installation, table, table.actors[1], AT_ONCE + 5)
    with installation.database.write() as session:
        for one in with_passages:
            row = session.get_one(Contribution, one)
            row.start = row.end = None
            row.quote = ""
    browser = Browser(client)
    browser.open(way_in(installation, table.actors[0]))
    browser.open(page_of(table))
    assert cards(browser) == []
    browser.open(link_in_fold(browser))
    assert len(cards(browser)) == A_PAGE
    assert "data-passage=" not in browser.html


def test_in_a_blind_round_others_are_not_even_counted(
    installation: Installation, new_client: Callable[[], FlaskClient]
) -> None:
    table = make_table(installation, sharing=Sharing.NOBODY)
    fill(installation, table, table.actors[1], AT_ONCE + 5)
    browser = Browser(new_client())
    browser.open(way_in(installation, table.actors[0]))
    browser.open(page_of(table))
    assert "data-fold" not in browser.html
    assert browser.open(page_of(table, "/said?at=3&page=1")).status_code == 404


def test_a_fold_takes_as_many_queries_however_much_is_in_it(
    installation: Installation, table: Table, browser: Browser
) -> None:
    browser.open(page_of(table))
    fragment = link_in_fold(browser, "data-load")
    numbers = []
    for more in (0, 955):
        if more:
            fill(installation, table, table.actors[2], more)
        with count_queries(installation) as counted:
            browser.open(fragment)
        numbers.append(counted.number)
    assert numbers[0] == numbers[1] <= 12
