"""Hearing a page as who can't see it does: what its live regions say, and where the focus is."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

LISTEN = """() => {
  window.heard = [];
  const LIVE = "[role=status], [role=alert], [aria-live=polite], [aria-live=assertive]";
  const listen = () => new MutationObserver((records) => {
    for (const { target } of records) {
      const region = (target.closest ? target : target.parentElement)?.closest(LIVE);
      if (region?.getClientRects().length && region.textContent.trim()) {
        window.heard.push(region.textContent.replace(/\\s+/g, " ").trim());
      }
    }
  }).observe(document, {
    subtree: true, childList: true, characterData: true, attributeFilter: ["hidden"],
  });
  // What comes with a page is not read out: only what changes once it is there.
  document.addEventListener("readystatechange", listen, { once: true });
}"""


def listen(page: Page) -> None:
    """Begin to listen, on each page that is opened from now on."""
    page.add_init_script(f"({LISTEN})()")


def forget(page: Page) -> None:
    """Forget what has been heard until now."""
    page.evaluate("window.heard = []")


def expect_heard(page: Page, words: str) -> None:
    """Wait until a live region says some words."""
    page.wait_for_function("(words) => window.heard.some((one) => one.includes(words))", arg=words)


def expect_at(target: Locator) -> None:
    """Wait until the focus is somewhere that can be seen."""
    expect(target).to_be_focused()
    expect(target).to_be_visible()
