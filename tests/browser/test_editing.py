"""An editor who has never seen markup writes in a real browser, and never sees any."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from reviewtool.domain.actors import Actor
from reviewtool.infra.installation import Installation
from tests.browser.editors import editor
from tests.browser.listening import expect_heard, listen
from tests.factories.handbooks import MadeHandbook, make_editor, make_handbook
from tests.factories.texts import make_section, reword, working_text

MARKUP = re.compile(r"\*\*|\]\(|::|^#|^- ", re.MULTILINE)

pytestmark = pytest.mark.only(
    "sqlite", reason="the browser's side; both databases are in tests/web"
)

Enter = Callable[[Actor | str], Page]


@pytest.fixture
def handbook(installation: Installation) -> MadeHandbook:
    """Give a handbook."""
    return make_handbook(installation)


@pytest.fixture
def section(installation: Installation, handbook: MadeHandbook) -> str:
    """Give a section with a text."""
    return make_section(
        installation, handbook.administrator, handbook.id, body="Ryhmässä tavataan viikoittain."
    )


@pytest.fixture
def editing(installation: Installation, handbook: MadeHandbook, section: str, enter: Enter) -> Page:
    """Open the editor as an editor of the handbook."""
    page = enter(make_editor(installation, handbook.id))
    page.goto(f"/handbooks/{handbook.id}/sections/{section}/edit")
    return page


def see_no_markup(page: Page) -> None:
    """Look at everything that is visible on the page."""
    assert not MARKUP.search(page.locator("main").inner_text())


def test_bold_link_key_point_and_source_without_seeing_markup(
    editing: Page, installation: Installation, section: str
) -> None:
    see_no_markup(editing)
    body = editor(editing, "Teksti")
    expect(body).to_contain_text("Ryhmässä tavataan viikoittain.")
    body.click()
    editing.keyboard.press("Control+Home")
    editing.keyboard.press("Control+Shift+ArrowRight")
    group = editing.locator(".field", has=body)
    group.get_by_role("button", name="Lihavointi").click()
    editing.keyboard.press("Control+End")
    editing.keyboard.type(" Katso ")
    group.get_by_role("button", name="Linkki").click()
    group.get_by_label("Verkko- tai sähköpostiosoite").fill("https://example.org/ryhmat")
    editing.keyboard.press("Enter")
    points = editor(editing, "Ydinkohdat")
    editing.locator(".field", has=points).get_by_role("button", name="Uusi ydinkohta").click()
    editing.keyboard.type("Mukaan voi tulla *milloin* vain.")
    sources = editor(editing, "Lähteet")
    editing.locator(".field", has=sources).get_by_role("button", name="Uusi lähde").click()
    editing.keyboard.type("Kansalaisareena 2018")
    editing.get_by_label("Mitä muutit ja miksi?").fill("Täydennetty")
    expect(sources).to_contain_text("Kansalaisareena 2018")
    assert not MARKUP.search(editing.locator("main").inner_text().replace("*milloin*", ""))
    editing.get_by_role("button", name="Tallenna").click()
    expect(editing.get_by_text("Tallennettu klo")).to_be_visible()
    expect(editing.locator("article.text strong", has_text="Ryhmässä")).to_be_visible()
    expect(editing.get_by_text("Mukaan voi tulla *milloin* vain.")).to_be_visible()
    _id, text = working_text(installation, section)
    assert "**Ryhmässä** tavataan viikoittain." in text
    assert "(https://example.org/ryhmat)" in text
    assert "- Mukaan voi tulla \\*milloin\\* vain." in text
    assert "- Kansalaisareena 2018" in text
    assert text.index("Kansalaisareena 2018") > text.index("Järjestöbarometri")
    added = text.index("Mukaan voi tulla \\*milloin")
    assert added > text.index("Ryhmä on avoin kaikille.")


def test_what_is_typed_is_kept_by_itself_and_survives_a_reload(
    editing: Page, installation: Installation, section: str
) -> None:
    body = editor(editing, "Teksti")
    body.click()
    editing.keyboard.press("Control+End")
    editing.keyboard.type(" Kesken jäänyt lause.")
    expect(editing.locator("[data-saved]")).to_contain_text("Tallessa klo")
    assert "Kesken" not in working_text(installation, section)[1]
    editing.reload()
    expect(editor(editing, "Teksti")).to_contain_text("Kesken jäänyt lause.")
    expect(editing.get_by_text("Jatkat tallentamatonta tekstiäsi")).to_be_visible()


def test_a_colleague_s_save_is_joined_and_not_overwritten(
    editing: Page, installation: Installation, handbook: MadeHandbook, section: str
) -> None:
    body = editor(editing, "Teksti")
    body.click()
    editing.keyboard.press("Control+End")
    editing.keyboard.type(" Oma lauseeni.")
    reword(installation, handbook.administrator, section, "avoin kaikille", "avoin aikuisille")
    editing.get_by_role("button", name="Tallenna").click()
    expect(editing.get_by_role("heading", name="Yhdistä tekstit keskenään")).to_be_visible()
    expect(editing.locator("ins", has_text="Oma lauseeni.").first).to_be_visible()
    editing.get_by_role("button", name="Tallenna").click()
    expect(editing.get_by_text("Tallennettu klo")).to_be_visible()
    _id, text = working_text(installation, section)
    assert "Oma lauseeni." in text
    assert "avoin aikuisille" in text


def test_the_tree_is_rearranged_by_keyboard(
    installation: Installation, handbook: MadeHandbook, section: str, enter: Enter
) -> None:
    make_section(installation, handbook.administrator, handbook.id, "Toinen teksti")
    page = enter(handbook.administrator)
    page.goto(f"/handbooks/{handbook.id}/structure")
    listen(page)
    page.goto(page.url)
    page.get_by_role("button", name="Siirrä ylös: Toinen teksti").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/structure#s-*")
    expect(page.locator("[id^=s-]:focus")).to_contain_text("Toinen teksti")
    expect_heard(page, "tekstit on siirretty")
    expect(page.locator(".tree .row-title")).to_have_text(["Toinen teksti", "Vertaistuki"])
