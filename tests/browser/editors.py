"""The visual editors on a page, as soon as they stand in the place of their plain fields."""

from playwright.sync_api import Locator, Page


def editor(where: Page | Locator, name: str) -> Locator:
    """Find a visual editor by its label: never the plain field that it is about to replace."""
    return where.locator("[contenteditable=true]").and_(
        where.get_by_role("textbox", name=name, exact=True)
    )
