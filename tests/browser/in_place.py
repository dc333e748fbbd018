"""Writing other words in their place in a text, as a reader does."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect
from sqlalchemy import select

from reviewtool.infra.installation import Installation
from reviewtool.models.contributions import Contribution
from tests.factories.contributions import Table, way_in

MARK = """([[block, from], [end, to]]) => {
  const point = (number, offset) => {
    const line = document.querySelector(`[data-passages] [data-n="${number}"]`);
    const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      if (walker.currentNode.parentElement.closest("[data-aside]")) continue;
      if (offset <= walker.currentNode.length) return [walker.currentNode, offset];
      offset -= walker.currentNode.length;
    }
  };
  getSelection().setBaseAndExtent(...point(block, from), ...point(end, to));
}"""

LINES = """() => [...document.querySelectorAll("[data-passages] [data-n]")].map((line) => {
  const copy = line.cloneNode(true);
  for (const aside of copy.querySelectorAll("[data-aside]")) aside.remove();
  return [line.dataset.n, copy.textContent.trimEnd().length];
})"""


def rows(installation: Installation) -> list[Contribution]:
    with installation.database.read() as session:
        return list(session.scalars(select(Contribution).order_by(Contribution.number)))


def text_of(table: Table) -> str:
    return f"/p/{table.actors[0].link_id}/sections/{table.section_id}"


def read(page: Page, installation: Installation, table: Table) -> None:
    page.goto(way_in(installation, table.actors[0]))
    page.goto(text_of(table))
    page.wait_for_load_state()


def propose(page: Page) -> Locator:
    """Choose to propose other words for what is marked; gives the form in the text."""
    page.get_by_role("toolbar").get_by_role("button", name="Ehdota muutosta").click()
    form = page.locator("[data-passages] form.in-place")
    expect(form.locator("[data-replacement]")).to_be_focused()
    return form


def marked(page: Page, start: tuple[str, int], end: tuple[str, int]) -> Locator:
    page.evaluate(MARK, [start, end])
    return propose(page)
