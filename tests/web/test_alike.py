"""Has this been said already? It is offered while one writes, never in a blind round."""

from __future__ import annotations

from flask.testing import FlaskClient
from sqlalchemy import select

from reviewtool.domain.contributions import Sharing
from reviewtool.infra.installation import Installation
from reviewtool.models.contributions import Support
from tests.factories.contributions import Table, make_table, say
from tests.web.browser import Browser
from tests.web.test_participant import box, enter, section

WRITTEN = "Kertokaa vertaisohjaajien koulutuksista."


def asked(browser: Browser, table: Table, words: str) -> str:
    """Ask as the page's script does, with the form as it stands."""
    browser.open(section(table))
    fields = {name: values[0] for name, values in box(browser).fields.items()}
    answer = browser.client.post(f"{section(table)}/alike", data={**fields, "words": words})
    assert answer.status_code == 200
    return answer.text


def test_what_is_alike_is_offered_to_agree_with(
    installation: Installation, client: FlaskClient
) -> None:
    table = make_table(installation)
    said = say(installation, table, table.actors[1], "Vertaisohjaajien koulutus puuttuu tästä.")
    say(installation, table, table.actors[1], "Maksaako ryhmä jotain osallistujille?")
    browser = enter(installation, client, table)
    html = asked(browser, table, WRITTEN)
    assert "Vertaisohjaajien koulutus" in html
    assert "Maksaako" not in html
    assert f'form="agree" formaction="{section(table).split("/sections")[0]}' in html
    assert "koulutus" not in asked(browser, table, "Hyvä teksti.")
    browser.open(section(table))
    fields = box(browser).fields
    browser.client.post(
        f"{section(table).split('/sections')[0]}/contributions/{said}/support",
        data={"csrf_token": fields["csrf_token"][0], "for_organisation": "y"},
    )
    with installation.database.read() as session:
        assert session.scalars(select(Support)).one().for_organisation


def test_a_blind_round_offers_nothing(installation: Installation, client: FlaskClient) -> None:
    table = make_table(installation, sharing=Sharing.NOBODY)
    browser = enter(installation, client, table)
    before = asked(browser, table, WRITTEN)
    assert "data-preview-of" not in browser.html
    say(installation, table, table.actors[1], "Vertaisohjaajien koulutus puuttuu tästä.")
    assert asked(browser, table, WRITTEN) == before
