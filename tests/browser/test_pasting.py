"""What an editor pastes from Word keeps lists and words; what can't stay is told at once."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from reviewtool.domain.actors import Actor
from reviewtool.infra.installation import Installation
from tests.browser.editors import editor
from tests.factories.handbooks import MadeHandbook, make_handbook
from tests.factories.texts import make_section, working_text

pytestmark = pytest.mark.only("sqlite", reason="the browser's side")

Enter = Callable[[Actor | str], Page]
ITEM = (
    '<p class="MsoListParagraph" style="mso-list:l{list} level1 lfo{list}">'
    '<span style="mso-list:Ignore">{sign}&nbsp;&nbsp;</span>{words}</p>'
)
TABLE = (
    '<table class="MsoTable"><tr><td><p class="MsoNormal">Kunta</p></td>'
    '<td><p class="MsoNormal">Ryhmiä</p></td></tr><tr><td><p class="MsoNormal">Espoo</p></td>'
    '<td><p class="MsoNormal">3</p><p class="MsoNormal">ja 2</p></td></tr></table>'
)


@pytest.fixture
def handbook(installation: Installation) -> MadeHandbook:
    """Give a handbook."""
    return make_handbook(installation)


@pytest.fixture
def section(installation: Installation, handbook: MadeHandbook) -> str:
    """Give a section with a text."""
    return make_section(
        installation, handbook.administrator, handbook.id, body="Ryhmässä tavataan."
    )


@pytest.fixture
def body(enter: Enter, handbook: MadeHandbook, section: str) -> Locator:
    """Give the visual editor of the text's body, with the caret at its beginning."""
    page = enter(handbook.administrator)
    page.goto(f"/handbooks/{handbook.id}/sections/{section}/edit")
    found = editor(page, "Teksti")
    found.click()
    page.keyboard.press("Control+Home")
    return found


def paste(into: Locator, html: str) -> None:
    into.evaluate(
        """(element, html) => {
            const data = new DataTransfer();
            data.setData("text/html", html);
            element.dispatchEvent(
                new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}),
            );
        }""",
        html,
    )


def saved(body: Locator, installation: Installation, section: str) -> str:
    body.page.get_by_role("button", name="Tallenna", exact=True).click()
    expect(body.page.get_by_text("Tallennettu klo").first).to_be_visible()
    return working_text(installation, section)[1]


def test_numbers_after_bullets_stay_numbers(
    body: Locator, installation: Installation, section: str
) -> None:
    items = (("0", "·", "kahvila"), ("0", "·", "ryhmä"), ("1", "1.", "soita"), ("1", "2.", "tule"))
    paste(body, "".join(ITEM.format(list=n, sign=sign, words=words) for n, sign, words in items))
    expect(body.locator("ul > li")).to_have_count(2)
    expect(body.locator("ol > li")).to_have_count(2)
    text = saved(body, installation, section)
    assert "- kahvila\n- ryhmä" in text
    assert "1. soita\n1. tule\n\nRyhmässä tavataan." in text


def test_a_table_becomes_a_line_for_each_row_and_the_editor_is_told(
    body: Locator, installation: Installation, section: str
) -> None:
    paste(body, TABLE)
    expect(body.locator("p", has_text="Kunta")).to_have_text("Kunta | Ryhmiä")
    expect(body.locator("p", has_text="Espoo")).to_have_text("Espoo | 3 ja 2")
    expect(body.locator("p", has_text="Ryhmässä")).to_have_text("Ryhmässä tavataan.")
    told = body.page.get_by_role("status").filter(has_text="Liitit taulukon")
    expect(told).to_be_visible()
    text = saved(body, installation, section)
    assert "Kunta | Ryhmiä\n\nEspoo | 3 ja 2\n\nRyhmässä tavataan." in text


def test_a_pasted_picture_is_told_and_plain_words_say_nothing(body: Locator) -> None:
    status = body.page.locator(".editor-body").get_by_role("status")
    paste(body, '<p>Kuva: <img src="file:///c:/kuva.png"></p>')
    expect(status).to_contain_text("Kuvat eivät tule liittämällä mukana.")
    paste(body, "<p>Sanoja.</p>")
    expect(status).to_be_empty()
