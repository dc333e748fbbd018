"""Proposals are listed, decided in one press with a reason, and lead to splitting and merging."""

import pytest
from flask.testing import FlaskClient

from reviewtool.domain.proposals import ProposalAct, Proposed
from reviewtool.infra.ids import new_id
from reviewtool.infra.installation import Installation
from reviewtool.services.proposals import propose_as_editor
from tests.factories.accounts import sign_in
from tests.factories.contributions import make_table, way_in
from tests.factories.handbooks import MadeHandbook, make_editor, make_handbook
from tests.factories.texts import MadeTexts, make_texts, working_text
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


def wish(
    installation: Installation, handbook: MadeHandbook, proposed: Proposed, words: str = ""
) -> str:
    phase_id = handbook.phases["ngo-round"]
    return propose_as_editor(
        installation, handbook.administrator, phase_id, proposed, words, new_id()
    )


def test_a_new_name_is_accepted_and_the_wish_knows_it(
    installation: Installation, browser: Browser, handbook: MadeHandbook, texts: MadeTexts
) -> None:
    one = wish(
        installation, handbook, Proposed(ProposalAct.RENAME, texts.first, title="Vertaisryhmät"),
        "Näin puhutaan muualla.",
    )  # fmt: skip
    browser.open(f"/handbooks/{handbook.id}/structure")
    assert "1 ehdotus odottaa" in browser.text
    browser.open(f"/handbooks/{handbook.id}/structure/proposals")
    assert "”Vertaistuki” uudelle nimelle: ”Vertaisryhmät”" in browser.text
    browser.open(f"/handbooks/{handbook.id}/structure/proposals/{one}")
    browser.submit("/rename", {"reason": "Nimi on tutumpi."})
    assert "Mitä siitä seurasi" in browser.text
    assert "Nimi on tutumpi." in browser.text
    assert "Toteuta ja muuta" not in browser.text
    browser.open(f"/handbooks/{handbook.id}/structure/{texts.first}")
    assert "”Vertaistuki” sai nimen ”Vertaisryhmät”" in browser.text
    assert "Ehdotuksesta" in browser.text


def test_a_wish_that_is_not_taken_keeps_its_reason(
    installation: Installation, browser: Browser, handbook: MadeHandbook, texts: MadeTexts
) -> None:
    one = wish(installation, handbook, Proposed(ProposalAct.DROP, texts.second))
    here = f"/handbooks/{handbook.id}/structure/proposals/{one}"
    browser.open(here)
    assert browser.submit("/not-taken", {"not-reason": " "}).status_code == 422
    browser.submit("/not-taken", {"not-reason": "Toimintaa on joka kunnassa."})
    assert "Yhtään ehdotusta ei odota" in browser.text
    browser.open(f"/handbooks/{handbook.id}/structure/proposals?show=decided")
    assert "Toimintaa on joka kunnassa." in browser.text


def test_an_editor_proposes_what_is_then_added(
    browser: Browser, handbook: MadeHandbook, texts: MadeTexts
) -> None:
    browser.open(f"/handbooks/{handbook.id}/structure/proposals/new")
    page = browser.submit("/proposals/new", {"act": "add", "words": "Puuttuu."})
    assert page.status_code == 422
    assert "Kirjoita nimi." in browser.text
    browser.submit(
        "/proposals/new",
        {"act": "add", "title": "Väkivaltatyö", "parent": texts.area, "words": "Puuttuu."},
    )
    assert "Uusi teksti ”Väkivaltatyö” kohtaan ”Osallisuus”" in browser.text
    browser.submit("/structure/add", {"reason": "Työpaja toivoi."})
    assert "Lisätty: Väkivaltatyö" in browser.text
    browser.open(f"/handbooks/{handbook.id}/structure/changes")
    assert "Lisättiin ”Väkivaltatyö”" in browser.text


