"""A draft as it comes out of the printer: its numbers are those of the paragraphs on the screen."""

from __future__ import annotations

import io
import re

import pytest
from playwright.sync_api import Page
from pypdf import PdfReader

from reviewtool.infra.installation import Installation
from tests.factories.contributions import make_table, way_in

pytestmark = pytest.mark.only("sqlite", reason="the browser's side is the same on both databases")

LINES = "all => all.map(one => [one.dataset.n, one.textContent])"
NUMBERED = re.compile(r"\b(\d)\.(\d+) (\w+)")


def test_printed_numbers_are_those_of_the_paragraphs_on_the_screen(
    page: Page, installation: Installation
) -> None:
    table = make_table(installation)
    here = f"/p/{table.actors[0].link_id}"
    page.goto(way_in(installation, table.actors[0]))
    page.goto(f"{here}/sections/{table.section_id}")
    on_screen = {
        int(number): re.findall(r"\w+", words)[0]
        for number, words in page.locator("[data-passages] [data-n]").evaluate_all(LINES)
    }
    page.goto(f"{here}/paper?text={table.section_id}")
    printed = printed_words(page)
    on_paper = {int(number): word for _text, number, word in NUMBERED.findall(printed)}
    assert on_screen.pop(0) in printed, "the title, which has no number on the paper"
    assert len(on_screen) > 4
    assert on_paper == on_screen


def printed_words(page: Page) -> str:
    """Print the page, and read what stands on the paper."""
    sheets = PdfReader(io.BytesIO(page.pdf(format="A4"))).pages
    return " ".join(" ".join(one.extract_text() for one in sheets).split())
