"""A point of a statement is written on marked words, and submitted on exactly these."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from reviewtool.infra.installation import Installation
from reviewtool.models.contributions import Contribution
from tests.browser.looking import violations
from tests.browser.marking import mark
from tests.factories.contributions import Table, drafted, make_table, say, way_in
from tests.integration.test_statements import begun

pytestmark = pytest.mark.only("sqlite", reason="the browser's side is the same on both databases")

QUOTE = "koulutetut vapaaehtoiset, joita"


@pytest.fixture
def table(installation: Installation) -> Table:
    return make_table(installation)


@pytest.mark.parametrize("width", [1280, 390])
def test_marked_words_become_a_point_and_then_the_organisations_contribution(
    page: Page, installation: Installation, table: Table, width: int
) -> None:
    owner = begun(installation, table)
    say(installation, table, owner, "Omani.", quote="kerran viikossa")
    page.set_viewport_size({"width": width, "height": 844})
    page.goto(way_in(installation, owner))
    page.goto(f"/p/{owner.link_id}/sections/{table.section_id}")
    page.wait_for_load_state()
    mark(page, "koulutetut", "joita")
    page.locator(".selection-bar").get_by_role("button", name="Kommentoi").click()
    form = page.locator("form[data-say-form]")
    expect(form.get_by_text("Vain toimitus")).to_have_count(0)
    form.get_by_label("Lausuntomme kohtana").check()
    expect(form.get_by_text("näkevät vain lausuntoa tekevät kollegasi")).to_be_visible()
    expect(form.locator(".as-oneself").first).to_be_hidden()
    form.get_by_label("Mitä haluat sanoa?").fill("Koulutus kestää kaksi päivää.")
    assert violations(page) == []
    form.get_by_role("button", name="Tallenna kohta").click()
    draft = page.locator(".contribution.draft")
    if width == 390:
        page.locator("details.here", has=draft).locator("summary").first.wait_for()
        fold = page.locator("details.here", has=draft)
        expect(fold.locator("summary")).to_have_text("1 lausuntomme kohta")
        if fold.get_attribute("open") is None:
            fold.locator("summary").click()
    expect(draft).to_contain_text("Koulutus kestää kaksi päivää.")
    expect(draft).to_contain_text("Lähettämättä")
    expect(draft).to_be_visible()
    assert violations(page) == []
    draft.get_by_role("link", name="Avaa lausuntomme").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Yhteinen lausuntomme")
    expect(page.locator(".contribution.draft .quote")).to_contain_text(QUOTE)
    assert violations(page) == []
    page.get_by_role("link", name="Tarkista ja lähetä").click()
    page.get_by_role("button", name="Lähetä lausunto").click()
    expect(page.locator(".contribution").first).to_contain_text("Organisaation lausunto")
    with installation.database.read() as session:
        made = session.scalars(
            select(Contribution).where(Contribution.words.startswith("Koulutus"))
        ).one()
    _revision, text = drafted(installation, table, table.section_id)
    assert made.quote == QUOTE
    assert text[made.start : made.end] == "koulutetut vapaaehtoiset**, joita"
    page.goto(f"/p/{owner.link_id}/sections/{table.section_id}")
    marked = page.locator(f'mark[data-marks~="{made.id}"]').all_inner_texts()
    assert "".join(marked) == QUOTE
    assert page.locator(".contribution.draft").count() == 0


def test_new_text_is_proposed_as_a_point(
    page: Page, installation: Installation, table: Table
) -> None:
    owner = begun(installation, table)
    page.goto(way_in(installation, owner))
    page.goto(f"/p/{owner.link_id}/sections/{table.section_id}")
    page.wait_for_load_state()
    page.locator("p[data-n] .say-add").first.press("Enter")
    form = page.locator("form[data-say-form]")
    form.get_by_label("Lausuntomme kohtana").check()
    form.locator("[data-replacement]").fill("Ryhmä on maksuton.")
    form.get_by_role("button", name="Tallenna kohta").click()
    draft = page.locator(".contribution.draft")
    expect(draft.locator("ins")).to_contain_text("Ryhmä on maksuton.")
    assert page.locator("p.quote:visible").count() == 0
