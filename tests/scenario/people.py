"""What everybody has: a name, an address, a language, a browser and a letter box."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from reviewtool.mail.mailbox import KeptLetter
from tests.scenario.reading import links_on
from tests.scenario.stage import Stage, way_in
from tests.web.browser import Browser, FoundForm


class Person:
    """Somebody who reads mails, follows links and fills forms; never touches the database."""

    def __init__(self, stage: Stage, name: str, address: str, language: str = "fi") -> None:
        """Sit down at a fresh browser."""
        self.stage = stage
        self.name = name
        self.address = address
        self.language = language
        self.browser: Browser = stage.browser()

    def new_letters(self) -> list[KeptLetter]:
        """Take the new letters out of the letter box; each is in this person's language."""
        letters = self.stage.letters_to(self.address)
        assert {one.language for one in letters} <= {self.language}
        return letters

    def one_letter(self, *, saying: Iterable[str] = ()) -> KeptLetter:
        """Take the only new letter, which says these words."""
        letters = self.new_letters()
        assert len(letters) == 1, [one.subject for one in letters]
        for words in saying:
            assert words in letters[0].text, letters[0].text
        return letters[0]

    def follow(self, letter: KeptLetter) -> str:
        """Follow the link of a letter; gives the path where it led."""
        self.open(way_in(letter))
        assert "/in/" not in self.browser.url or self.browser.forms()
        return self.browser.url

    def open(self, path: str, status: int = 200) -> str:
        """Open a page; gives what it says."""
        self.stage.a_moment()
        response = self.browser.open(path)
        assert response.status_code == status, (path, self.browser.text)
        return self.browser.text

    def press_link(self, words: str) -> str:
        """Follow the link of the page that has these words."""
        found = {href for said, href in links_on(self.browser.html) if said == words}
        assert len(found) == 1, (words, links_on(self.browser.html))
        return self.open(found.pop())

    def links(self) -> list[str]:
        """List the words of the links of the page that is open."""
        return [words for words, _href in links_on(self.browser.html)]

    def fill(
        self,
        action: str,
        values: Mapping[str, Any] | None = None,
        *,
        having: str = "",
        form: FoundForm | None = None,
        files: Mapping[str, tuple[str, bytes]] | None = None,
        status: int = 200,
    ) -> str:
        """Fill a form of the page that is open, and send it; gives what the next page says.

        Only fields and buttons that the form has can be filled.
        """
        self.stage.a_moment()
        chosen = form or self.browser.form(action, having)
        known = {*chosen.fields, *chosen.buttons}
        assert set(values or {}) <= known, set(values or {}) - known
        response = self.browser.submit(values=values, form=chosen, files=files)
        assert response.status_code == status, (chosen.action, self.browser.text)
        return self.browser.text

    def says(self, *words: str) -> None:
        """Check what the page that is open says."""
        for some in words:
            assert some in self.browser.text, (some, self.browser.url, self.browser.text)
