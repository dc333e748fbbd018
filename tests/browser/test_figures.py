"""Pictures, numbers and boxes in the visual editor: by keyboard alone, and without any markup."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from reviewtool.domain.actors import Actor
from reviewtool.infra.installation import Installation
from tests.browser.editors import editor
from tests.browser.looking import violations
from tests.browser.test_editing import MARKUP, see_no_markup
from tests.factories.handbooks import MadeHandbook, make_editor, make_handbook
from tests.factories.pictures import picture
from tests.factories.texts import make_section, working_text

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
    """Give a section with a text of two paragraphs."""
    return make_section(
        installation, handbook.administrator, handbook.id, body="Ensimmäinen.\n\nToinen."
    )


@pytest.fixture
def editing(installation: Installation, handbook: MadeHandbook, section: str, enter: Enter) -> Page:
    """Open the editor with the caret at the end of the first paragraph."""
    page = enter(make_editor(installation, handbook.id))
    page.goto(f"/handbooks/{handbook.id}/sections/{section}/edit")
    body = editor(page, "Teksti")
    body.get_by_text("Ensimmäinen.").click()
    page.keyboard.press("End")
    # Typing makes the editor take note of where the caret stands before the next key comes.
    page.keyboard.type("x")
    expect(body).to_contain_text("Ensimmäinen.x")
    page.keyboard.press("Backspace")
    expect(body).not_to_contain_text("x")
    return page


def press_in_toolbar(page: Page, name: str) -> None:
    """Go to the toolbar by its key, along it by arrows, and press a button."""
    page.keyboard.press("Alt+F10")
    for _ in range(25):
        if page.evaluate("document.activeElement.textContent") == name:
            page.keyboard.press("Enter")
            return
        page.keyboard.press("ArrowRight")
    raise AssertionError(name)


def tab_to(page: Page, target: Locator) -> None:
    for _ in range(40):
        if target.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(target)


def body_of(installation: Installation, section: str) -> str:
    _id, text = working_text(installation, section)
    return text.partition("::body\n\n")[2].partition("\n\n::sources")[0]


def save(page: Page) -> None:
    page.get_by_role("button", name="Tallenna", exact=True).click()
    expect(page.get_by_text("Tallennettu klo")).to_be_visible()


def test_a_picture_is_added_described_changed_moved_and_removed_by_keyboard(
    editing: Page, installation: Installation, section: str, tmp_path: Path
) -> None:
    file = tmp_path / "kuva.png"
    file.write_bytes(picture())
    press_in_toolbar(editing, "Kuva")
    dialog = editing.get_by_role("dialog", name="Kuva")
    expect(dialog.get_by_label("Kuvatiedosto")).to_be_focused()
    assert violations(editing) == []
    tab_to(editing, dialog.get_by_role("button", name="Lisää tekstiin"))
    editing.keyboard.press("Enter")
    expect(dialog.get_by_text("Valitse kuva.")).to_be_visible()
    dialog.get_by_label("Kuvatiedosto").set_input_files(file)
    expect(dialog.get_by_text("Kuva on valmis lisättäväksi tekstiin.")).to_be_visible()
    tab_to(editing, dialog.get_by_role("button", name="Lisää tekstiin"))
    editing.keyboard.press("Enter")
    alt = dialog.get_by_label("Mitä kuvassa näkyy")
    expect(alt).to_be_focused()
    expect(alt).to_have_attribute("aria-invalid", "true")
    editing.keyboard.type("Kaksi ihmistä kahvilla")
    tab_to(editing, editor(dialog, "Kuvateksti"))
    editing.keyboard.press("Control+b")
    editing.keyboard.type("Kirjasto")
    editing.keyboard.press("Control+b")
    editing.keyboard.type(" on *auki*")
    tab_to(editing, dialog.get_by_label("Tilanne (vuosi)"))
    editing.keyboard.type("2025")
    editing.keyboard.press("Enter")
    expect(dialog).to_be_hidden()
    assert not MARKUP.search(editing.locator("main").inner_text().replace("*auki*", ""))

    editing.keyboard.press("Enter")  # the figure is chosen: its dialog opens again
    expect(editor(dialog, "Kuvateksti")).to_have_text("Kirjasto on *auki*")
    tab_to(editing, editor(dialog, "Lähde"))
    editing.keyboard.type("Oma kuva")
    tab_to(editing, dialog.get_by_role("button", name="Lisää tekstiin"))
    editing.keyboard.press("Enter")
    expect(dialog).to_be_hidden()
    editing.keyboard.press("Alt+ArrowDown")
    save(editing)
    body = body_of(installation, section)
    file_id = body.partition("::figure ")[2].split("\n")[0]
    assert body == (
        f"Ensimmäinen.\n\nToinen.\n\n::figure {file_id}\n::caption **Kirjasto** on \\*auki\\*\n"
        "::alt Kaksi ihmistä kahvilla\n::date 2025\n::source Oma kuva\n::end"
    )
    shown = editing.get_by_role("img", name="Kaksi ihmistä kahvilla")
    expect(shown).to_be_visible()
    expect(shown).to_have_js_property("complete", True)
    assert shown.evaluate("image => image.naturalWidth") > 0

    editing.get_by_role("link", name="Muokkaa", exact=True).click()
    editor(editing, "Teksti").locator("figure").click()
    press_in_toolbar(editing, "Kuva")
    tab_to(editing, dialog.get_by_role("button", name="Poista tekstistä"))
    editing.keyboard.press("Enter")
    save(editing)
    assert body_of(installation, section) == "Ensimmäinen.\n\nToinen."


def test_numbers_are_added_as_a_picture_of_them(
    editing: Page, installation: Installation, section: str
) -> None:
    press_in_toolbar(editing, "Luvut")
    dialog = editing.get_by_role("dialog", name="Lukukuvio")
    assert violations(editing) == []
    tab_to(editing, dialog.get_by_label("Luku 1", exact=True))
    editing.keyboard.type("3 066")
    tab_to(editing, dialog.get_by_role("button", name="Lisää tekstiin"))
    editing.keyboard.press("Enter")
    expect(dialog.get_by_text("Kirjoita vähintään yksi luku")).to_be_visible()
    expect(dialog.get_by_label("Luku 1", exact=True)).to_be_focused()
    editing.keyboard.press("Tab")
    editing.keyboard.type("järjestöä")
    editing.keyboard.press("Tab")
    editing.keyboard.type("120")
    editing.keyboard.press("Tab")
    editing.keyboard.type("kuntaa")
    dialog.get_by_label("Suuret luvut").focus()
    editing.keyboard.press("ArrowRight")
    tab_to(editing, dialog.get_by_label("Tilanne (vuosi)"))
    editing.keyboard.type("2018")
    editing.keyboard.press("Enter")
    expect(dialog).to_be_hidden()
    expect(editing.locator(".editor-body table.number-bars rect")).to_have_count(2)
    see_no_markup(editing)
    save(editing)
    assert (
        "::numbers bars\n::value 3 066\n::label järjestöä\n::value 120\n::label kuntaa\n"
        "::date 2018\n::end"
    ) in body_of(installation, section)
    expect(editing.get_by_role("row", name="järjestöä 3 066")).to_be_visible()


def test_a_box_is_written_by_keyboard_with_a_title_paragraphs_and_a_list(
    editing: Page, installation: Installation, section: str
) -> None:
    editing.keyboard.press("Enter")
    body = editor(editing, "Teksti")
    expect(body.locator("> p")).to_have_count(3)
    press_in_toolbar(editing, "Tietolaatikko")
    editing.keyboard.type("Muista tämä")
    editing.keyboard.press("ArrowDown")
    editing.keyboard.type("Sovi paikka.")
    editing.keyboard.press("Enter")
    editing.keyboard.type("- Varaa aikaa.")
    see_no_markup(editing)
    save(editing)
    assert body_of(installation, section) == (
        "Ensimmäinen.\n\n::box Muista tämä\n\nSovi paikka.\n\n- Varaa aikaa.\n\n::end\n\nToinen."
    )
