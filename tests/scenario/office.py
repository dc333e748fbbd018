"""Those who hold an account: the administrator, and the editors of the handbook."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from reviewtool.office.tables import write_xlsx
from reviewtool.services.accounts import make_account
from tests.scenario.people import Person
from tests.scenario.reading import links_on, said_on
from tests.scenario.stage import Stage
from tests.web.browser import FoundForm

COLUMNS = ("Nimi", "Sähköposti", "Järjestö", "Tyyppi", "Kunta", "Kieli")

HANDBOOK = re.compile(r"/handbooks/([0-9a-z]{16})")


class Editor(Person):
    """Somebody with an account; `handbook` is where they work."""

    handbook = ""

    def sign_in(self) -> None:
        """Ask for a link, and press the button behind it."""
        self.open("/sign-in")
        self.fill("/sign-in", {"address": self.address})
        self.follow(self.new_letters()[-1])
        self.fill("/sign-in")
        assert "/in/" not in self.browser.url

    def at(self, path: str) -> str:
        """Open a page of the handbook."""
        return self.open(f"/handbooks/{self.handbook}{path}")

    def begin_handbook(self, title: str) -> None:
        """Create a handbook in Finnish with the whole process."""
        self.open("/handbooks/new")
        self.fill("/handbooks/new", {"title": title, "language": "fi", "template": "model-case"})
        found = HANDBOOK.search(self.browser.url)
        assert found, self.browser.url
        self.handbook = found.group(1)

    def bring_in(self, file: Path) -> str:
        """Upload a file, look at what was understood, and confirm; gives the preview's words."""
        self.at("/import")
        preview = self.fill("/import", files={"file": (file.name, file.read_bytes())})
        self.fill("/import", having="fingerprint")
        return preview

    def phase(self, title: str) -> str:
        """Find a phase by its name on the process page; gives its id."""
        self.at("/process")
        found = {href for words, href in links_on(self.browser.html) if words == title}
        assert len(found) == 1, (title, found)
        return found.pop().rsplit("/", 1)[1]

    def plan(self, phase_id: str, **values: str | None) -> None:
        """Plan a phase."""
        self.at(f"/process/{phase_id}/plan")
        self.fill("/plan", values)

    def open_phase(self, phase_id: str) -> None:
        """Open a phase."""
        self.at(f"/process/{phase_id}/open")
        self.fill("/open")

    def close_phase(self, phase_id: str) -> None:
        """Close a phase."""
        self.at(f"/process/{phase_id}/close")
        self.fill("/close")

    def invite(self, phase_id: str, rows: Sequence[Sequence[str]]) -> str:
        """Invite the people of a spreadsheet; gives the words of its preview."""
        table = write_xlsx([COLUMNS, *rows])
        self.at(f"/people/invite/{phase_id}/spreadsheet")
        preview = self.fill("/spreadsheet", files={"file": ("kutsuttavat.xlsx", table)})
        self.fill("/spreadsheet/")
        return preview

    def freeze(self) -> str:
        """Freeze the working texts; gives the draft's id."""
        self.at("/drafts/freeze")

        self.fill("/drafts/freeze")
        return self.browser.url.rsplit("/", 1)[1]

    def bench(self, section_id: str) -> str:
        """Open the page on which a text's contributions are handled."""
        return self.at(f"/sections/{section_id}/merge?show=all")

    def take(self, section_id: str, *contribution_ids: str) -> str:
        """Tick suggestions and take them; gives what the next page says."""
        self.bench(section_id)
        form = self.browser.form("/merge/take", having="version")
        return self.fill("", {"c": list(contribution_ids), "act": "take"}, form=form)

    def settle(self, words: str) -> None:
        """Settle the one clash that is shown with other words."""
        form = self.browser.form("/merge/settle")
        choice = next(name for name in form.fields if name.endswith("choice"))
        own = choice.replace("choice", "words")
        self.fill("", {choice: "own", own: words}, form=form)

    def write(self, section_id: str, body: str) -> None:
        """Write the body of a text anew."""
        self.at(f"/sections/{section_id}/edit")
        self.fill("/edit", {"body": body})

    def edit_for(self, section_id: str, change: tuple[str, str], *contribution_ids: str) -> None:
        """Change words of the body, for the contributions that are ticked."""
        ticked = "&".join(f"c={one}" for one in contribution_ids)
        self.at(f"/sections/{section_id}/merge/edit?{ticked}")
        form = self.browser.form("/merge/edit")
        self.fill("", {"body": _changed(form, change), "c": list(contribution_ids)}, form=form)

    def answer(self, contribution_ids: Sequence[str], kind: str, reason: str, **more: Any) -> str:
        """Answer contributions, one or several at once."""
        ticked = "&".join(f"c={one}" for one in contribution_ids)
        self.at(f"/contributions/answer?{ticked}")
        return self.fill("/answer", {"kind": kind, "reason": reason, **more})

    def answer_ticked(self, contribution_ids: Sequence[str], kind: str, reason: str) -> str:
        """Tick contributions in the ledger, and answer them at once."""
        self.at("/contributions")
        self.fill("/contributions/choose", {"c": list(contribution_ids)})
        return self.fill("/answer", {"kind": kind, "reason": reason})

    def number_of(self, contribution_id: str) -> int:
        """Read the short number of a contribution in the ledger."""
        self.at("/contributions")
        links = links_on(self.browser.html)
        return next(int(words) for words, href in links if href.endswith(contribution_id))

    def find(self, section_id: str, words: str) -> str:
        """Find what was said on a text; gives the contribution's id."""
        self.bench(section_id)
        return said_on(self.browser.html, words)

    def admit(self, contribution_id: str, reason: str) -> None:
        """Consider something that came late."""
        self.at(f"/contributions/{contribution_id}")
        self.fill("/admit", {"reason": reason})

    def record(
        self,
        section_id: str,
        quote: str,
        words: str,
        channel: str,
        original: tuple[str, bytes],
        **who: str,
    ) -> None:
        """Record a contribution, with the original."""
        self.at("/contributions/record")
        values = {
            **who,
            "channel": channel,
            "said-0-section": section_id,
            "said-0-quote": quote,
            "said-0-words": words,
        }
        self.fill("/contributions/record", values, files={"originals": original})

    def show_answer(self, contribution_id: str) -> None:
        """Show an answer to its contributor ahead of a draft."""
        self.at(f"/contributions/{contribution_id}")
        self.fill("/publish")

    def correct(self, draft_id: str, section_id: str, change: tuple[str, str], why: str) -> str:
        """Correct one text of a frozen draft; gives the corrected draft's id."""
        self.at(f"/drafts/{draft_id}/sections/{section_id}/correct")
        form = self.browser.form("/correct")
        self.fill("", {"body": _changed(form, change), "reason": why}, form=form)
        return self.browser.url.split("/drafts/")[1].split("/")[0]


def _changed(form: FoundForm, change: tuple[str, str]) -> str:
    """Change words of the body where they stand last."""
    body, (old, new) = form.fields["body"][0], change
    before, found, after = body.rpartition(old)
    assert found, (old, body)
    return before + new + after


def administrator(stage: Stage) -> Editor:
    """Give the first administrator, who was made at the command line."""
    person = Editor(stage, "Aino Alava", "aino@kumaja.example.org")
    make_account(stage.installation, name=person.name, address=person.address, administrator=True)
    return person
