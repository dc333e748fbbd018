"""State of the process played: one installation, its clock, and its post."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import timedelta

from flask import Flask

from reviewtool.infra.clock import SetClock
from reviewtool.infra.installation import Installation
from reviewtool.mail.mailbox import KeptLetter, Mailbox
from reviewtool.mail.transport import Pace, PostOffice
from reviewtool.services.delivery import deliver
from reviewtool.services.ticks import tick
from tests.web.browser import Browser

WAY_IN = re.compile(r"http://localhost(/in/[^\s\"<>]+)")
STEP = timedelta(minutes=1)


@dataclass
class Stage:
    """An installation with people who come and go; time passes with each thing they do."""

    app: Flask
    installation: Installation
    clock: SetClock
    seen: set[str] = field(default_factory=set)
    """Letters that have been looked at."""

    def browser(self) -> Browser:
        """Open a browser that has never been here."""
        return Browser(self.app.test_client())

    def a_moment(self) -> None:
        """Let a minute pass."""
        self.clock.at += STEP

    def day(self, ahead: int) -> str:
        """Name a day to come, as a date field holds it."""
        return (self.clock.now() + timedelta(days=ahead)).date().isoformat()

    def days(self, number: int) -> None:
        """Let days pass, hour by hour as the background work does, and deliver what is due."""
        for _ in range(number * 4):
            self.clock.at += timedelta(hours=6)
            tick(self.installation)
        self.post_round()

    def post_round(self) -> None:
        """Deliver everything that is due, as the background work does."""
        office = PostOffice(Mailbox(self.installation.settings.mailbox_dir), Pace(1_000_000))
        self.a_moment()
        done = deliver(self.installation, office)
        assert (done.failed, done.deferred) == (0, 0)

    def letters_to(self, address: str) -> list[KeptLetter]:
        """Deliver what is due, and give the letters to an address not looked at before, in order
        of their writing.
        """
        self.post_round()
        kept = Mailbox(self.installation.settings.mailbox_dir).letters()
        mine = [one for one in kept if address in one.recipient and one.id not in self.seen]
        self.seen |= {one.id for one in mine}
        return sorted(mine, key=lambda one: one.written_at)

    def every_letter(self) -> list[KeptLetter]:
        """Give all letters that were ever delivered."""
        return Mailbox(self.installation.settings.mailbox_dir).letters()


def way_in(letter: KeptLetter) -> str:
    """Give the link of a letter: the same in its text and in its HTML."""
    in_text, in_html = WAY_IN.findall(letter.text), WAY_IN.findall(letter.html)
    assert in_text, letter.text
    assert set(in_text) == set(in_html)
    return str(in_text[0])
