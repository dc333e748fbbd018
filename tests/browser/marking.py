"""Marking words of a text with the mouse, as a reader does."""

from playwright.sync_api import Page


def mark(page: Page, first: str, last: str) -> None:
    """Mark the text from the beginning of one word to the end of another with the mouse."""
    page.locator("[data-passages]").wait_for()
    page.wait_for_load_state()
    ends = page.evaluate(
        """([first, last]) => {
          const find = (words) => {
            const walker = document.createTreeWalker(
              document.querySelector("[data-passages]"), NodeFilter.SHOW_TEXT);
            while (walker.nextNode()) {
              const at = walker.currentNode.data.indexOf(words);
              if (at < 0) continue;
              const range = document.createRange();
              range.setStart(walker.currentNode, at);
              range.setEnd(walker.currentNode, at + words.length);
              return range.getBoundingClientRect();
            }
          };
          const from = find(first), to = find(last);
          return [from.left + 1, from.top + from.height / 2,
                  to.right - 1, to.top + to.height / 2];
        }""",
        [first, last],
    )
    page.mouse.move(ends[0], ends[1])
    page.mouse.down()
    page.mouse.move(ends[2], ends[3], steps=8)
    page.mouse.up()
