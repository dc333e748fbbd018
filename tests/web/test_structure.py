"""The structure page: adding, moving, renaming, dropping, by buttons that post."""

import pytest
from flask.testing import FlaskClient

from reviewtool.infra.installation import Installation
from tests.factories.accounts import sign_in
from tests.factories.handbooks import MadeHandbook, make_editor, make_handbook
from tests.factories.texts import MadeTexts, make_texts, reword
from tests.web.browser import Browser


@pytest.fixture
def handbook(installation: Installation) -> MadeHandbook:
    """Give a handbook."""
    return make_handbook(installation)


@pytest.fixture
def texts(installation: Installation, handbook: MadeHandbook) -> MadeTexts:
    """Give its small tree."""
    return make_texts(installation, handbook.administrator, handbook.id)


@pytest.fixture
def browser(installation: Installation, handbook: MadeHandbook, client: FlaskClient) -> Browser:
    """Give an editor's browser."""
    return sign_in(Browser(client), make_editor(installation, handbook.id))


def order(browser: Browser) -> list[str]:
    """List the titles on the page in their order."""
    titles = ("Johdanto", "Osallisuus", "Vertaistuki", "Vapaaehtoistoiminta")
    return sorted(titles, key=lambda title: browser.html.index(f">{title}</a></h2>"))


def test_an_empty_handbook_says_what_to_do(browser: Browser, handbook: MadeHandbook) -> None:
    browser.open(f"/handbooks/{handbook.id}/structure")
    assert "Ei vielä tekstejä" in browser.text


def test_a_section_is_added_under_its_parent(
    browser: Browser, handbook: MadeHandbook, texts: MadeTexts
) -> None:
    browser.open(f"/handbooks/{handbook.id}/structure")
    browser.submit("/add", {"title": "Mielenterveystyö", "parent": texts.area})
    assert "Lisätty: Mielenterveystyö" in browser.text
    assert browser.html.rindex(">Mielenterveystyö<") > browser.html.index(">Henkilötarina: Marja<")


def test_a_section_without_a_title_is_asked_for_one(
    browser: Browser, handbook: MadeHandbook, texts: MadeTexts
) -> None:
    browser.open(f"/handbooks/{handbook.id}/structure")
    page = browser.submit("/add", {"title": " ", "kind": "story", "parent": texts.area})
    assert page.status_code == 422
    assert "Kirjoita otsikko." in browser.text
    assert browser.form("/add").fields["kind"] == ["story"]


def test_buttons_move_a_section(browser: Browser, handbook: MadeHandbook, texts: MadeTexts) -> None:
    browser.open(f"/handbooks/{handbook.id}/structure")
    browser.submit(f"{texts.second}/move", {"direction": "up"})
    assert order(browser)[2:4] == ["Vapaaehtoistoiminta", "Vertaistuki"]
    page = browser.submit(f"{texts.second}/move", {"direction": "sideways"})
    assert page.status_code == 422


def test_dropping_shows_what_goes_along_and_can_be_taken_back(
    browser: Browser, handbook: MadeHandbook, texts: MadeTexts
) -> None:
    browser.open(f"/handbooks/{handbook.id}/structure/{texts.area}")
    assert "Mukana poistuu 3 sen alla olevaa tekstiä" in browser.text
    browser.submit("/drop")
    assert "Poistettu käsikirjasta" in browser.text
    browser.submit("/restore")
    assert "Teksti on taas käsikirjassa" in browser.text
    assert "Poistettu käsikirjasta" not in browser.text


def test_renaming_moving_and_relating_on_the_section_s_own_page(
    browser: Browser, handbook: MadeHandbook, texts: MadeTexts
) -> None:
    browser.open(f"/handbooks/{handbook.id}/structure/{texts.first}")
    browser.submit("/rename", {"title": "Vertaisryhmät"})
    assert "Otsikko on nyt ”Vertaisryhmät”" in browser.text
    browser.submit("/place", {"place-parent": texts.chapter})
    assert browser.form("/place").fields["place-parent"] == [texts.chapter]
    browser.submit("/relate", {"relate-other": texts.story})
    assert "Tekstit on liitetty yhteen" in browser.text
    browser.submit("/unrelate")
    assert "Tekstien yhteys on poistettu" in browser.text


def test_a_section_of_another_handbook_is_not_found_here(
    browser: Browser, installation: Installation, handbook: MadeHandbook, texts: MadeTexts
) -> None:
    other = make_handbook(installation, title="Toinen")
    for path in ("structure", "sections"):
        response = browser.client.get(f"/handbooks/{other.id}/{path}/{texts.first}")
        assert response.status_code in (403, 404)


def test_a_new_name_shows_where_the_earlier_one_is_still_said(
    installation: Installation, browser: Browser, handbook: MadeHandbook, texts: MadeTexts
) -> None:
    editor = handbook.administrator
    reword(installation, editor, texts.second, "Ryhmässä tavataan", "Vertaistuessa tavataan")
    here = f"/handbooks/{handbook.id}/structure/{texts.first}"
    browser.open(here)
    assert "Nimi mainitaan 1 paikassa" in browser.text
    assert "Vertaistuessa" in browser.text
    browser.submit("/rename", {"title": "Rinnalla kulkeminen"})
    assert "1 kohdassa on vielä aiempi nimi ”Vertaistuki”" in browser.text
    assert f"/sections/{texts.second}/edit" in browser.html
    reword(installation, editor, texts.second, "Vertaistuessa tavataan", "Rinnalla tavataan")
    reword(installation, editor, texts.second, "Vertaistuki vahvistaa", "Ryhmä vahvistaa")
    browser.open(here)
    assert "aiempi nimi" not in browser.text


def test_the_figure_has_the_same_as_a_list(
    browser: Browser, handbook: MadeHandbook, texts: MadeTexts
) -> None:
    browser.open(f"/handbooks/{handbook.id}/structure")
    assert 'aria-label="1 osa-alue, 2 toimintoa: sama luettelona kuvan alla"' in browser.html
    assert browser.html.count("<li>Vertaistuki</li>") == 1
