"""From a mail to an approval in a real browser: each person at a browser of their own."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select

from reviewtool.domain.actors import Actor
from reviewtool.domain.approvals import Decision
from reviewtool.infra.clock import SetClock
from reviewtool.infra.ids import new_id
from reviewtool.infra.installation import Installation
from reviewtool.mail.transport import PostOffice
from reviewtool.models.approvals import Approval
from reviewtool.models.people import Address
from reviewtool.models.sections import Revision
from reviewtool.services import phases
from reviewtool.services.delivery import deliver
from tests.browser.editors import editor
from tests.browser.marking import mark
from tests.browser.server import LiveServer
from tests.factories.mail import REQUEST
from tests.factories.people import make_person
from tests.factories.rounds import MadeRound, make_round, plan_phase

pytestmark = pytest.mark.only("sqlite", reason="the browser's side; both databases: tests/scenario")

Sit = Callable[[], Page]


@pytest.fixture
def sit(chromium: Browser, live_server: LiveServer) -> Iterator[Sit]:
    """Give a function that opens a fresh Finnish browser; a script error on any fails the test."""
    errors: list[str] = []
    contexts = []

    def opened() -> Page:
        context = chromium.new_context(
            base_url=live_server.url, locale="fi-FI", viewport={"width": 1280, "height": 900}
        )
        context.on("weberror", lambda error: errors.append(str(error.error)))
        contexts.append(context)
        return context.new_page()

    yield opened
    for context in contexts:
        context.close()
    assert errors == []


@pytest.fixture
def round_(installation: Installation) -> MadeRound:
    """Give an open round with one participant, whose invitation waits in the outbox."""
    return make_round(installation)


def follow_mail(page: Page, installation: Installation, address: str, link: str) -> Page:
    """Let the post come, open the newest letter to an address, and press its link."""
    assert isinstance(installation.clock, SetClock)
    installation.clock.advance(minutes=10)  # so that the next letter is a newer one
    deliver(installation, PostOffice.of(installation.settings))
    page.goto(f"/mailbox?words={address}")
    page.locator("ol.rows a").first.click()
    letter = page.frame_locator("iframe")
    with page.expect_popup() as popup:
        letter.get_by_role("link", name=link).first.click()
    popup.value.wait_for_load_state()
    return popup.value


def address_of(installation: Installation, person: Actor) -> str:
    with installation.database.read() as session:
        return session.scalars(
            select(Address.written).where(Address.person_id == person.person_id)
        ).one()


def test_from_the_mail_to_the_approval(
    installation: Installation, round_: MadeRound, sit: Sit
) -> None:
    expert, editor = sit(), sit()
    comment(follow_mail(expert, installation, round_.people[0].address, "Avaa tekstit"))
    answer_and_freeze(sign_in(editor, installation, round_.editor))
    see_what_came_of_it(
        follow_mail(expert, installation, round_.people[0].address, "Avaa vastaukset")
    )
    ask_for_approval(installation, round_)
    approve(follow_mail(sit(), installation, "kerttu@", "Lue tekstit ja vastaa"))
    with installation.database.read() as session:
        [given] = session.scalars(select(Approval)).all()
        text = session.get_one(Revision, given.revision_id)
    assert (given.decision, given.text_hash) == (Decision.APPROVED, text.text_hash)
    assert "joka viikko" in text.text


def comment(page: Page) -> None:
    """The link leads to the request; words are marked in a text and commented on."""
    expect(page.get_by_role("heading", level=1)).to_have_text("Järjestöjen kommenttikierros")
    assert "/in/" not in page.url
    page.get_by_role("link", name="Vertaistuki").first.click()
    mark(page, "kerran", "viikossa")
    page.locator(".selection-bar").get_by_role("button", name="Kommentoi").click()
    form = page.locator("form[data-say-form]")
    expect(form.locator("[data-quote] q")).to_have_text("kerran viikossa")
    form.get_by_label("Mitä haluat sanoa?").fill("Meillä tavataan useammin.")
    form.get_by_role("button", name="Lähetä").click()
    expect(page.locator(".contribution")).to_contain_text("Meillä tavataan useammin.")


def sign_in(page: Page, installation: Installation, person: Actor) -> Page:
    """An editor asks for a link and comes in by it."""
    page.goto("/sign-in")
    address = address_of(installation, person)
    page.get_by_label("Sähköpostiosoite").fill(address)
    page.get_by_role("button", name="Kirjaudu sisään").click()
    desk = follow_mail(page, installation, address, "Kirjaudu sisään")
    desk.get_by_role("button", name="Kirjaudu sisään").click()
    expect(desk.get_by_role("heading", level=1)).to_have_text("Työlista")
    return desk


def answer_and_freeze(page: Page) -> None:
    """The text is edited for the comment, the comment answered, and draft 2 frozen."""
    page.get_by_role("link", name="Avaa seuraava teksti").click()
    expect(page.locator("article.text mark")).to_have_text("kerran viikossa")
    page.get_by_label("Valitse numero 1").check()
    page.get_by_role("button", name="Muokkaa tekstiä valittujen perusteella").click()
    expect(page.locator("[contenteditable]").first).to_be_visible()
    editor(page, "Teksti").click()
    page.keyboard.press("Control+End")
    page.keyboard.type(" Monella paikkakunnalla tavataan joka viikko.")
    page.get_by_role("button", name="Tallenna teksti").click()
    expect(page.locator("article.text")).to_contain_text("tavataan joka viikko")
    page.get_by_role("link", name="Vastaa 1").click()
    page.get_by_label("Viety tekstiin", exact=True).check()
    page.get_by_label("Perustelu").fill("Lisäsimme tapaamisista lauseen.")
    page.get_by_role("button", name="Vastaa", exact=True).click()
    expect(page.get_by_text("1 kommenttiin vastattu")).to_be_visible()
    page.goto("/handbooks/" + page.url.split("/handbooks/")[1].split("/")[0] + "/drafts/freeze")
    page.get_by_role("button", name="Vahvista luonnokseksi 2").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Luonnos 2")


def see_what_came_of_it(page: Page) -> None:
    """The mail about the answer leads straight to one's own words."""
    mine = page.locator(".contribution")
    expect(mine).to_contain_text("Meillä tavataan useammin.")
    expect(mine.locator(".answer")).to_contain_text("Lisäsimme tapaamisista lauseen.")
    expect(mine.locator(".answer ins").first).to_contain_text("Monella paikkakunnalla")


def ask_for_approval(installation: Installation, made: MadeRound) -> None:
    """Open the approval with one person, by the use cases."""
    phase_id = made.handbook.phases["approval"]
    plan_phase(installation, made.editor, phase_id, closes_on=made.closes_on, request=REQUEST)
    make_person(
        installation, made.editor, phase_id, "Kerttu Koivu", address="kerttu@espoo.example.org",
        organisation="Espoon kaupunki", kind="municipality",
    )  # fmt: skip
    phases.open_phase(installation, made.editor, phase_id, new_id())


def approve(page: Page) -> None:
    """The coordinator reads the changed text and approves exactly it."""
    page.get_by_role("link", name="Vertaistuki").first.click()
    expect(page.locator("article .text")).to_contain_text("tavataan joka viikko")
    page.get_by_text("Hyväksyn tämän tekstin.", exact=True).click()
    page.get_by_role("button", name="Kirjaa vastaukseni").click()
    expect(page.get_by_text("Kirjattu. Voit muuttaa")).to_be_visible()
