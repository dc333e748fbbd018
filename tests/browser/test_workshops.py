"""Three browsers in one workshop at the same time: what one types, the others see by themselves."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from reviewtool.domain.actors import Actor
from reviewtool.infra.clock import SetClock
from reviewtool.infra.ids import new_id
from reviewtool.infra.installation import Installation
from reviewtool.services import workshop_rooms, workshop_tables
from reviewtool.services.links import link_url
from tests.browser.server import LiveServer
from tests.factories.accounts import sign_in
from tests.factories.workshops import MadeWorkshop, actors_of, code_of, running
from tests.web.browser import Browser as Person

NewPage = Callable[..., Page]


@pytest.fixture
def new_page(chromium: Browser, live_server: LiveServer) -> Iterator[NewPage]:
    """Give fresh browsers of the same moment, each with a session of its own; no script error."""
    contexts: list[BrowserContext] = []
    errors: list[str] = []

    def opened(width: int = 1280, height: int = 900) -> Page:
        context = chromium.new_context(
            base_url=live_server.url, locale="en-GB", viewport={"width": width, "height": height}
        )
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        return page

    yield opened
    for context in contexts:
        context.close()
    assert errors == []


def as_editor(page: Page, live_server: LiveServer, editor: Actor) -> Page:
    cookie = sign_in(Person(live_server.app.test_client()), editor).client.get_cookie("reviewtool")
    assert cookie is not None
    page.context.add_cookies(
        [{"name": "reviewtool", "value": cookie.value, "url": live_server.url}]
    )
    return page


def address(made: MadeWorkshop, rest: str) -> str:
    return f"/handbooks/{made.handbook.id}/workshops/{made.phase_id}{rest}?language=en"


@pytest.mark.only("sqlite", reason="what the browser does depends on no database")
def test_three_browsers_in_one_workshop_see_one_another_at_once(
    installation: Installation, clock: SetClock, new_page: NewPage, live_server: LiveServer
) -> None:
    made, groups = running(installation, clock, people=1)
    (invited,) = actors_of(installation, made)
    workshop_rooms.enter_group(installation, invited, groups[1], new_id())

    screen = as_editor(new_page(1920, 1080), live_server, made.editor)
    screen.goto(address(made, "/projector"))
    expect(screen.get_by_text(code_of(installation, made))).to_be_visible()
    size = screen.locator(".projector-tree li").first.evaluate(
        "element => parseFloat(getComputedStyle(element).fontSize)"
    )
    assert size >= 40, "readable from five metres"

    phone = new_page(390, 800)
    phone.goto("/join?language=en")
    phone.get_by_label("The room's code").fill(code_of(installation, made))
    phone.get_by_label("Your name").fill("Ville Vieras")
    phone.get_by_role("button", name="Come in").click()
    phone.get_by_role("button", name="I am in this group Ryhmä 1").click()

    laptop = new_page()
    laptop.goto(link_url(installation, invited.link_id or "") + "?language=en")
    laptop.goto(f"/p/{invited.link_id}/workshop/room?language=en&say=feature")
    half = "Vertainen on itse kokenut sen, mistä"
    words = laptop.get_by_label("What must this text say")
    words.press_sequentially(half)

    phone.get_by_role("link", name="Add a text").click()
    phone.get_by_label("Its name").fill("Velkaneuvonta")
    phone.get_by_role("button", name="Send to everybody").click()

    expect(laptop.get_by_role("heading", name="Velkaneuvonta")).to_be_visible()
    expect(screen.locator(".projector-tree .new")).to_contain_text("Velkaneuvonta")
    expect(words).to_have_value(half)
    expect(words).to_be_focused()
    words.press_sequentially(" puhutaan.")
    expect(words).to_have_value(half + " puhutaan.")

    laptop.get_by_role("button", name="I agree").click()
    expect(laptop.get_by_text("1 agrees")).to_be_visible()
    expect(words).to_have_value(half + " puhutaan.")
    expect(phone.get_by_text("1 agrees")).to_be_visible()

    laptop.get_by_label("Which text").select_option(label="– Vertaistuki")
    laptop.get_by_role("button", name="Send to everybody").click()
    expect(phone.locator("#said").get_by_text(half)).to_be_visible()
    expect(screen.locator(".projector-groups")).to_contain_text("Ryhmä 2: 1")


@pytest.mark.only("sqlite", reason="what the browser does depends on no database")
def test_half_typed_words_survive_a_reload_and_a_lost_network(
    installation: Installation, clock: SetClock, new_page: NewPage
) -> None:
    made, groups = running(installation, clock, people=1)
    (invited,) = actors_of(installation, made)
    workshop_rooms.enter_group(installation, invited, groups[0], new_id())
    page = new_page()
    page.goto(link_url(installation, invited.link_id or "") + "?language=en")
    page.goto(f"/p/{invited.link_id}/workshop/room?language=en&say=feature")
    words = page.get_by_label("What must this text say")
    words.fill("Kesken jäänyt ajatus")
    page.context.set_offline(True)
    expect(page.get_by_text("The connection is lost.")).to_be_visible()
    expect(words).to_have_value("Kesken jäänyt ajatus")
    page.context.set_offline(False)
    expect(page.locator("form[data-keep] [data-kept]").first).not_to_be_empty()
    page.reload()
    expect(page.get_by_label("What must this text say")).to_have_value("Kesken jäänyt ajatus")


@pytest.mark.only("sqlite", reason="what the browser does depends on no database")
def test_cards_are_sorted_by_dragging_and_by_keyboard_alone(
    installation: Installation, clock: SetClock, new_page: NewPage, live_server: LiveServer
) -> None:
    made, _groups = running(installation, clock, people=1)
    (actor,) = actors_of(installation, made)
    workshop_rooms.feature(installation, actor, None, "Ensimmäinen", new_id())
    workshop_rooms.feature(installation, actor, None, "Toinen", new_id())
    for title in ("Toimeentulo", "Osallisuus"):
        workshop_tables.add_theme(installation, made.editor, made.phase_id, title, new_id())
    page = as_editor(new_page(), live_server, made.editor)
    page.goto(address(made, "/sort"))

    card = page.locator("[data-sort-card]").filter(has_text="Ensimmäinen")
    card.drag_to(page.get_by_role("heading", name="Toimeentulo"))
    expect(page.get_by_role("region", name="Toimeentulo 1")).to_contain_text("Ensimmäinen")

    choice = page.locator("[data-sort-card]").filter(has_text="Toinen").get_by_role("combobox")
    choice.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("region", name="Osallisuus 1")).to_contain_text("Toinen")
    sorted_card = page.locator("[data-sort-card]").filter(has_text="Toinen")
    expect(sorted_card.locator("[id^=sort-]")).to_be_focused()
