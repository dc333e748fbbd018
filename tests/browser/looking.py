"""Looking at a page as it stands, in the light and in the dark, with the rules of axe."""

from __future__ import annotations

from collections.abc import Mapping

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast"]}}

OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def laid_out(page: Page) -> None:
    """Wait until all stands at its place: fonts are there, and what watches sizes has run."""
    page.wait_for_function(
        """() => document.fonts.ready.then(() => new Promise((done) => {
          requestAnimationFrame(() => requestAnimationFrame(() => done(true)));
        }))"""
    )


def violations(page: Page, options: Mapping[str, object] = RULES) -> list[str]:
    """List what axe finds, in one line each."""
    found = Axe().run(page, options=dict(options)).response["violations"]
    return [
        f"{one['id']}: {node['target']} {node.get('failureSummary', '')[:160]}"
        for one in found
        for node in one["nodes"][:3]
    ]


class Looker:
    """Looks at state after state of a person's pages, and gathers what is wrong with each."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.wrong: list[str] = []
        page.emulate_media(reduced_motion="reduce")

    def look(self, state: str) -> None:
        """Look at the page as it stands now; it stays as it was."""
        self.page.wait_for_load_state()
        found = violations(self.page)
        if (over := self.page.evaluate(OVERFLOW)) > 0:
            found.append(f"{over} px wider than the screen")
        if self.page.evaluate("innerWidth > 1024"):  # colours are the same on a phone
            self.page.emulate_media(color_scheme="dark")
            found.extend(f"in the dark: {line}" for line in violations(self.page, COLOURS))
            self.page.emulate_media(color_scheme="light")
        self.wrong.extend(f"{state}: {line}" for line in found)
