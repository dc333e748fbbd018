"""A thousand contributions on one text, in a real browser: the text at once, the rest as needed."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from reviewtool.infra.installation import Installation
from reviewtool.web.participant.beside import A_PAGE
from tests.browser.looking import laid_out
from tests.factories.contributions import Table, fill, make_table, say, way_in

pytestmark = pytest.mark.only("sqlite", reason="the browser's side is the same on both databases")

MANY = 1000

SHIFTS = """() => {
  window.shifted = 0;
  new PerformanceObserver((list) => {
    for (const one of list.getEntries()) if (!one.hadRecentInput) window.shifted += one.value;
  }).observe({ type: "layout-shift", buffered: true });
}"""


@pytest.fixture
def table(installation: Installation) -> Table:
    """Give a round in which everybody but the reader has said very much about one passage."""
    made = make_table(installation)
    say(installation, made, made.actors[0], "Oma sanani.", quote="kerran viikossa")
    fill(installation, made, made.actors[1], MANY)
    return made


def read(page: Page, installation: Installation, table: Table) -> None:
    page.goto(way_in(installation, table.actors[0]))
    page.goto(f"/p/{table.actors[0].link_id}/sections/{table.section_id}")


@pytest.mark.parametrize("width", [1280, 390])
def test_a_fold_opens_what_is_in_it_page_by_page(
    page: Page, installation: Installation, table: Table, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.add_init_script(f"({SHIFTS})()")
    read(page, installation, table)
    expect(page.locator(".contribution")).to_have_count(1)
    fold = page.locator("details[data-fold]")
    expect(fold.locator("summary")).to_have_text(f"{MANY} kommenttia muilta")
    laid_out(page)
    assert page.evaluate("window.shifted") < 0.02, "nothing jumps while the page arrives"
    fold.locator("summary").click()
    expect(fold.locator(".contribution")).to_have_count(A_PAGE)
    expect(fold.locator(".contribution").first).to_be_visible()
    fold.get_by_role("link", name="lisää").click()
    expect(fold.locator(".contribution")).to_have_count(2 * A_PAGE)
    expect(fold.locator(".contribution").nth(A_PAGE)).to_be_focused()


def test_the_mark_in_the_text_opens_its_fold(
    page: Page, installation: Installation, table: Table
) -> None:
    read(page, installation, table)
    page.locator(f'.mark-link:text("{MANY}")').click()
    expect(page.locator("details[data-fold] .contribution")).to_have_count(A_PAGE)


def test_where_fetching_fails_the_link_leads_there(
    page: Page, installation: Installation, table: Table
) -> None:
    read(page, installation, table)
    page.route("**/said?*", lambda route: route.abort())
    fold = page.locator("details[data-fold]")
    fold.locator("summary").click()
    link = fold.get_by_role("link", name="Näytä, mitä he sanovat")
    expect(link).to_have_attribute("data-failed", "1")
    link.click()
    expect(page.locator("details[data-fold][open] .contribution")).to_have_count(A_PAGE)
