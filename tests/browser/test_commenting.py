"""Commenting in a real browser: by mouse, by keyboard, on a phone, and without script."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select

from reviewtool.infra.installation import Installation
from reviewtool.models.contributions import Contribution
from tests.browser.marking import mark
from tests.browser.server import LiveServer
from tests.factories.contributions import Table, drafted, make_table, say, way_in

pytestmark = pytest.mark.only("sqlite", reason="the browser's side is the same on both databases")


@pytest.fixture
def table(installation: Installation) -> Table:
    return make_table(installation)


def rows(installation: Installation) -> list[Contribution]:
    with installation.database.read() as session:
        return list(session.scalars(select(Contribution).order_by(Contribution.number)))


def read(page: Page, installation: Installation, table: Table) -> None:
    """Come by the link and open the first activity's text."""
    page.goto(way_in(installation, table.actors[0]))
    page.goto(f"/p/{table.actors[0].link_id}/sections/{table.section_id}")


def test_words_are_marked_with_the_mouse_and_commented(
    page: Page, installation: Installation, table: Table
) -> None:
    read(page, installation, table)
    mark(page, "koulutetut", "joita")
    page.locator(".selection-bar").get_by_role("button", name="Kommentoi").click()
    form = page.locator("form[data-say-form]")
    expect(form.locator("[data-quote] q")).to_have_text("koulutetut vapaaehtoiset, joita")
    form.get_by_label("Mitä haluat sanoa?").fill("Koulutus kestää kaksi päivää.")
    form.get_by_role("button", name="Lähetä").click()
    expect(page.locator(".contribution")).to_contain_text("Koulutus kestää kaksi päivää.")
    [made] = rows(installation)
    assert made.quote == "koulutetut vapaaehtoiset, joita"
    _revision, text = drafted(installation, table, table.section_id)
    assert text[made.start : made.end] == "koulutetut vapaaehtoiset**, joita"
    marked = page.locator(f'mark[data-marks~="{made.id}"]').all_inner_texts()
    assert "".join(marked) == "koulutetut vapaaehtoiset, joita"


def test_new_text_between_paragraphs_is_shown_while_it_is_written(
    page: Page, installation: Installation, table: Table
) -> None:
    read(page, installation, table)
    page.locator("p[data-n] .say-add").first.press("Enter")
    form = page.locator("form[data-say-form]")
    expect(form.locator("[data-after-words]")).to_contain_text("ilman ilmoittautumista.")
    field = form.locator("[data-replacement]")
    expect(field).to_be_focused()
    expect(field).to_have_value("")
    field.press_sequentially("Ryhmä on maksuton.")
    expect(form.locator("ins")).to_contain_text("Ryhmä on maksuton.")
    form.get_by_role("button", name="Lähetä").click()
    expect(page.locator(".contribution ins")).to_contain_text("Ryhmä on maksuton.")
    [made] = rows(installation)
    assert (made.quote, made.replacement) == ("", "Ryhmä on maksuton.")
    page.wait_for_load_state()  # its script hears of what is marked
    mark(page, "kerran", "viikossa")  # a passage is no place for new text again
    page.get_by_role("button", name="Ehdota muutosta").click()
    expect(form.locator("[data-after-words]")).to_be_hidden()
    expect(field).to_have_value("kerran viikossa")


def test_the_form_is_seen_whole_beside_words_at_the_foot_of_the_window(
    page: Page, installation: Installation, table: Table
) -> None:
    for _ in range(4):
        say(installation, table, table.actors[1], "Pitkä kommentti. " * 40, quote="Mukaan")
    read(page, installation, table)
    page.evaluate("document.querySelector('[data-passages]').style.marginTop = '40rem'")
    mark(page, "kerran", "viikossa")
    page.locator(".selection-bar").get_by_role("button", name="Kommentoi").click()
    form = page.locator("form[data-say-form]")
    expect(form.get_by_role("button", name="Lähetä")).to_be_in_viewport(ratio=1)
    expect(page.locator("[data-passages] p", has_text="viikossa")).to_be_in_viewport()


