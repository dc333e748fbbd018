"""Drafts' pages: freezing behind the gate, reading, comparing, correcting."""

import pytest
from flask.testing import FlaskClient

from reviewtool.infra.ids import new_id
from reviewtool.infra.installation import Installation
from reviewtool.services import phases
from reviewtool.services.structure import drop_section, rename_section
from tests.factories.accounts import sign_in
from tests.factories.handbooks import MadeHandbook, make_editor, make_handbook
from tests.factories.rounds import make_round
from tests.factories.texts import MadeTexts, make_draft, make_section, make_texts, reword
from tests.web.browser import Browser
from tests.web.queries import count_queries


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


def test_freezing_says_what_it_does_and_leads_to_the_draft(
    browser: Browser, handbook: MadeHandbook, texts: MadeTexts
) -> None:
    browser.open(f"/handbooks/{handbook.id}/drafts/freeze")
    assert "5 tekstiä vahvistetaan" in browser.text
    browser.submit("/freeze")
    assert "Tekstit on vahvistettu luonnokseksi 1." in browser.text
    assert "Henkilötarina: Marja" in browser.text


def test_without_changes_there_is_no_button(
    browser: Browser, installation: Installation, handbook: MadeHandbook, texts: MadeTexts
) -> None:
    make_draft(installation, handbook.administrator, handbook.id)
    browser.open(f"/handbooks/{handbook.id}/drafts/freeze")
    assert not [form for form in browser.forms() if form.action.endswith("/freeze")]
    assert "muuttunut edellisen luonnoksen jälkeen" in browser.text


def test_a_draft_is_read_text_by_text(
    browser: Browser, installation: Installation, handbook: MadeHandbook, texts: MadeTexts
) -> None:
    draft = make_draft(installation, handbook.administrator, handbook.id)
    reword(installation, handbook.administrator, texts.first, "viikossa", "kuussa")
    browser.open(f"/handbooks/{handbook.id}/drafts/{draft}/sections/{texts.first}")
    assert "kerran viikossa" in browser.text
    assert "Teksti 3/5" in browser.text


def test_two_drafts_are_compared_by_what_became_of_each_text(
    browser: Browser, installation: Installation, handbook: MadeHandbook, texts: MadeTexts
) -> None:
    editor = handbook.administrator
    make_draft(installation, editor, handbook.id)
    reword(installation, editor, texts.first, "viikossa", "kuussa")
    rename_section(installation, editor, texts.second, "fi", "Vapaaehtoistyö")
    drop_section(installation, editor, texts.story)
    make_section(installation, editor, handbook.id, "Mielenterveystyö")
    make_draft(installation, editor, handbook.id)
    browser.open(f"/handbooks/{handbook.id}/drafts/compare")
    for words in ("Muuttunut", "Nimetty uudelleen", "Poistettu", "Uusi"):
        assert words in browser.text
    assert "aiemmin: Vapaaehtoistoiminta" in browser.text
    assert "2 tekstiä on ennallaan" in browser.text
    link = f"/sections/{texts.first}/compare?old="
    assert link in browser.html


def test_drafts_of_another_handbook_are_not_compared(
    browser: Browser, installation: Installation, handbook: MadeHandbook, texts: MadeTexts
) -> None:
    own = make_draft(installation, handbook.administrator, handbook.id)
    reword(installation, handbook.administrator, texts.first, "viikossa", "kuussa")
    make_draft(installation, handbook.administrator, handbook.id)
    other = make_handbook(installation, title="Toinen")
    make_texts(installation, other.administrator, other.id)
    foreign = make_draft(installation, other.administrator, other.id)
    for query in (f"old={foreign}&new={own}", f"old={own}&new={foreign}"):
        page = browser.client.get(f"/handbooks/{handbook.id}/drafts/compare?{query}")
        assert page.status_code == 404
    assert browser.client.get(f"/handbooks/{handbook.id}/drafts/{foreign}").status_code == 404


def test_a_correction_needs_its_reason_and_gets_its_number(
    browser: Browser, installation: Installation, handbook: MadeHandbook, texts: MadeTexts
) -> None:
    draft = make_draft(installation, handbook.administrator, handbook.id)
    browser.open(f"/handbooks/{handbook.id}/drafts/{draft}/sections/{texts.first}/correct")
    body = browser.form("/correct").fields["body"][0].replace("viikossa", "kuussa")
    page = browser.submit("/correct", {"body": body})
    assert page.status_code == 422
    assert "Kirjoita syy" in browser.text
    assert browser.form("/correct").fields["body"] == [body]
    browser.submit("/correct", {"reason": "Väärä tieto"})
    assert "Tehty: luonnos 1.1." in browser.text
    assert "kerran kuussa" in browser.text
    browser.open(f"/handbooks/{handbook.id}/drafts")
    assert "Korjaus: Väärä tieto" in browser.text


def test_the_number_of_queries_does_not_grow_with_texts_and_drafts(
    browser: Browser, installation: Installation, handbook: MadeHandbook, texts: MadeTexts
) -> None:
    editor = handbook.administrator
    drafts = [make_draft(installation, editor, handbook.id)]
    reword(installation, editor, texts.first, "viikossa", "kuussa")
    drafts.append(make_draft(installation, editor, handbook.id))
    pages = [
        f"/handbooks/{handbook.id}/drafts",
        f"/handbooks/{handbook.id}/drafts/{drafts[0]}",
        f"/handbooks/{handbook.id}/drafts/compare",
        f"/handbooks/{handbook.id}/drafts/freeze",
    ]

    def numbers() -> list[int]:
        found = []
        for page in pages:
            with count_queries(installation) as counted:
                assert browser.open(page).status_code == 200
            found.append(counted.number)
        return found

    few = numbers()
    for number in range(12):
        make_section(installation, editor, handbook.id, f"Teksti {number}")
        make_draft(installation, editor, handbook.id)
    assert numbers() == few
    assert max(few) <= 17


def test_freezing_while_a_round_is_open_tells_who_reads_which_draft(
    browser: Browser, installation: Installation, handbook: MadeHandbook
) -> None:
    made = make_round(installation, handbook=handbook)
    reword(installation, handbook.administrator, made.texts.first, "viikossa", "kuussa")
    browser.open(f"/handbooks/{handbook.id}/drafts/freeze")
    assert "on auki. Osallistujat lukevat edelleen luonnosta 1, eivät uutta." in browser.text
    phases.close(installation, handbook.administrator, made.phase_id, new_id())
    browser.open(f"/handbooks/{handbook.id}/drafts/freeze")
    assert "lukevat edelleen" not in browser.text
