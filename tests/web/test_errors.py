"""A form that fails shows the typed words, and sends them again with one press (rule 2)."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from reviewtool.domain.contributions import ContributionState
from reviewtool.infra.clock import SetClock
from reviewtool.infra.installation import Installation
from reviewtool.models.contributions import Contribution
from reviewtool.web.participant import ticket
from tests.factories.contributions import Table, make_table, say, way_in
from tests.web.browser import Browser, FoundForm

WORDS = "Tämän kirjoittamiseen meni koko lounastunti.\nToinenkin kappale."


def box_of(
    installation: Installation, client: FlaskClient, table: Table
) -> tuple[Browser, FoundForm]:
    """Open a text and give the box under it."""
    browser = Browser(client)
    browser.open(way_in(installation, table.actors[0]))
    browser.open(f"/p/{table.actors[0].link_id}/sections/{table.section_id}")
    form = next(f for f in browser.forms() if f.fields.get("keep", [""])[0].endswith(":box"))
    return browser, form


def said(installation: Installation) -> list[tuple[str, ContributionState]]:
    with installation.database.read() as session:
        return [(row.words, row.state) for row in session.scalars(select(Contribution))]


def send_kept(browser: Browser) -> None:
    """Press the one button of a page that kept the words."""
    form = browser.form("/p/", having="words")
    assert form.fields["words"][0].strip() == WORDS
    browser.submit(form=form)


def test_a_lost_session_is_restored_by_the_forms_ticket(
    installation: Installation, client: FlaskClient
) -> None:
    table = make_table(installation)
    browser, form = box_of(installation, client, table)
    browser.client.delete_cookie("reviewtool")
    browser.submit(form=form, values={"words": WORDS})
    assert browser.page.status_code == 400
    assert said(installation) == []
    send_kept(browser)
    assert browser.page.status_code == 200
    assert said(installation) == [(WORDS, ContributionState.RECEIVED)]


def test_a_stale_csrf_token_costs_one_press(
    installation: Installation, client: FlaskClient
) -> None:
    table = make_table(installation)
    browser, form = box_of(installation, client, table)
    form.fields["csrf_token"] = ["stale"]
    browser.submit(form=form, values={"words": WORDS})
    assert browser.page.status_code == 400
    assert "Lähetä vielä kerran" in browser.text
    send_kept(browser)
    assert said(installation) == [(WORDS, ContributionState.RECEIVED)]


def test_a_round_that_closed_meanwhile_takes_it_as_late(
    installation: Installation, client: FlaskClient, clock: SetClock
) -> None:
    table = make_table(installation)
    browser, form = box_of(installation, client, table)
    clock.advance(days=22)
    browser.submit(form=form, values={"words": WORDS})
    assert browser.page.status_code == 422
    assert "Kommenttikierros on päättynyt" in browser.text
    send_kept(browser)
    assert said(installation) == [(WORDS, ContributionState.LATE)]
    assert "Lähetetty määräajan jälkeen" in browser.text


def test_an_edit_that_came_too_late_goes_beside_what_was_said(
    installation: Installation, client: FlaskClient, clock: SetClock
) -> None:
    table = make_table(installation)
    made = say(installation, table, table.actors[0], "Ensimmäinen.", quote="kerran viikossa")
    browser = Browser(client)
    browser.open(way_in(installation, table.actors[0]))
    browser.open(f"/p/{table.actors[0].link_id}/contributions/{made}/edit")
    form = browser.form("/edit")
    clock.advance(days=22)
    browser.submit(form=form, values={"words": WORDS})
    send_kept(browser)
    assert sorted(said(installation)) == [
        ("Ensimmäinen.", ContributionState.RECEIVED),
        (WORDS, ContributionState.LATE),
    ]


@pytest.mark.parametrize("length", [20_001, 3_000_000])
def test_a_text_that_is_too_long_stays_on_the_page(
    installation: Installation, client: FlaskClient, length: int
) -> None:
    table = make_table(installation)
    browser, form = box_of(installation, client, table)
    browser.submit(form=form, values={"words": "x" * length})
    assert browser.page.status_code in (413, 422)
    kept = next(f for f in browser.forms() if len("".join(f.fields.get("words", [""]))) >= length)
    assert said(installation) == []
    browser.submit(form=kept, values={"words": WORDS})
    assert said(installation) == [(WORDS, ContributionState.RECEIVED)]


def test_a_form_of_another_link_restores_nothing(
    installation: Installation, client: FlaskClient
) -> None:
    table = make_table(installation)
    browser, form = box_of(installation, client, table)
    other = form.action.replace(table.actors[0].link_id or "", table.actors[1].link_id or "")
    browser.submit(form=FoundForm(other, form.fields), values={"words": WORDS})
    assert browser.page.status_code == 403
    assert WORDS.split("\n")[0] in browser.text  # shown for copying
    assert said(installation) == []


def test_a_ticket_grows_old_and_cannot_be_forged(
    app: Flask, installation: Installation, client: FlaskClient
) -> None:
    table = make_table(installation)
    link_id = table.actors[0].link_id or ""
    _browser, form = box_of(installation, client, table)
    [written] = form.fields["ticket"]
    with app.test_request_context(f"/p/{link_id}/"):
        assert ticket.read(written, link_id) == 0
        assert ticket.read(written, table.actors[1].link_id or "") is None
        assert ticket.read(written + "x", link_id) is None
        assert ticket.read("", link_id) is None


def test_pages_that_are_nowhere_say_so(client: FlaskClient) -> None:
    browser = Browser(client)
    browser.open("/nowhere")
    assert browser.page.status_code == 404
    assert "Täällä ei ole mitään" in browser.text


@pytest.mark.parametrize(
    "query", ["endpoint=x", "_scheme=javascript&_external=1", "_method=POST", "_anchor=x", "self=1"]
)
def test_an_address_with_strange_parts_shows_its_page_and_links_nowhere_else(
    client: FlaskClient, query: str
) -> None:
    answer = client.get(f"/sign-in?{query}")
    assert answer.status_code == 200
    assert f'href="/sign-in?{query.replace("&", "&amp;")}&amp;language=sv"' in answer.text


def test_the_language_switch_keeps_all_that_a_page_was_asked(client: FlaskClient) -> None:
    answer = client.get("/sign-in?c=1&c=2&language=en")
    assert 'href="/sign-in?c=1&amp;c=2&amp;language=fi"' in answer.text


def test_a_sign_that_no_database_takes_costs_nobody_their_words(
    installation: Installation, client: FlaskClient
) -> None:
    """NUL comes along when words are copied from some PDF files."""
    table = make_table(installation)
    browser = Browser(client)
    browser.open(way_in(installation, table.actors[0]))
    link_id = table.actors[0].link_id
    browser.open(f"/p/{link_id}/sections/{table.section_id}")
    assert browser.submit("/say", {"words": "Kopioitu\0 tiedostosta."}).status_code == 200
    assert said(installation) == [("Kopioitu tiedostosta.", ContributionState.RECEIVED)]
    assert client.get(f"/p/{link_id}/sections/{table.section_id}/say?quote=%00").status_code == 200
    for nowhere in ("/h/%00", f"/p/{link_id}/sections/%00", "/in/%00"):
        assert client.get(nowhere).status_code == 404
