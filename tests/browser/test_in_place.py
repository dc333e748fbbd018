"""Other words are written where they stand in the text: by mouse, touch and keyboard alone."""

from __future__ import annotations

import random
import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from reviewtool.infra.installation import Installation
from reviewtool.queries.suggestions import suggestions_of
from reviewtool.text.document import parse
from tests.browser.in_place import LINES, MARK, marked, propose, read, rows
from tests.browser.looking import laid_out
from tests.browser.marking import mark
from tests.factories.contributions import Table, make_table, say

pytestmark = pytest.mark.only("sqlite", reason="the browser's side is the same on both databases")

BODY = """Kävely on **lihavaa ja _kursiivia_ yhdessä**. Hymiö 👩‍👩‍👧 katkaisee 😀😀. [Linkki on
pitkä](https://example.org/a), ja ääkköset jatkuvat.

## Väliotsikko, **lihava**

- luettelo _yksi_
  - sisempi 😀 kohta
- luettelo kaksi

> Lainaus, jossa on **painoa**.

1. numeroitu
1. toinen [linkki](https://example.org/b)"""


@pytest.fixture
def table(installation: Installation) -> Table:
    return make_table(installation)


def text_html(page: Page) -> str:
    """Give the text's elements; what lights a mark leaves an empty class."""
    return page.locator("[data-passages]").inner_html().replace(' class=""', "")


def place(page: Page, selector: str) -> Any:
    return page.locator(selector).first.bounding_box()


def test_the_passage_opens_in_its_sentence_and_nothing_above_it_moves(
    page: Page, installation: Installation, table: Table
) -> None:
    say(installation, table, table.actors[1], "Hyvä.", quote="Mukaan voi tulla")
    read(page, installation, table)
    laid_out(page)
    html = text_html(page)
    above, line = place(page, ".key-points"), place(page, "#p3")
    card = place(page, "article.contribution")
    mark(page, "kerran", "viikossa")
    form = propose(page)
    laid_out(page)
    assert place(page, ".key-points") == above
    field = form.locator("[data-replacement]")
    expect(field).to_have_value("kerran viikossa")
    expect(form.locator("[data-around=before]")).to_have_text("Ryhmässä tavataan ")
    expect(form.locator("[data-around=after]")).to_contain_text(". Mukaan voi tulla ilman ilmo")
    before = place(page, "[data-around=before]")
    assert (before["x"], before["y"]) == (line["x"], line["y"])
    face = "(e) => ['fontFamily', 'fontSize', 'lineHeight'].map((n) => getComputedStyle(e)[n])"
    assert field.evaluate(face) == form.locator("[data-around=before]").evaluate(face)
    assert abs(place(page, "article.contribution")["y"] - card["y"]) < 8
    expect(page.locator("[data-mark-status]")).to_contain_text("Voit nyt kirjoittaa")
    expect(page.get_by_role("form", name="Muutosehdotus")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#p3")).to_be_focused()
    page.locator("h1").first.click()
    laid_out(page)
    assert text_html(page) == html
    assert place(page, "#p3") == line
    assert len(rows(installation)) == 1


def test_the_difference_and_a_reason_go_with_the_words_and_the_focus_comes_back(
    page: Page, installation: Installation, table: Table
) -> None:
    read(page, installation, table)
    mark(page, "kerran", "viikossa")
    form = propose(page)
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("joka viikko")
    expect(form.locator("del")).to_contain_text("kerran viikossa")
    expect(form.locator("ins")).to_contain_text("joka viikko")
    form.get_by_label("Miksi?").fill("Näin on nyt.")
    form.get_by_role("button", name="Lähetä").click()
    expect(page.locator(".contribution ins")).to_contain_text("joka viikko")
    [made] = rows(installation)
    assert (made.quote, made.replacement, made.words) == (
        "kerran viikossa", "joka viikko", "Näin on nyt.",
    )  # fmt: skip
    expect(page.locator(f"#m-{made.id}")).to_be_focused()
    expect(page.locator("form.in-place")).to_have_count(0)


def test_what_is_no_change_is_told_at_the_field(
    page: Page, installation: Installation, table: Table
) -> None:
    read(page, installation, table)
    mark(page, "kerran", "viikossa")
    form = propose(page)
    form.get_by_label("Miksi?").fill("Tämä on liian harvoin.")
    form.get_by_role("button", name="Lähetä").click()
    expect(form.get_by_role("alert")).to_contain_text("on sama kuin teksti")
    field = form.locator("[data-replacement]")
    expect(field).to_be_focused()
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(form.get_by_label("Miksi?")).to_have_value("Tämä on liian harvoin.")
    assert rows(installation) == []
    field.fill("")
    expect(form.get_by_role("alert")).to_have_count(0)
    expect(form.locator("[data-preview]").first).to_contain_text("Poistettavaksi:")
    form.get_by_role("button", name="Lähetä").click()
    expect(page.locator(".contribution")).to_contain_text("Poistettavaksi:")
    [made] = rows(installation)
    assert (made.replacement, made.words) == ("", "Tämä on liian harvoin.")


def test_on_a_phone_the_field_stays_above_the_keyboard_of_the_screen(
    phone: Page, installation: Installation, table: Table
) -> None:
    read(phone, installation, table)
    phone.evaluate(
        """() => {
          const words = document.querySelector("#p4 strong").firstChild;
          getSelection().setBaseAndExtent(words, 0, words, 10);
        }"""
    )
    bar = phone.get_by_role("toolbar")
    above = place(phone, "#p3")
    bar.get_by_role("button", name="Ehdota muutosta").tap()
    form = phone.locator("form.in-place")
    field = form.locator("[data-replacement]")
    expect(field).to_be_focused()
    expect(field).to_have_value("koulutetut")
    laid_out(phone)
    assert place(phone, "#p3") == above
    expect(form).not_to_have_class("say-form sheet")
    phone.set_viewport_size({"width": 390, "height": 420})  # as the keyboard comes up
    expect(field).to_be_in_viewport(ratio=1)
    expect(form.locator("[data-around=before]")).to_be_in_viewport()
    field.fill("kokeneet")
    expect(form.locator("ins")).to_contain_text("kokeneet")
    form.get_by_role("button", name="Lähetä").tap()
    expect(phone.locator("mark.own").first).to_have_text("koulutetut")
    [made] = rows(installation)
    assert (made.quote, made.replacement) == ("koulutetut", "kokeneet")


def test_the_keyboard_alone_marks_opens_writes_and_sends(
    page: Page, installation: Installation, table: Table
) -> None:
    read(page, installation, table)
    page.get_by_role("button", name="Merkitse kohta näppäimistöllä").press("Enter")
    for key in ("ArrowDown", "ArrowDown", "ArrowDown", "Enter", "ArrowRight", "Enter"):
        page.keyboard.press(key)
    form = page.locator("form.in-place")
    expect(form.locator("[data-replacement]")).to_be_focused()
    page.keyboard.press("ControlOrMeta+End")
    page.keyboard.type(" Myös kesällä.")
    page.keyboard.press("Tab")
    expect(form.get_by_label("Miksi?")).to_be_focused()
    page.keyboard.press("Tab")
    expect(form.get_by_role("button", name="Lähetä")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".contribution ins")).to_contain_text("Myös kesällä.")
    [made] = rows(installation)
    assert made.replacement == "Ryhmässä tavataan kerran viikossa. Myös kesällä."


