"""Where the focus is, what is heard, and where one comes back to: for each act on marked words.

The acts are those of the page's own toolbar: a new one that isn't in the table fails.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from reviewtool.infra.installation import Installation
from tests.browser.listening import expect_at, expect_heard, forget, listen
from tests.browser.marking import mark
from tests.browser.server import LiveServer
from tests.factories.contributions import Table, make_table, say, way_in
from tests.factories.people import link_actor
from tests.factories.rounds import make_round

pytestmark = pytest.mark.only("sqlite", reason="the browser's side is the same on both databases")

BESIDE = "Kirjoitat merkitystä kohdasta"


class Opened(NamedTuple):
    """What an act opens: the field to write in, and what is heard."""

    field: str
    heard: str


ACTS: Mapping[str, Opened] = {
    "comment": Opened("#say-words", BESIDE),
    "suggestion": Opened("#say-replacement", "Voit nyt kirjoittaa suoraan tekstiin"),
    "example": Opened("#say-target_group", BESIDE),
    "agree": Opened("#say-words", BESIDE),
}


class Way(NamedTuple):
    """A way of marking words, on a page of a width."""

    width: int
    mark: Callable[[Page], None]
    press: Callable[[Locator], None]


def by_mouse(page: Page) -> None:
    page.locator("[data-passages] p[data-n] > strong").first.scroll_into_view_if_needed()
    mark(page, "koulutetut", "joita")


def by_keyboard(page: Page) -> None:
    page.get_by_role("button", name="Merkitse kohta näppäimistöllä").press("Enter")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")


def by_touch(page: Page) -> None:
    """As the handles of touch do: script hears of nothing but the selection."""
    words = page.locator("[data-passages] p[data-n] > strong").first
    words.evaluate("words => getSelection().selectAllChildren(words)")


def by_enter(button: Locator) -> None:
    """Go along the toolbar with the arrows, from its first button."""
    page = button.page
    for _ in ACTS:
        if button.evaluate("button => button === document.activeElement"):
            break
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")


WAYS: Mapping[str, Way] = {
    "mouse": Way(1280, by_mouse, Locator.click),
    "keyboard": Way(1280, by_keyboard, by_enter),
    "keyboard, narrow": Way(390, by_keyboard, by_enter),
    "touch": Way(390, by_touch, Locator.tap),
}


@pytest.fixture(params=WAYS)
def way(request: pytest.FixtureRequest) -> Way:
    return WAYS[request.param]


@pytest.fixture
def page(way: Way, chromium: Browser, live_server: LiveServer) -> Iterator[Page]:
    """Give a page of the way's width that is listened to; a script error fails the test."""
    context = chromium.new_context(
        base_url=live_server.url, locale="fi-FI", has_touch=way.width == 390,
        viewport={"width": way.width, "height": 900},
    )  # fmt: skip
    errors: list[str] = []
    opened = context.new_page()
    opened.on("pageerror", lambda error: errors.append(str(error)))
    listen(opened)
    yield opened
    context.close()
    assert errors == []


@pytest.fixture(params=["alone", "among others", "coordinators"])
def table(request: pytest.FixtureRequest, installation: Installation) -> Table:
    """Give a round: nothing said, much said, and one whose questions come first."""
    if request.param == "coordinators":
        made = make_round(installation, key="coordinators-round", open_to_all=False)
        return Table(made, (link_actor(installation, made.people[0]),))
    made_table = make_table(installation)
    if request.param == "among others":
        for quote in ("Mukaan voi tulla", "koulutetut", "kerran viikossa"):
            say(installation, made_table, made_table.actors[1], "Hyvä.", quote=quote)
    return made_table


def read(page: Page, installation: Installation, table: Table) -> None:
    page.goto(way_in(installation, table.actors[0]))
    page.goto(f"/p/{table.actors[0].link_id}/sections/{table.section_id}")


def toolbar(page: Page, way: Way) -> Locator:
    """Mark words, and give the toolbar that comes with it."""
    forget(page)
    way.mark(page)
    bar = page.get_by_role("toolbar", name="Merkitty kohta")
    expect(bar).to_be_visible()
    expect_heard(page, "Merkitty:")
    return bar


def act(page: Page, way: Way, name: str) -> Locator:
    """Choose an act of the toolbar; gives the field in which one now writes."""
    button = toolbar(page, way).locator(f"[data-act={name}]")
    forget(page)
    way.press(button)
    field = page.locator(ACTS[name].field)
    expect_at(field)
    expect_heard(page, ACTS[name].heard)
    return field


