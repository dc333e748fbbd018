"""Every state of a participant's pages under axe: what opens, fails, waits, clashes, comes late."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from reviewtool.infra.clock import SetClock
from reviewtool.infra.installation import Installation
from reviewtool.services.unsent import keep_unsent
from tests.browser.looking import Looker
from tests.browser.marking import mark
from tests.browser.server import LiveServer
from tests.factories.contributions import Table, fill, make_table, say, way_in

pytestmark = pytest.mark.only("sqlite", reason="the browser's side is the same on both databases")

SUBMIT = "(form) => HTMLFormElement.prototype.submit.call(form)"


@pytest.fixture(params=[1280, 390])
def page(
    request: pytest.FixtureRequest, chromium: Browser, live_server: LiveServer
) -> Iterator[Page]:
    """Give a page at a desk, and one of a phone with touch; a script error fails the test."""
    phone = {"has_touch": True, "is_mobile": True} if request.param == 390 else {}
    context = chromium.new_context(
        base_url=live_server.url,
        locale="fi-FI",
        viewport={"width": request.param, "height": 900},
        **phone,  # type: ignore[arg-type]
    )
    errors: list[str] = []
    opened = context.new_page()
    opened.on("pageerror", lambda error: errors.append(str(error)))
    yield opened
    context.close()
    assert errors == []


@pytest.fixture
def table(installation: Installation) -> Table:
    """Give a round in which several have said something about the first text."""
    made = make_table(installation)
    reader, other = made.actors
    say(installation, made, reader, "Oma sanani.", quote="kerran viikossa")
    say(installation, made, reader, "Toisin.", quote="Mukaan", replacement="Tervetuloa, mukaan")
    say(installation, made, other, "Koko tekstistä.")
    fill(installation, made, other, 45)
    return made


@pytest.fixture
def looker(page: Page, installation: Installation, table: Table) -> Looker:
    """Give somebody who came by the link and looks."""
    page.goto(way_in(installation, table.actors[0]))
    return Looker(page)


def at(table: Table, path: str = "", who: int = 0) -> str:
    return f"/p/{table.actors[who].link_id}/{path}"


def text_of(table: Table) -> str:
    return at(table, f"sections/{table.section_id}")


def is_phone(page: Page) -> bool:
    return page.evaluate("innerWidth < 1024")


def mark_words(page: Page) -> None:
    """Mark some words: with the mouse at a desk, as the handles of touch do on a phone."""
    if is_phone(page):
        page.evaluate(
            """() => {
              const words = document.querySelector("[data-passages] p[data-n] > strong").firstChild;
              getSelection().setBaseAndExtent(words, 0, words, 10);
            }"""
        )
    else:
        page.locator("[data-passages] p[data-n] > strong").first.scroll_into_view_if_needed()
        mark(page, "koulutetut", "joita")
    expect(page.get_by_role("toolbar")).to_be_visible()


def act(page: Page, name: str) -> None:
    mark_words(page)
    page.get_by_role("toolbar").get_by_role("button", name=name).click()
    expect(page.locator("form[data-say-form]")).to_be_visible()


def test_marking_and_speaking(looker: Looker, page: Page, table: Table) -> None:
    page.goto(text_of(table))
    page.wait_for_load_state()
    looker.look("as loaded")
    mark_words(page)
    looker.look("the toolbar, by pointer")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Merkitse kohta näppäimistöllä").press("Enter")
    page.keyboard.press("ArrowDown")
    looker.look("stepping with the keyboard")
    page.keyboard.press("Enter")
    looker.look("the toolbar, by keyboard")
    page.keyboard.press("Escape")
    form = page.locator("form[data-say-form]")
    act(page, "Kommentoi")
    looker.look("commenting")
    form.get_by_label("Mitä haluat sanoa?").fill("Mukaan voi tulla. Tähän kaivataan esimerkki.")
    expect(form.locator("[data-preview-of] button").first).to_be_visible()
    looker.look("this has been said already")
    form.get_by_role("button", name="Peruuta").click()
    act(page, "Ehdota muutosta")
    looker.look("proposing")
    form.locator("[data-replacement]").fill("koulutetut ohjaajat")
    expect(form.locator("ins").first).to_be_visible()
    looker.look("the proposal as a difference")
    form.get_by_role("button", name="Peruuta").click()
    act(page, "Kerro esimerkki")
    looker.look("giving an example")
    form.get_by_role("button", name="Peruuta").click()
    act(page, "Tämä on hyvin näin")
    looker.look("agreeing")
    form.get_by_role("button", name="Peruuta").click()
    page.locator("p[data-n] .say-add").first.press("Enter")
    looker.look("adding text")
    form.get_by_role("button", name="Peruuta").click()
    assert looker.wrong == []


def test_what_unfolds_on_a_text(looker: Looker, page: Page, table: Table) -> None:
    page.goto(text_of(table))
    page.wait_for_load_state()
    if is_phone(page):
        page.locator(".reader-list summary").click()
        looker.look("the list of the texts")
    fold = page.locator("details[data-fold]", has_text="45 kommenttia muilta")
    fold.locator("> summary").click()
    expect(fold.locator(".contribution").first).to_be_visible()
    own = page.locator(".contribution.own")
    page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
    expect(own.first).to_be_visible()
    looker.look("all that folds is open")
    with page.expect_navigation():
        fold.get_by_role("button", name="Olen samaa mieltä").first.click()
    looker.look("agreed")
    page.goto(text_of(table) + "?show=unanswered")
    looker.look("filtered")
    page.goto(text_of(table) + "?show=example")
    looker.look("filtered, with no result")
    page.goto(at(table, f"sections/{table.round.texts.second}"))
    with page.expect_navigation():
        page.get_by_role("button", name="Ei lausuttavaa tästä tekstistä").click()
    looker.look("nothing to say")
    assert looker.wrong == []


def test_sending_waiting_and_saved(looker: Looker, page: Page, table: Table) -> None:
    page.goto(text_of(table))
    page.wait_for_load_state()
    box = page.locator("#box")
    page.context.set_offline(True)
    box.get_by_role("textbox").fill("Kirjoitettu junassa")
    expect(box.locator("[data-kept]")).to_contain_text("tällä laitteella")
    looker.look("kept on the device")
    box.get_by_role("button", name="Lähetä").click()
    expect(box.locator("[data-kept]")).to_contain_text("lähtee heti")
    looker.look("offline")
    page.context.set_offline(False)
    expect(page.locator(".contribution", has_text="junassa")).to_be_visible()
    looker.look("saved")
    held: list[Route] = []
    page.route("**/say", lambda route: held.append(route))
    page.locator("#box").get_by_role("textbox").fill("Hidas verkko")
    page.locator("#box").get_by_role("button", name="Lähetä").click()
    expect(page.locator("#box [data-kept]")).to_contain_text("Lähetetään")
    looker.look("on its way")
    assert looker.wrong == []


def test_what_a_form_refuses(
    looker: Looker, page: Page, table: Table, installation: Installation, tmp_path: Path
) -> None:
    made = say(installation, table, table.actors[0], "Kolmas.", quote="Ryhmässä")
    wrong_file = tmp_path / "wrong.exe"
    wrong_file.write_bytes(b"MZ")
    section = f"sections/{table.section_id}"

    def refused(path: str, form: str, fields: dict[str, str] | None = None) -> None:
        page.goto(at(table, path))
        page.wait_for_load_state()
        for name, value in (fields or {}).items():
            page.locator(f"{form} [name={name}]").fill(value)
        with page.expect_navigation():
            page.locator(form).first.evaluate(SUBMIT)
        expect(page.locator("[role=alert]:visible").first).to_be_visible()
        looker.look(f"{path} refused")

    refused(section, "#box")
    form = "main form[data-keep]"
    for kind in ("comment", "suggestion", "example"):
        refused(f"{section}/say?kind={kind}&block=3", form)
    refused("whole", "#box")
    refused("structure", form)
    refused(f"contributions/{made}/edit", form, {"words": ""})
    refused("pass-on", "main form")
    page.goto(at(table, f"contributions/{made}/files"))
    page.locator("[type=file]").set_input_files(wrong_file)
    page.get_by_role("button", name="Liitä").click()
    expect(page.locator("[role=alert]")).to_be_visible()
    looker.look("a file refused")
    assert looker.wrong == []


def test_what_comes_back_and_what_comes_late(
    looker: Looker, page: Page, table: Table, installation: Installation, clock: SetClock
) -> None:
    form = f"{table.section_id}:box"
    keep_unsent(installation, table.actors[0], form, {"words": "Toisella laitteella."}, "")
    page.goto(text_of(table))
    page.wait_for_load_state()
    offer = page.locator(f"[data-offer$='{form}']")
    expect(offer).to_be_visible()
    looker.look("unfinished words are offered")
    page.locator("#box").get_by_role("textbox").fill("Tällä laitteella.")
    expect(offer.locator("[data-offer-both]")).to_be_visible()
    looker.look("two devices have different words")
    page.goto(at(table))
    looker.look("left unfinished, on the first page")
    clock.advance(days=22)
    page.goto(text_of(table))
    page.wait_for_load_state()
    looker.look("after the end of the round")
    page.goto(at(table, "ready"))
    looker.look("a summary that is late")
    assert looker.wrong == []
