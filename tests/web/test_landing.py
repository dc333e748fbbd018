"""What a personal link opens on: own themes, texts that name one's organisation."""

from __future__ import annotations

import re

from flask.testing import FlaskClient

from reviewtool.infra.installation import Installation
from reviewtool.models.invitations import Invitation
from reviewtool.models.organisations import Organisation
from tests.factories.contributions import make_table, say
from tests.web.test_participant import address, enter


def test_own_themes_come_first_and_are_kept_for_the_link(
    installation: Installation, client: FlaskClient
) -> None:
    table = make_table(installation)
    browser = enter(installation, client, table)
    start = browser.url
    texts = table.round.texts
    assert browser.form("/themes").choices["themes"] == [texts.chapter, texts.area]
    browser.submit("/themes", {"themes": texts.area})
    assert "Omien teemojesi tekstit" in browser.text
    assert "1 muu teksti" in browser.text
    assert "0 / 4" in browser.text
    assert f'href="{address(table, f"sections/{texts.area}")}">Aloita' in browser.html
    for section_id in (texts.area, texts.first, texts.second, texts.story):
        say(installation, table, table.actors[0], section_id=section_id)
    browser.open(start)
    assert "Tarkista ja ilmoita" in browser.text  # nobody is asked for all of it
    browser.submit("/themes", {"themes": []})
    assert "Näet kaikki tekstit" in browser.text
    browser.submit("/themes", {"themes": texts.first})
    assert browser.page.status_code == 404  # no theme of the round


def test_texts_that_name_the_organisation_are_offered_for_a_check(
    installation: Installation, client: FlaskClient
) -> None:
    table = make_table(installation)
    with installation.database.write() as session:
        part = session.get_one(Invitation, table.actors[0].invitation_id)
        session.get_one(Organisation, part.organisation_id).name = "Vapaaehtoistoiminta ry"
    browser = enter(installation, client, table)
    [named] = re.findall(r'id="named".*?</section>', browser.html, re.DOTALL)
    assert "<strong>Vapaaehtoistoiminta</strong>" in named
    assert "koulutetut" not in named  # "vapaaehtoiset" is no name
