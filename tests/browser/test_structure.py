"""The structure in a real browser: by mouse and keyboard; texts split and merged as they show."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from reviewtool.domain.actors import Actor
from reviewtool.infra.installation import Installation
from reviewtool.queries.tree import working_tree
from tests.browser.editors import editor
from tests.browser.looking import violations
from tests.factories.handbooks import MadeHandbook, make_editor, make_handbook
from tests.factories.texts import MadeTexts, make_section, make_texts, working_text

pytestmark = pytest.mark.only(
    "sqlite", reason="the browser's side; both databases are in tests/web"
)

Enter = Callable[[Actor | str], Page]


@pytest.fixture
def handbook(installation: Installation) -> MadeHandbook:
    """Give a handbook."""
    return make_handbook(installation)


@pytest.fixture
def texts(installation: Installation, handbook: MadeHandbook) -> MadeTexts:
    """Give its small tree."""
    return make_texts(installation, handbook.administrator, handbook.id)


@pytest.fixture
def page(
    installation: Installation, handbook: MadeHandbook, texts: MadeTexts, enter: Enter
) -> Page:
    """Open the structure as an editor of the handbook."""
    page = enter(make_editor(installation, handbook.id))
    page.goto(f"/handbooks/{handbook.id}/structure")
    return page


def outline(installation: Installation, handbook: MadeHandbook) -> list[tuple[int, str]]:
    with installation.database.read() as session:
        lines = working_tree(session, handbook.id, "fi")
    return [(line.depth, line.title) for line in lines]


def drag(page: Page, section_id: str, target_id: str, share: float) -> None:
    """Drag a row by its handle to a place in the height of another."""
    target = page.locator(f"#s-{target_id}")
    box = target.bounding_box()
    assert box is not None
    page.locator(f"#s-{section_id} .tree-handle").hover()
    page.mouse.down()
    target.hover(position={"x": 60, "y": box["height"] * share})
    page.mouse.up()


def test_a_text_is_dragged_before_and_under_another(
    page: Page, installation: Installation, handbook: MadeHandbook, texts: MadeTexts
) -> None:
    with page.expect_navigation():
        drag(page, texts.second, texts.first, 0.1)
    assert [title for _, title in outline(installation, handbook)][2:4] == [
        "Vapaaehtoistoiminta",
        "Vertaistuki",
    ]
    with page.expect_navigation():
        drag(page, texts.story, texts.chapter, 0.5)
    assert outline(installation, handbook)[:2] == [(0, "Johdanto"), (1, "Henkilötarina: Marja")]


def test_escape_and_a_place_beneath_itself_change_nothing(
    page: Page, installation: Installation, handbook: MadeHandbook, texts: MadeTexts
) -> None:
    before = outline(installation, handbook)
    drag(page, texts.area, texts.first, 0.5)
    handle = page.locator(f"#s-{texts.second} .tree-handle")
    handle.hover()
    page.mouse.down()
    page.locator(f"#s-{texts.chapter}").hover()
    page.keyboard.press("Escape")
    page.mouse.up()
    expect(page.locator(".dragged")).to_have_count(0)
    assert outline(installation, handbook) == before


def test_the_buttons_do_the_same_by_keyboard(
    page: Page, installation: Installation, handbook: MadeHandbook, texts: MadeTexts
) -> None:
    page.get_by_role("button", name="Siirrä ylös: Vapaaehtoistoiminta").focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert outline(installation, handbook)[2] == (1, "Vapaaehtoistoiminta")


def test_a_heading_takes_what_stands_under_it_along(
    page: Page, installation: Installation, handbook: MadeHandbook
) -> None:
    body = "Alku.\n\n## Ohjaajat\n\nHeitä tuetaan.\n\nHe tapaavat.\n\n## Ajat\n\nIltaisin."
    section = make_section(installation, handbook.administrator, handbook.id, "Tuki", body=body)
    page.goto(f"/handbooks/{handbook.id}/structure/{section}/split")
    page.get_by_label("Uuden tekstin nimi").fill("Ohjaajat")
    heading = page.locator("li.piece", has_text="Ohjaajat")
    heading.get_by_label("uuteen").check()
    page.get_by_role("button", name="Näytä tekstit").click()
    expect(page.get_by_role("heading", name="Jaa näin")).to_be_visible()
    assert violations(page) == []
    page.get_by_role("button", name="Jaa teksti").click()
    expect(page.get_by_text("Teksti on jaettu")).to_be_visible()
    assert "He tapaavat." not in working_text(installation, section)[1]
    assert "Iltaisin." in working_text(installation, section)[1]


def test_the_joined_text_is_edited_without_markup_and_merged(
    page: Page, installation: Installation, handbook: MadeHandbook, texts: MadeTexts
) -> None:
    page.goto(f"/handbooks/{handbook.id}/structure/{texts.first}/merge")
    page.get_by_label("Vapaaehtoistoiminta").check()
    page.get_by_role("button", name="Näytä yhteinen teksti").click()
    body = editor(page, "Teksti")
    body.click()
    page.keyboard.press("Control+Home")
    page.keyboard.type("Yhdessä. ")
    assert violations(page) == []
    page.get_by_role("button", name="Yhdistä tekstit").click()
    expect(page.get_by_text("Tekstit on yhdistetty")).to_be_visible()
    assert "Yhdessä. Ryhmässä" in working_text(installation, texts.first)[1]
    assert "Vapaaehtoistoiminta" not in dict(outline(installation, handbook)).values()
