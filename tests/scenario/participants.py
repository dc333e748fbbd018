"""Those who are asked, and answer behind a personal link: NGO experts and coordinators."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from tests.scenario.people import Person
from tests.scenario.reading import Line, Marked, paragraphs, said_on
from tests.web.browser import FoundForm

NUMBERED = re.compile(r'class="line-number"[^>]*>(\d+\.\d+)<')


class Participant(Person):
    """Somebody who takes part in a round; `home` is the path behind their link."""

    home = ""

    def come_in(self, *, saying: tuple[str, ...] = ()) -> None:
        """Follow the link of the one new letter."""
        self.home = self.follow(self.one_letter(saying=saying)).rstrip("/")
        assert self.home.startswith("/p/")

    def come_back(self, *, saying: tuple[str, ...] = ()) -> None:
        """Follow the link of the one new letter to what one has said."""
        landed = self.follow(self.one_letter(saying=saying))
        assert landed == f"{self.home}/mine"

    def at(self, path: str) -> str:
        """Open a page behind the link."""
        return self.open(f"{self.home}/{path}")

    def read(self, section_id: str) -> list[Line]:
        """Open a text; gives its paragraphs."""
        self.at(f"sections/{section_id}")
        return paragraphs(self.browser.html)

    def comment(self, section_id: str, marked: Marked, words: str) -> str:
        """Comment on marked words; gives the contribution's id."""
        self.at(f"sections/{section_id}")
        self._say({"kind": "comment", "words": words, **marked.fields})
        return said_on(self.browser.html, words)

    def propose(self, section_id: str, marked: Marked, replacement: str, why: str) -> str:
        """Suggest a change for marked ones."""
        self.at(f"sections/{section_id}")
        self._say({"kind": "suggestion", "replacement": replacement, "words": why, **marked.fields})
        return said_on(self.browser.html, why)

    def _say(self, values: Mapping[str, Any]) -> None:
        """Use the form that opens beside marked words."""
        self.fill("/say", values, having="replacement")

    def comment_on_text(self, section_id: str, words: str, shown: str = "organisation") -> str:
        """Use the open box under a text; shown: how one's name is shown."""
        self.at(f"sections/{section_id}")
        self.fill("/say", {"words": words, "name_shown": shown}, form=self.box())
        return said_on(self.browser.html, words)

    def box(self) -> FoundForm:
        """Give the open box under the text that is open."""
        return next(
            one
            for one in self.browser.forms()
            if one.action.endswith("/say") and "replacement" not in one.fields
        )

    def comment_on_whole(self, words: str, kind: str = "comment") -> str:
        """Say something of the whole handbook."""
        self.at("whole")
        self.fill("/whole/say", {"words": words, "kind": kind})
        return said_on(self.browser.html, words)

    def give_example(self, section_id: str, consent: bool, **parts: str) -> str:
        """Give an example from one's own work, with one's name."""
        self.at(f"sections/{section_id}/say?kind=example")
        values = {**parts, "publish_consent": "y" if consent else None, "name_shown": "name"}
        self.fill("/say", values)
        return said_on(self.browser.html, parts["activity"])

    def answer_questions(self, about: str, words: str = "", option: int | None = None) -> None:
        """Answer all questions of a text ("sections/<id>") or of the whole ("whole").

        words: written where words are asked; option: chosen wherever there is a choice.
        """
        self.at(about)
        form = self.browser.form("/questions")
        values: dict[str, str] = {}
        for name in form.fields:
            if name.startswith("words-") and name.replace("words", "option") not in form.fields:
                values[name] = words
            if name.startswith("option-") and option is not None:
                values[name] = str(option)
        assert values
        self.fill("", values, form=form)

    def say_nothing(self, section_id: str) -> None:
        """Say that there is nothing to say of a text."""
        self.at(f"sections/{section_id}")
        self.fill("/nothing")

    def type_in(self, section_id: str, words: str, day: str) -> str:
        """Take a text to a meeting on paper, and type in what was said of its first paragraph."""
        self.at(f"paper?text={section_id}")
        number = NUMBERED.findall(self.browser.html)[0]
        self.at("meeting")
        values = {"discussed_on": day, "rows-0-place": number, "rows-0-words": words}
        self.fill("/meeting", values)
        return said_on(self.browser.html, words)

    def disputed(self, words: str) -> str:
        """Find the note of one's interview that says something; gives its id."""
        return next(
            one.action.rsplit("/", 1)[1]
            for one in self.browser.forms()
            if "/interview/notes/" in one.action and words in self.browser.text
        )

    def agree(self, section_id: str, contribution_id: str) -> None:
        """Agree with what another one said, as an organisation."""
        self.at(f"sections/{section_id}")
        self.fill(f"{contribution_id}/support", {"for_organisation": "y"})

    def reword(self, contribution_id: str, words: str) -> None:
        """Change what one said."""
        self.at(f"contributions/{contribution_id}/edit")
        self.fill("/edit", {"words": words})

    def take_back(self, contribution_id: str) -> None:
        """Withdraw what one said."""
        self.at(f"contributions/{contribution_id}/withdraw")
        self.fill("/withdraw")

    def find_own(self, words: str) -> str:
        """Find what one said oneself; gives the contribution's id."""
        self.at("mine")
        return said_on(self.browser.html, words)

    def be_ready(self) -> None:
        """Say that one is ready."""
        self.at("ready")
        self.fill("/ready")

    def pass_on(self, name: str, address: str) -> None:
        """Pass the task to a colleague."""
        self.at("pass-on")
        self.fill("/pass-on", {"name": name, "address": address})


class Approver(Participant):
    """Somebody who is asked to approve the final texts."""

    def approve_all(self) -> None:
        """Approve everything that waits, at once."""
        self.at("all")
        self.fill("/approve/all")

    def decide(self, section_id: str, decision: str, words: str = "", **capacity: str) -> None:
        """Decide on one text."""
        self.at(f"texts/{section_id}")
        self.fill(
            "/approve/texts/", {"decision": decision, "words": words, **capacity}, having="decision"
        )