def test_what_was_saved_is_told_where_it_stands(
    page: Page, installation: Installation, table: Table
) -> None:
    read(page, installation, table)
    page.set_viewport_size({"width": 390, "height": 500})
    box = page.locator("#box")
    box.get_by_role("textbox").fill("Koko tekstistä.")
    box.get_by_role("button", name="Lähetä").click()
    made = page.locator("article.contribution", has_text="Koko tekstistä.")
    expect(made.get_by_role("status")).to_contain_text("on lähetetty")
    expect(made).to_be_in_viewport()


def test_half_written_words_survive_a_closed_page(
    page: Page, installation: Installation, table: Table
) -> None:
    read(page, installation, table)
    page.get_by_role("textbox", name="Mitä haluat sanoa tästä tekstistä?").fill(
        "Kesken jäänyt ajatus"
    )
    expect(page.locator("#box [data-kept]")).to_contain_text("tällä laitteella")
    page.goto("about:blank")
    page.goto(f"/p/{table.actors[0].link_id}/sections/{table.section_id}")
    field = page.get_by_role("textbox", name="Mitä haluat sanoa tästä tekstistä?")
    expect(field).to_have_value("Kesken jäänyt ajatus")
    page.locator("#box").get_by_role("button", name="Lähetä").click()
    expect(page.locator(".contribution")).to_contain_text("Kesken jäänyt ajatus")
    expect(field).to_have_value("")


def test_a_contribution_stands_beside_its_passage_and_lights_it(
    page: Page, installation: Installation, table: Table
) -> None:
    made = say(installation, table, table.actors[1], "Hyvä.", quote="Mukaan voi tulla")
    read(page, installation, table)
    item, words = page.locator(f"#c-{made}"), page.locator(f'mark[data-marks~="{made}"]')
    beside, text = item.bounding_box(), words.first.bounding_box()
    assert beside is not None
    assert text is not None
    assert abs(beside["y"] - text["y"]) < 40
    words.first.hover()
    expect(item).to_have_class("contribution lit")
    page.set_viewport_size({"width": 390, "height": 844})
    page.locator("details.here > summary").click()
    expect(item).to_be_visible()
    below = item.bounding_box()
    assert below is not None
    assert below["width"] > 300


def test_on_a_phone_all_of_one_paragraph_unfolds_together(
    page: Page, installation: Installation, table: Table
) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    say(installation, table, table.actors[1], "Hyvä.", quote="Mukaan voi")
    say(installation, table, table.actors[1], "Usein.", quote="kerran viikossa")
    read(page, installation, table)
    expect(page.locator("details.here > summary")).to_have_text("2 kommenttia")


@pytest.fixture
def plain_page(chromium: Browser, live_server: LiveServer) -> Iterator[Page]:
    """Give a page of a phone's browser in which scripts don't run."""
    context = chromium.new_context(
        base_url=live_server.url,
        locale="fi-FI",
        java_script_enabled=False,
        viewport={"width": 390, "height": 844},
    )
    yield context.new_page()
    context.close()


def test_without_script_a_paragraph_is_commented_and_all_is_sent(
    plain_page: Page, installation: Installation, table: Table
) -> None:
    page = plain_page
    read(page, installation, table)
    page.get_by_role("link", name="Kommentoi tätä kappaletta").first.click()
    expect(page.locator(".quote q")).to_contain_text("Ryhmässä tavataan")
    page.get_by_label("Mitä haluat sanoa?").fill("Meillä tavataan kahdesti.")
    page.get_by_role("button", name="Lähetä").click()
    expect(page.locator(".contribution").first).to_contain_text("Meillä tavataan kahdesti.")
    page.goto(f"/p/{table.actors[0].link_id}/ready")
    page.get_by_role("button", name="Olen valmis").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Kiitos, olet valmis")
    assert [row.quote[:17] for row in rows(installation)] == ["Ryhmässä tavataan"]