def test_several_paragraphs_open_as_one_field_and_stay_what_they_are(
    page: Page, installation: Installation
) -> None:
    table = make_table(installation, body=BODY)
    read(page, installation, table)
    numbers = dict(page.evaluate(LINES))
    items = page.locator(".body ul [data-n]").evaluate_all("(all) => all.map((e) => e.dataset.n)")
    form = marked(page, (items[0], 0), (items[-1], numbers[items[-1]]))
    field = form.locator("[data-replacement]")
    expect(field).to_have_value("luettelo yksi\n\nsisempi 😀 kohta\n\nluettelo kaksi")
    assert page.locator(".body ul li:visible").count() == 1
    field.fill("luettelo yksi\n\nsisempi kohta\n\nluettelo kaksi\n\nluettelo kolme")
    expect(form.locator("ins")).to_contain_text("luettelo kolme")
    form.get_by_role("button", name="Lähetä").click()
    expect(page.locator(".contribution ins")).to_contain_text("luettelo kolme")
    [made] = rows(installation)
    with installation.database.read() as session:
        [suggestion] = suggestions_of(session, [made.id])
    body = parse(suggestion.proposal).body
    assert (
        "- luettelo _yksi_\n  - sisempi kohta\n- luettelo kaksi\n- luettelo kolme\n\n> Lainaus"
    ) in body


def test_what_is_proposed_is_exactly_what_was_marked(
    page: Page, installation: Installation
) -> None:
    table = make_table(installation, body=BODY)
    read(page, installation, table)
    page.locator("details.sources").evaluate("(fold) => { fold.open = true; }")
    chance = random.Random(20261124)  # noqa: S311 (the same passages at each run)
    lines = [(number, length) for number, length in page.evaluate(LINES) if length]
    for count in range(24):
        number, length = chance.choice(lines)
        start = chance.randrange(length)
        end = chance.randint(start + 1, length)
        page.evaluate(MARK, [[number, start], [number, end]])
        words = page.evaluate("getSelection().toString()").split()
        if not words:
            continue
        form = propose(page)
        field = form.locator("[data-replacement]")
        assert "".join(field.input_value().split()) == "".join(words)
        shown = form.locator(".in-place-words").evaluate(
            """(words) => [...words.children].filter((e) => e.localName !== "label")
              .map((e) => e.value ?? e.textContent).join("")"""
        )
        line = page.locator(f'[data-n="{number}"]').evaluate(
            """(line) => { const copy = line.cloneNode(true);
              for (const aside of copy.querySelectorAll("[data-aside]")) aside.remove();
              return copy.textContent; }"""
        )
        assert "".join(shown.split()) == "".join(line.split())
        if count % 6:
            page.keyboard.press("Escape")
            expect(form).to_have_count(0)
            continue
        field.press("ControlOrMeta+End")
        page.keyboard.type(" Äö😀")
        expect(field).to_have_value(re.compile("Äö😀$"))
        made = len(rows(installation))
        form.get_by_role("button", name="Lähetä").click()
        expect(page.locator("article.contribution")).to_have_count(made + 1)
        page.wait_for_load_state()
        newest = rows(installation)[-1]
        assert "".join(newest.quote.split()) == "".join(words)
        assert newest.replacement is not None
        assert newest.replacement.endswith("Äö😀")
        with installation.database.read() as session:
            [suggestion] = suggestions_of(session, [newest.id])
        assert "*" not in parse(suggestion.proposal).title
        assert "\\" not in suggestion.proposal
        page.locator("details.sources").evaluate("(fold) => { fold.open = true; }")
