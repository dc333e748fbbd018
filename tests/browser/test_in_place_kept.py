"""Other words in their place: kept while they are unsent, and in reach of everybody."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from reviewtool.infra.installation import Installation
from reviewtool.models.unsent import Unsent
from tests.browser.in_place import marked, propose, read, rows, text_of
from tests.browser.looking import violations
from tests.browser.marking import mark
from tests.factories.contributions import Table, make_table, say, way_in

pytestmark = pytest.mark.only("sqlite", reason="the browser's side is the same on both databases")


@pytest.fixture
def table(installation: Installation) -> Table:
    return make_table(installation)


def test_words_come_back_in_their_place_and_nothing_takes_it(
    page: Page, installation: Installation, table: Table
) -> None:
    read(page, installation, table)
    mark(page, "kerran", "viikossa")
    form = propose(page)
    field = form.locator("[data-replacement]")
    field.fill("joka viikko")
    expect(form.locator("[data-kept]")).to_contain_text("Muut eivät näe sitä")
    page.reload()
    expect(form).to_be_visible()
    expect(field).to_have_value("joka viikko")
    expect(form.locator("[data-around=before]")).to_have_text("Ryhmässä tavataan ")
    expect(form.locator("ins")).to_contain_text("joka viikko")
    field.press("Escape")
    left = page.locator(".left-here")
    expect(left).to_contain_text("jäi keskeneräinen teksti")
    mark(page, "järjestön", "työntekijä")  # another passage: the words aren't overwritten
    page.get_by_role("toolbar").get_by_role("button", name="Ehdota muutosta").click()
    expect(field).to_have_value("joka viikko")
    expect(form.locator("[data-first]")).to_contain_text("Lähetä tai poista ensin")
    field.press("Escape")
    left.get_by_role("button", name="Jatka kirjoittamista").click()
    expect(field).to_have_value("joka viikko")
    field.press("Escape")
    with page.expect_response("**/unsent"):
        left.get_by_role("button", name="Poista teksti").click()
    expect(left).to_have_count(0)
    with installation.database.read() as session:
        assert session.scalars(select(Unsent)).all() == []
    page.reload()
    expect(page.locator("form[data-say-form]")).to_be_hidden()
    expect(page.locator(".unsent:visible")).to_have_count(0)
    assert rows(installation) == []


def test_a_cut_network_and_a_second_tab_lose_no_words(
    page: Page, installation: Installation, table: Table
) -> None:
    read(page, installation, table)
    other = page.context.new_page()
    other.goto(text_of(table))
    other.wait_for_load_state()
    mark(page, "kerran", "viikossa")
    form = propose(page)
    form.locator("[data-replacement]").fill("joka viikko")
    expect(form.locator("[data-kept]")).to_contain_text("Muut eivät näe sitä")
    offer = other.locator(".unsent:visible")
    offer.get_by_role("link", name="Jatka").click()
    there = other.locator("form.in-place [data-replacement]")
    expect(there).to_have_value("joka viikko")
    expect(there).to_be_focused()
    other.close()
    page.context.set_offline(True)
    form.get_by_role("button", name="Lähetä").click()
    expect(form.locator("[data-kept]")).to_contain_text("lähtee heti, kun yhteys palaa")
    page.context.set_offline(False)
    expect(page.locator(".contribution ins")).to_contain_text("joka")
    assert [row.replacement for row in rows(installation)] == ["joka viikko"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_each_state_keeps_the_rules_of_access_and_its_width(
    page: Page, installation: Installation, table: Table, width: int, scheme: Any
) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    read(page, installation, table)
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    form = marked(page, ("3", 18), ("3", 33))
    expect(form.locator("[data-replacement]")).to_have_value("kerran viikossa")
    assert violations(page) == []
    form.get_by_role("button", name="Lähetä").click()
    expect(form.get_by_role("alert")).to_be_visible()
    assert violations(page) == []
    form.locator("[data-replacement]").fill("joka viikko")
    expect(form.locator("ins")).to_be_visible()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    form.locator("[data-replacement]").press("Escape")
    expect(page.locator(".left-here")).to_be_visible()
    assert violations(page) == []


def test_a_proposal_that_was_sent_shows_its_difference_while_it_is_changed(
    page: Page, installation: Installation, table: Table
) -> None:
    made = say(
        installation, table, table.actors[0], "", quote="kerran viikossa", replacement="joka viikko"
    )
    page.goto(way_in(installation, table.actors[0]))
    page.goto(f"/p/{table.actors[0].link_id}/contributions/{made}/edit")
    page.wait_for_load_state()
    expect(page.get_by_role("button", name="Katso, miltä se näyttää")).to_have_count(0)
    page.get_by_label("Muutosehdotuksesi").fill("kahdesti viikossa")
    expect(page.locator("[data-preview] del")).to_contain_text("kerran")
    expect(page.locator("[data-preview] ins")).to_contain_text("kahdesti")