def test_a_text_is_split_after_both_texts_were_shown(
    installation: Installation, browser: Browser, handbook: MadeHandbook, texts: MadeTexts
) -> None:
    one = wish(
        installation, handbook, Proposed(ProposalAct.SPLIT, texts.first, title="Ohjaajien tuki")
    )
    here = f"/handbooks/{handbook.id}/structure/{texts.first}/split?proposal={one}"
    browser.open(f"{here}&t1=Ohjaajien tuki&shown=1")
    assert "Kumpikin teksti tarvitsee omaa sisältöä" in browser.text
    browser.open(f"{here}&t1=Ohjaajien tuki&shown=1&p1=1&p3=1")
    assert "Mikä jää" in browser.text
    browser.submit("/split", {"reason": "Kaksi asiaa."})
    assert "Teksti on jaettu" in browser.text
    assert "Ohjaajien tuki" in browser.text
    assert "koulutetut" not in working_text(installation, texts.first)[1]
    browser.open(f"/handbooks/{handbook.id}/structure/proposals/{one}")
    assert "Kaksi asiaa." in browser.text


def test_texts_are_merged_in_the_order_and_words_that_the_editor_chose(
    installation: Installation, browser: Browser, handbook: MadeHandbook, texts: MadeTexts
) -> None:
    proposed = Proposed(ProposalAct.MERGE, texts.first, (texts.second,), "Yhdessä arjessa")
    one = wish(installation, handbook, proposed)
    browser.open(f"/handbooks/{handbook.id}/structure/proposals/{one}")
    base = f"/handbooks/{handbook.id}/structure/{texts.first}/merge"
    browser.open(
        f"{base}?s={texts.first}&s={texts.second}&proposal={one}&up={texts.second}"
        "&title=Yhdessä arjessa&headings=1"
    )
    form = browser.form("/merge")
    assert form.fields["s"] == [texts.second, texts.first]
    assert form.fields["title"] == ["Yhdessä arjessa"]
    assert form.fields["body"][0].startswith("## Vapaaehtoistoiminta")
    browser.submit("/merge", {"body": "Lyhyt yhteinen teksti."})
    assert "Tekstit on yhdistetty" in browser.text
    assert "Lyhyt yhteinen teksti." in working_text(installation, texts.first)[1]
    browser.open(f"/handbooks/{handbook.id}/structure/proposals/{one}")
    assert "Yhdessä arjessa" in browser.text
    assert "Toteuta ja" not in browser.text


def test_a_text_is_put_where_it_was_dragged(
    browser: Browser, handbook: MadeHandbook, texts: MadeTexts
) -> None:
    browser.open(f"/handbooks/{handbook.id}/structure")
    browser.submit("/put", {"section": texts.story, "target": texts.chapter, "where": "before"})
    assert browser.html.index(">Henkilötarina: Marja</a></h2>") < browser.html.index(
        ">Johdanto</a></h2>"
    )


def test_a_participant_proposes_from_the_rounds_page(
    installation: Installation, client: FlaskClient
) -> None:
    table = make_table(installation, people=1)
    browser = Browser(client)
    browser.open(way_in(installation, table.actors[0]))
    here = browser.url.rstrip("/")
    assert f"{here}/structure" in browser.html
    browser.open(f"{here}/structure")
    assert browser.submit("/structure", {"act": "merge"}).status_code == 422
    assert "Valitse teksti, johon tämä kuuluu." in browser.text
    browser.submit(
        "/structure",
        {
            "act": "merge",
            "section": table.round.texts.first,
            "others": [table.round.texts.second],
            "words": "Samat ihmiset.",
        },
    )
    assert "Yhdistetään ”Vertaistuki” ja ”Vapaaehtoistoiminta”" in browser.text
    assert "Samat ihmiset." in browser.text


def test_what_was_said_on_a_dropped_text_is_found_and_can_be_moved(
    installation: Installation, browser: Browser, handbook: MadeHandbook, texts: MadeTexts
) -> None:
    wish(installation, handbook, Proposed(ProposalAct.RENAME, texts.second, title="Talkoot"))
    browser.open(f"/handbooks/{handbook.id}/structure/{texts.second}")
    browser.submit("/drop", {"drop-reason": "Ei kuulu tähän."})
    assert "1 kommentti odottaa vastausta" in browser.text
    browser.open(f"/handbooks/{handbook.id}/contributions?section={texts.second}")
    assert "Vapaaehtoistoiminta (poistettu)" in browser.text
    assert "uudelle nimelle: ”Talkoot”" in browser.text
