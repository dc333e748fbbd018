"""Marking a passage by mouse, touch and keyboard: the same toolbar, exactly the marked words."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from reviewtool.infra.installation import Installation
from reviewtool.models.contributions import Contribution
from reviewtool.text.document import compose
from reviewtool.text.html.pieces import Mark
from reviewtool.text.html.writing import to_html
from reviewtool.text.selection import Point, passage_of
from tests.browser.server import LiveServer
from tests.factories.contributions import Table, make_table, way_in

pytestmark = pytest.mark.only("sqlite", reason="the browser's side is the same on both databases")

RICH = compose(
    "Rikas teksti",
    ("Eka *ydin*kohta 😀.", "Toka **ydin**kohta."),
    """Kävely on **lihavaa ja *kursiivia* yhdessä**. Hymiö 👩‍👩‍👧 katkaisee yksiköt 😀😀. [Linkki on
pitkä](https://example.org/a), ja ää̈kköset jatkuvat.

## Väliotsikko, **lihava**

- luettelo *yksi*
  - sisempi 😀 kohta
- luettelo kaksi

> Lainaus, jossa on **painoa**.

1. numeroitu
1. toinen [linkki](https://example.org/b)""",
    ("[Lähde](https://example.org/c), 2020", "Toinen lähde 😀"),
)

MARKED = """async ({ html, count }) => {
  const { passageOf } = await import("/static/js/passages.js");
  const root = document.createElement("article");
  root.innerHTML = html;
  for (const fold of root.querySelectorAll("details")) fold.open = true;
  document.body.append(root);
  let seed = 20260914;
  const random = (below) => (seed = (seed * 48271) % 2147483647) % below;
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const nodes = [];
  while (walker.nextNode()) if (walker.currentNode.data.trim()) nodes.push(walker.currentNode);
  const found = [];
  while (found.length < count) {
    const first = random(nodes.length);
    const last = Math.min(first + random(6), nodes.length - 1);
    const range = document.createRange();
    range.setStart(nodes[first], random(nodes[first].length));
    range.setEnd(nodes[last], random(nodes[last].length + 1));
    const passage = passageOf(root, range);
    if (!passage) continue;
    const words = passage.range.cloneContents();
    for (const aside of words.querySelectorAll("[data-aside]")) aside.remove();
    const { range: _, ...place } = passage;
    found.push({ ...place, shown: words.textContent });
  }
  root.remove();
  return found;
}"""

COME_BACK = """(pages) => pages.map((html) => {
  const root = document.createElement("article");
  root.innerHTML = html;
  for (const aside of root.querySelectorAll("[data-aside]")) aside.remove();
  return [...root.querySelectorAll("mark")].map((mark) => mark.textContent).join("");
})"""


def bare(words: str) -> str:
    return "".join(words.split())


def test_two_hundred_random_selections_come_back_as_exactly_what_was_marked(
    page: Page, live_server: LiveServer
) -> None:
    page.goto(live_server.url)
    html = to_html(RICH, points_label="Ydinkohdat", sources_label="Lähteet")
    marked = page.evaluate(MARKED, {"html": html, "count": 200})
    passages = [
        passage_of(
            RICH,
            Point(int(one["start_block"]), one["start_offset"]),
            Point(int(one["end_block"]), one["end_offset"]),
        )
        for one in marked
    ]
    assert [bare(one.quote) for one in passages] == [bare(one["shown"]) for one in marked]
    assert [bare(one["quote"]) for one in marked] == [bare(one["shown"]) for one in marked]
    again = page.evaluate(
        COME_BACK, [to_html(RICH, [Mark(one.start, one.end, "x")]) for one in passages]
    )
    assert [bare(words) for words in again] == [bare(one["shown"]) for one in marked]


@pytest.fixture
def table(installation: Installation) -> Table:
    return make_table(installation)


def read(page: Page, installation: Installation, table: Table) -> None:
    page.goto(way_in(installation, table.actors[0]))
    page.goto(f"/p/{table.actors[0].link_id}/sections/{table.section_id}")


TOOLS = ["Kommentoi", "Ehdota muutosta", "Kerro esimerkki", "Tämä on hyvin näin"]


def test_the_keyboard_steps_extends_and_acts(
    page: Page, installation: Installation, table: Table
) -> None:
    read(page, installation, table)
    page.get_by_role("button", name="Merkitse kohta näppäimistöllä").press("Enter")
    for key in ("ArrowDown", "ArrowDown", "ArrowDown", "Shift+ArrowRight", "Enter"):
        page.keyboard.press(key)
    bar = page.get_by_role("toolbar")
    expect(bar.get_by_role("button")).to_have_text(TOOLS)
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    form = page.locator("form[data-say-form]")
    expect(form.get_by_label("Mitä haluat sanoa?")).to_have_value(
        "Tämä kohta on hyvä tällaisenaan."
    )
    form.get_by_role("button", name="Lähetä").press("Enter")
    expect(page.locator(".contribution")).to_contain_text("Tämä kohta on hyvä")
    with installation.database.read() as session:
        quote = session.scalars(select(Contribution.quote)).one()
    assert quote == ("Ryhmässä tavataan kerran viikossa. Mukaan voi tulla ilman ilmoittautumista.")


def test_touch_gives_the_same_toolbar_at_the_foot_as_the_handles_move(
    phone: Page, installation: Installation, table: Table
) -> None:
    read(phone, installation, table)
    # A long press marks a word, and its handles move the ends: the system does both, script
    # hears of nothing but the selection.
    select_word = """(end) => {
      const words = document.querySelector("[data-passages] strong").firstChild;
      getSelection().setBaseAndExtent(words, 0, words, end);
    }"""
    phone.evaluate(select_word, len("koulutetut"))
    bar = phone.get_by_role("toolbar")
    expect(bar).to_have_class("selection-bar at-foot")
    expect(bar.get_by_role("button")).to_have_text(TOOLS)
    phone.evaluate(select_word, len("koulutetut vapaaehtoiset"))
    # The toolbar waits until the handle rests.
    expect(phone.locator("[data-mark-status]")).to_contain_text("koulutetut vapaaehtoiset")
    bar.get_by_role("button", name="Kommentoi").tap()
    form = phone.locator("form[data-say-form]")
    expect(form.locator("[data-quote] q")).to_have_text("koulutetut vapaaehtoiset")
    expect(form).to_have_class("say-form sheet")
