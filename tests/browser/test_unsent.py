"""Nothing typed is lost: cut network, closed page, two tabs, another device, back, double press."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Route, expect
from sqlalchemy import select

from reviewtool.infra.clock import SetClock
from reviewtool.infra.ids import new_id
from reviewtool.infra.installation import Installation
from reviewtool.models.contributions import Contribution
from reviewtool.models.unsent import Unsent
from reviewtool.services import interviews
from tests.browser.marking import mark
from tests.browser.server import LiveServer
from tests.factories.approvals import approval_lines
from tests.factories.contributions import Table, make_table, way_in
from tests.factories.interviews import make_interview, person_of
from tests.factories.people import link_actor
from tests.factories.rounds import MadeRound, make_round

pytestmark = pytest.mark.only("sqlite", reason="the browser's side is the same on both databases")

PRIVATE = "Muut eivät näe sitä"


@pytest.fixture
def table(installation: Installation) -> Table:
    return make_table(installation)


@pytest.fixture
def device(chromium: Browser, live_server: LiveServer) -> Iterator[BrowserContext]:
    """Give another device of the same person."""
    context = chromium.new_context(
        base_url=live_server.url, locale="fi-FI", viewport={"width": 390, "height": 844}
    )
    yield context
    context.close()


def said(installation: Installation) -> list[str]:
    with installation.database.read() as session:
        return list(session.scalars(select(Contribution.words).order_by(Contribution.number)))


def kept(installation: Installation) -> list[str]:
    with installation.database.read() as session:
        return [row.fields["words"] for row in session.scalars(select(Unsent))]


def text_of(table: Table) -> str:
    return f"/p/{table.actors[0].link_id}/sections/{table.section_id}"


def read(page: Page, installation: Installation, table: Table) -> None:
    page.goto(way_in(installation, table.actors[0]))
    page.goto(text_of(table))


def write(page: Page, words: str) -> None:
    """Write into the open box, until the server has it."""
    box = page.locator("#box")
    box.get_by_role("textbox").fill(words)
    expect(box.locator("[data-kept]")).to_contain_text(PRIVATE)


def send(page: Page) -> None:
    page.locator("#box").get_by_role("button", name="Lähetä").click()


@pytest.mark.parametrize(("arrived", "shown"), [(1, "Puoli lausetta"), (-1, "")])
def test_what_arrived_while_the_page_was_on_its_way_stands_in_it(
    page: Page, installation: Installation, table: Table, arrived: int, shown: str
) -> None:
    read(page, installation, table)
    page.route("**/unsent", lambda route: route.abort())
    page.locator("#box").get_by_role("textbox").fill("Puoli lausetta")
    expect(page.locator("#box [data-kept]")).not_to_be_empty()
    page.add_init_script(
        f"""for (const [key, kept] of Object.entries(localStorage)) {{
          const record = {{ ...JSON.parse(kept), saved: true, mark: "m" }};
          record.at = performance.timeOrigin + {arrived};
          localStorage.setItem(key, JSON.stringify(record));
        }}"""
    )
    page.reload()
    expect(page.locator("#box").get_by_role("textbox")).to_have_value(shown)


def test_another_device_offers_what_was_begun_at_its_place(
    page: Page, device: BrowserContext, installation: Installation, table: Table
) -> None:
    read(page, installation, table)
    write(page, "Aloitin tämän koneella")
    page.close()
    phone = device.new_page()
    read(phone, installation, table)
    offer = phone.locator(".unsent:visible")
    expect(offer).to_contain_text("Sinulla on tästä keskeneräinen teksti")
    expect(offer).to_contain_text("Aloitin tämän koneella")
    field = phone.locator("#box").get_by_role("textbox")
    expect(field).to_have_value("")
    offer.get_by_role("link", name="Jatka kirjoittamista").click()
    expect(field).to_have_value("Aloitin tämän koneella")
    expect(offer).to_have_count(0)
    send(phone)
    expect(phone.locator(".contribution")).to_contain_text("Aloitin tämän koneella")
    assert (said(installation), kept(installation)) == (["Aloitin tämän koneella"], [])


def test_of_two_tabs_neither_overwrites_the_other(
    page: Page, installation: Installation, table: Table
) -> None:
    read(page, installation, table)
    other = page.context.new_page()
    other.goto(text_of(table))
    write(page, "Ensimmäisen välilehden sanat")
    offer = other.locator(".unsent:visible")
    expect(offer).to_contain_text("Ensimmäisen välilehden sanat")
    other.locator("#box").get_by_role("textbox").fill("Toisen välilehden sanat")
    expect(offer).to_contain_text("Mitään ei ole korvattu")
    assert kept(installation) == ["Ensimmäisen välilehden sanat"]
    offer.get_by_role("button", name="Jatka lomakkeessa olevasta").click()
    expect(other.locator("#box [data-kept]")).to_contain_text(PRIVATE)
    assert kept(installation) == ["Toisen välilehden sanat"]
    mine = page.locator(".unsent:visible")
    expect(mine).to_contain_text("Toisen välilehden sanat")
    mine.get_by_role("link", name="Jatka tästä tekstistä").click()
    expect(page.locator("#box").get_by_role("textbox")).to_have_value("Toisen välilehden sanat")


def test_a_cut_network_sends_by_itself_when_it_is_back_and_once(
    page: Page, installation: Installation, table: Table
) -> None:
    read(page, installation, table)
    box = page.locator("#box")
    page.context.set_offline(True)
    box.get_by_role("textbox").fill("Kirjoitettu junassa")
    expect(box.locator("[data-kept]")).to_contain_text("tällä laitteella")
    send(page)
    expect(box.locator("[data-kept]")).to_contain_text("lähtee heti, kun yhteys palaa")
    page.context.set_offline(False)
    expect(page.locator(".contribution")).to_contain_text("Kirjoitettu junassa")
    assert said(installation) == ["Kirjoitettu junassa"]


def test_an_answer_lost_on_its_way_and_a_double_press_send_once(
    page: Page, installation: Installation, table: Table
) -> None:
    read(page, installation, table)
    tries: list[str] = []

    def lose_the_answer(route: Route) -> None:
        tries.append(route.request.method)
        if len(tries) == 1:
            route.fetch()  # it arrives, and its answer doesn't
            route.abort()
        else:
            route.continue_()

    page.route("**/say", lose_the_answer)
    write(page, "Vain kerran")
    page.locator("#box").get_by_role("button", name="Lähetä").dblclick()
    made = page.locator("article.contribution")
    expect(made).to_contain_text("Vain kerran")
    expect(made.get_by_role("status")).to_contain_text("on lähetetty")
    expect(made).to_be_in_viewport()
    assert len(tries) >= 2
    assert said(installation) == ["Vain kerran"]
    expect(page.locator("#box").get_by_role("textbox")).to_have_value("")
    expect(page.locator(".unsent:visible")).to_have_count(0)


def test_a_marked_passage_comes_back_with_its_words_after_closing_in_mid_sentence(
    page: Page, device: BrowserContext, installation: Installation, table: Table
) -> None:
    read(page, installation, table)
    mark(page, "kerran", "viikossa")
    page.locator(".selection-bar").get_by_role("button", name="Kommentoi").click()
    form = page.locator("form[data-say-form]")
    form.get_by_label("Mitä haluat sanoa?").fill("Meillä tavataan")
    expect(form.locator("[data-kept]")).to_contain_text(PRIVATE)
    page.goto("about:blank")
    page.goto(text_of(table))
    expect(form.get_by_label("Mitä haluat sanoa?")).to_have_value("Meillä tavataan")
    expect(form.locator("[data-quote] q")).to_have_text("kerran viikossa")
    phone = device.new_page()
    read(phone, installation, table)
    phone.locator(".unsent:visible").get_by_role("link", name="Jatka").click()
    there = phone.locator("form[data-say-form]")
    there.get_by_label("Mitä haluat sanoa?").fill("Meillä tavataan kahdesti.")
    there.get_by_role("button", name="Lähetä").click()
    expect(phone.locator(".contribution").first).to_contain_text("kahdesti")
    with installation.database.read() as session:
        assert session.scalars(select(Contribution.quote)).all() == ["kerran viikossa"]
    page.goto(text_of(table))  # this device's copy is older than what was sent
    expect(page.locator("form[data-say-form]")).to_be_hidden()


def test_back_to_a_sent_form_doesnt_send_twice(
    page: Page, installation: Installation, table: Table
) -> None:
    read(page, installation, table)
    page.get_by_role("link", name="Kerro esimerkki").click()
    page.locator("[name=activity]").fill("Kahvila torstaisin")
    page.get_by_role("button", name="Lähetä").click()
    expect(page.locator(".contribution")).to_contain_text("Kahvila torstaisin")
    page.wait_for_load_state()
    page.go_back()
    expect(page.locator("[name=activity]")).to_have_value("")
    assert len(said(installation)) == 1


def test_a_round_that_closed_meanwhile_takes_the_words_as_late(
    page: Page, installation: Installation, table: Table, clock: SetClock
) -> None:
    read(page, installation, table)
    write(page, "Ehdin melkein")
    clock.advance(days=22)
    send(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Kommenttikierros on päättynyt")
    expect(page.get_by_role("textbox")).to_have_value("Ehdin melkein")
    page.get_by_role("button", name="Lähetä määräajan jälkeen").click()
    expect(page.locator(".contribution")).to_contain_text("Lähetetty määräajan jälkeen")
    assert (said(installation), kept(installation)) == (["Ehdin melkein"], [])


@pytest.fixture
def approval(installation: Installation) -> MadeRound:
    """Give an approval phase with one approver."""
    return make_round(installation, key="approval", open_to_all=False)


def approve_at(page: Page, installation: Installation, approval: MadeRound) -> Locator:
    """Open the first text that an approver decides on; gives the form."""
    actor = link_actor(installation, approval.people[0])
    line = approval_lines(installation, approval.phase_id)[0]
    page.goto(way_in(installation, actor))
    page.goto(f"/p/{actor.link_id}/approve/texts/{line.section_id}")
    page.wait_for_load_state()
    return page.locator("#decision")


def test_an_approver_who_closed_in_mid_sentence_goes_on_elsewhere(
    page: Page, device: BrowserContext, installation: Installation, approval: MadeRound
) -> None:
    form = approve_at(page, installation, approval)
    form.get_by_text("pyydän muutoksia.").click()
    form.locator("[name=words]").fill("Kolmas kappale on")
    expect(form.locator("[data-kept]")).to_contain_text(PRIVATE)
    page.close()
    phone = device.new_page()
    there = approve_at(phone, installation, approval)
    offer = phone.locator(".unsent:visible")
    expect(offer).to_contain_text("Kolmas kappale on")
    expect(there.locator("[name=words]")).to_have_value("")
    offer.get_by_role("link", name="Jatka kirjoittamista").click()
    expect(there.locator("[name=words]")).to_have_value("Kolmas kappale on")
    expect(there.locator("[value=changes-requested]")).to_be_checked()
    there.locator("[name=words]").fill("Kolmas kappale on vanhentunut.")
    there.get_by_role("button", name="Kirjaa").click()
    expect(phone.get_by_role("status").first).to_contain_text("on kirjattu")
    assert (said(installation), kept(installation)) == (["Kolmas kappale on vanhentunut."], [])


def test_an_approvers_two_tabs_and_cut_network_lose_nothing(
    page: Page, installation: Installation, approval: MadeRound
) -> None:
    form = approve_at(page, installation, approval)
    form.locator("[name=words]").fill("Ensimmäisessä")
    expect(form.locator("[data-kept]")).to_contain_text(PRIVATE)
    other = page.context.new_page()
    second = approve_at(other, installation, approval)
    expect(second.locator("[name=words]")).to_have_value("Ensimmäisessä")  # this device's own
    second.locator("[name=words]").fill("Toisessa välilehdessä")
    expect(second.locator("[data-kept]")).to_contain_text(PRIVATE)
    expect(page.locator(".unsent:visible")).to_contain_text("Toisessa välilehdessä")
    page.locator(".unsent:visible").get_by_role("link", name="Jatka tästä").click()
    page.context.set_offline(True)
    form.locator("[name=words]").fill("Junassa kirjoitettu.")
    form.get_by_text("lisäksi kommentoin sitä").click()
    form.get_by_role("button", name="Kirjaa").click()
    expect(form.locator("[data-kept]")).to_contain_text("lähtee heti, kun yhteys palaa")
    page.context.set_offline(False)
    expect(page.get_by_role("status").first).to_contain_text("on kirjattu")
    assert (said(installation), kept(installation)) == (["Junassa kirjoitettu."], [])


def test_a_meetings_rows_are_kept_and_more_rows_keep_them(
    page: Page, device: BrowserContext, installation: Installation, table: Table
) -> None:
    address = f"/p/{table.actors[0].link_id}/meeting"
    page.goto(way_in(installation, table.actors[0]))
    page.goto(address)
    page.wait_for_load_state()
    page.locator("[name=rows-0-words]").fill("Ensimmäinen asia")
    page.get_by_role("button", name="Lisää rivejä").click()
    page.locator("[name=rows-6-words]").fill("Seitsemäs asia")
    expect(page.locator("[data-kept]")).to_contain_text(PRIVATE)
    phone = device.new_page()
    phone.goto(way_in(installation, table.actors[0]))
    phone.goto(address)
    phone.locator(".unsent:visible").get_by_role("link", name="Jatka kirjoittamista").click()
    expect(phone.locator("[name=rows-0-words]")).to_have_value("Ensimmäinen asia")
    expect(phone.locator("[name=rows-6-words]")).to_have_value("Seitsemäs asia")
    phone.get_by_role("button", name="Lähetä kaikki").click()
    phone.wait_for_url("**/mine*")
    assert said(installation) == ["Ensimmäinen asia", "Seitsemäs asia"]
    with installation.database.read() as session:
        assert session.scalars(select(Unsent)).all() == []


def test_words_under_an_interviews_note_open_their_fold(
    page: Page, device: BrowserContext, installation: Installation
) -> None:
    made = make_interview(installation)
    interviews.send(installation, made.editor, made.id, new_id())
    person = person_of(installation, made)
    page.goto(way_in(installation, person))
    fold = page.locator("details.fold").first
    fold.locator("summary").click()
    fold.get_by_role("textbox").fill("En sanonut näin")
    expect(fold.locator("[data-kept]")).to_contain_text(PRIVATE)
    page.reload()  # this device's own words
    expect(fold.get_by_role("textbox")).to_be_visible()
    expect(fold.get_by_role("textbox")).to_have_value("En sanonut näin")
    phone = device.new_page()
    phone.goto(way_in(installation, person))
    phone.wait_for_load_state()
    phone.locator("aside.unsent:visible").get_by_role("link", name="Jatka").click()
    expect(phone.locator("details.fold").first.get_by_role("textbox")).to_have_value(
        "En sanonut näin"
    )