def test_each_act_opens_for_writing_and_leads_back(
    page: Page, way: Way, installation: Installation, table: Table
) -> None:
    read(page, installation, table)
    bar = toolbar(page, way)
    assert bar.locator("[data-act]").evaluate_all("all => all.map(e => e.dataset.act)") == [*ACTS]
    page.keyboard.press("Escape")
    expect_heard(page, "Merkintä on poistettu")
    if way.mark is by_keyboard:
        expect_at(page.locator("[data-passages] [data-n]:focus"))
    for name in ACTS:
        field = act(page, way, name)
        form = page.locator("form[data-say-form]")
        forget(page)
        if name == "agree":  # its words are there already, and stay
            field.press("Escape")
            left = page.locator(".left-here")
            expect_heard(page, "keskeneräinen teksti")
            left.get_by_role("button", name="Jatka kirjoittamista").click()
            expect_at(field)
            field.press("Escape")
            left.get_by_role("button", name="Poista teksti").click()
            expect_heard(page, "Keskeneräinen teksti poistettiin")
        else:
            form.get_by_role("button", name="Peruuta").press("Enter")
            expect_heard(page, "Lomake on suljettu")
        expect(form).to_be_hidden()
        expect_at(page.locator("[data-passages] [data-n]:focus"))


@pytest.mark.parametrize("table", ["among others"], indirect=True)
@pytest.mark.parametrize("name", ["suggestion", "agree"])
def test_what_was_sent_is_heard_and_one_goes_on_where_one_wrote(
    page: Page, way: Way, installation: Installation, table: Table, name: str
) -> None:
    read(page, installation, table)
    field = act(page, way, name)
    field.fill("Uudet sanat.")
    form = page.locator("form[data-say-form]")
    with page.expect_navigation():
        way.press(form.get_by_role("button", name="Lähetä")) if way.mark is not by_keyboard else (
            form.get_by_role("button", name="Lähetä").press("Enter")
        )
    expect_heard(page, "on lähetetty")
    expect(page.locator("[id^=m-]:focus")).to_have_count(1)


@pytest.mark.parametrize("table", ["alone"], indirect=True)
@pytest.mark.parametrize("way", ["keyboard"], indirect=True)
def test_stepping_opens_the_fold_that_it_comes_to(
    page: Page, installation: Installation, table: Table
) -> None:
    read(page, installation, table)
    page.get_by_role("button", name="Merkitse kohta näppäimistöllä").press("Enter")
    for _ in range(page.locator("[data-passages] [data-n]").count()):
        page.keyboard.press("ArrowDown")
    expect(page.locator("details.sources li").last).to_be_visible()


@pytest.mark.parametrize("table", ["among others"], indirect=True)
@pytest.mark.parametrize("way", ["mouse", "touch"], indirect=True)
def test_a_clash_is_heard_and_what_was_sent_of_the_whole_text_has_the_focus(
    page: Page, way: Way, installation: Installation, table: Table
) -> None:
    read(page, installation, table)
    other = page.context.new_page()
    listen(other)
    read(other, installation, table)
    page.locator("#box").get_by_role("textbox").fill("Ensimmäisen sanat")
    expect(other.locator(".unsent:visible")).to_contain_text("Ensimmäisen sanat")
    other.locator("#box").get_by_role("textbox").fill("Toisen sanat")
    expect_heard(other, "Toisella välilehdellä tai laitteella on tästä toinen teksti")
    offer = other.locator(".unsent:visible")
    way.press(offer.get_by_role("button", name="Jatka lomakkeessa olevasta"))
    expect_at(other.locator("#box").get_by_role("textbox"))
    other.close()

    with page.expect_navigation():
        way.press(page.locator("#box").get_by_role("button", name="Lähetä"))
    expect_heard(page, "Kommentti on lähetetty")
    expect(page.locator("article.contribution:focus")).to_contain_text("Ensimmäisen sanat")


@pytest.mark.parametrize("table", ["among others"], indirect=True)
@pytest.mark.parametrize("way", ["mouse", "touch"], indirect=True)
@pytest.mark.parametrize("name", ["comment", "suggestion", "example"])
def test_what_another_tab_wrote_is_taken_into_the_field_that_can_be_seen(
    page: Page, way: Way, installation: Installation, table: Table, name: str
) -> None:
    read(page, installation, table)
    other = page.context.new_page()
    read(other, installation, table)
    act(page, way, name).fill("Ensimmäisen sanat")
    offer = other.locator(".unsent:visible")
    expect(offer).to_contain_text("Ensimmäisen sanat")
    way.press(offer.get_by_role("link", name="Jatka"))
    expect_at(other.locator(ACTS[name].field))
    expect(other.locator(ACTS[name].field)).to_have_value("Ensimmäisen sanat")
