"""Reading holds: at twice the text size, with a reader's own spacing, in the dark, on paper."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from reviewtool.infra.installation import Installation
from tests.browser.looking import laid_out
from tests.factories.contributions import make_table, say, way_in

pytestmark = pytest.mark.only("sqlite", reason="the browser's side is the same on both databases")

OWN_SPACING = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: 0.12em !important;
    word-spacing: 0.16em !important; } p { margin-block-end: 2em !important; }`);
  document.adoptedStyleSheets = [sheet];
}"""  # WCAG 1.4.12

OUTSIDE = """() => {
  const width = document.documentElement.clientWidth;
  const wide = document.documentElement.scrollWidth > width ? ["the page"] : [];
  for (const one of document.querySelectorAll("main *")) {
    const style = getComputedStyle(one);
    const apart = one.closest(".visually-hidden, [hidden], .mark-keys, .quote");
    if (apart || !one.textContent.trim()) continue;
    const box = one.getBoundingClientRect();
    if (box.width && box.right > width + 1) wide.push(`${one.tagName}.${one.className} is outside`);
    if (style.overflowY === "hidden" && one.scrollHeight > one.clientHeight + 2)
      wide.push(`${one.tagName}.${one.className} is cut`);
  }
  return wide;
}"""


@pytest.mark.parametrize("width", [1280, 390])
def test_twice_the_size_and_own_spacing_lose_nothing(
    page: Page, installation: Installation, width: int
) -> None:
    table = make_table(installation)
    say(installation, table, table.actors[1], "Hyvä.", quote="Mukaan voi tulla")
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(way_in(installation, table.actors[0]))
    for path in ("", f"sections/{table.section_id}"):
        page.goto(f"/p/{table.actors[0].link_id}/{path}")
        page.evaluate(OWN_SPACING)
        assert page.evaluate(OUTSIDE) == []
        page.evaluate("document.adoptedStyleSheets = []")
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        laid_out(page)
        assert page.evaluate(OUTSIDE) == []


def test_paper_and_dark_are_designed_and_sources_are_folded(
    page: Page, installation: Installation
) -> None:
    table = make_table(installation)
    page.goto(way_in(installation, table.actors[0]))
    page.goto(f"/p/{table.actors[0].link_id}/sections/{table.section_id}")
    expect(page.locator("details.sources")).not_to_have_attribute("open", "")
    ground = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(ground)
    page.emulate_media(color_scheme="dark")
    assert page.evaluate(ground) != light
    page.emulate_media(media="print")
    expect(page.locator(".say").first).to_be_hidden()
    expect(page.locator("#box")).to_be_hidden()
    expect(page.locator("article.text h1")).to_be_visible()
