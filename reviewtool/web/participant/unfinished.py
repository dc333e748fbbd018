"""What somebody has half written behind their link, on any of its pages, and where it goes on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from flask import request, url_for

from reviewtool.domain.links import Purpose
from reviewtool.domain.unsent import PLACELESS, plain_form
from reviewtool.infra.i18n import LazyText, lazy
from reviewtool.queries.unsent import UnsentLine, own_unsent
from reviewtool.web import current

NAMES: dict[str, LazyText] = {
    "structure": lazy("Propose a change to the structure"),
    "meeting": lazy("What our meeting said"),
    "workshop": lazy("The room"),
    "attend": lazy("The invitation"),
    "correction": lazy("Minutes"),
    "statement": lazy("Our joint statement"),
    "decline": lazy("Decline to take part"),
    "all": lazy("Approve all the texts"),
}
WHOLE = lazy("The whole handbook")


@dataclass
class OwnUnsent:
    """The half-written words of the acting person, read once.

    titles: gives the titles of the texts that the page knows.
    """

    link_id: str
    titles: Callable[[], Mapping[str, str]]

    @cached_property
    def lines(self) -> dict[str, UnsentLine]:
        """Give them by the key of their form, newest first."""
        return {line.form: line for line in own_unsent(current.reader(), current.actor())}

    @property
    def resumed(self) -> UnsentLine | None:
        """Give those that the address asks to go on with."""
        return self.lines.get(request.args.get("unsent", ""))

    def keep(self, form: str) -> str:
        """Give the key of a form for the browser: of the words that are gone on with, or its own.

        Of two doubles, now one person, both may have words of one form.
        """
        resumed = self.resumed
        if resumed is not None and plain_form(resumed.form) == form:
            form = resumed.form
        return f"{self.link_id}:{form}"

    def of(self, keep: str | None) -> UnsentLine | None:
        """Give those of a form, by the key under which the browser keeps it."""
        return self.lines.get(form_key(self.link_id, keep))

    def others(self, keep: str) -> list[UnsentLine]:
        """List the other words of the same form."""
        own = form_key(self.link_id, keep)
        plain = plain_form(own)
        return [
            line
            for line in self.lines.values()
            if line.form != own and plain_form(line.form) == plain
        ]

    def but(self, keeps: Iterable[str]) -> list[UnsentLine]:
        """List all but those of some forms, which the page itself offers."""
        shown = {plain_form(form_key(self.link_id, keep)) for keep in keeps}
        return [line for line in self.lines.values() if plain_form(line.form) not in shown]

    def title(self, line: UnsentLine) -> str:
        """Name what half-written words are about."""
        name = NAMES.get(line.form.partition(":")[0])
        return self.titles().get(line.section_id or "") or str(name or WHOLE)

    def resume_url(self, form: str) -> str:
        """Give the address at which the words of a form are gone on with."""
        return form_url(self.link_id, form, unsent=form)

    def resume_of(self, keep: str) -> str:
        """Give the same address by the key under which the browser keeps the form."""
        return self.resume_url(form_key(self.link_id, keep))

    @property
    def keep_url(self) -> str:
        """Give the address that script sends half-written words to."""
        return url_for("participant.keep_unsent", link_id=self.link_id)

    @property
    def discard_url(self) -> str:
        """Give the address that throws half-written words away."""
        return url_for("participant.discard_unsent", link_id=self.link_id)


def form_key(link_id: str, keep: str | None) -> str:
    """Give the key of a form among those of its link; empty for a form of another link."""
    return (keep or "").removeprefix(f"{link_id}:") if (keep or "").startswith(link_id) else ""


def form_url(link_id: str, form: str, **given: Any) -> str:
    """Give the address of the page that a form stands on."""
    about, _colon, rest = plain_form(form).partition(":")
    kind, _colon, detail = rest.partition(":")
    of_link = {"link_id": link_id, **given}
    if about in PLACELESS:
        return _placeless_url(about, kind, detail, of_link)
    if kind in ("decision", "objection"):
        return url_for("approvals.section", section_id=about, _anchor=kind, **of_link)
    if kind == "note":
        return url_for("interview.landing", _anchor=f"c-{about}", **of_link)
    if kind == "edit":
        return url_for("participant.edit", contribution_id=about, **of_link)
    if kind == "reply":
        return url_for("participant.said", contribution_id=about, **of_link)
    if kind == "verdict":
        return url_for("participant.mine", _anchor=f"c-{about}", **of_link)
    if kind in ("box", "questions"):
        return url_for("participant.section", section_id=about, _anchor=kind, **of_link)
    if not given:  # words about a passage stand beside the text
        return url_for("participant.section", section_id=about, **of_link)
    return url_for("participant.compose", section_id=about, **of_link)


def _placeless_url(about: str, kind: str, detail: str, of_link: dict[str, Any]) -> str:
    if about == "workshop":
        return url_for("workshop.in_room", say=kind, _anchor="say", **of_link)
    if about == "statement" and detail:
        return url_for("participant.point", point_id=kind, **of_link)
    approves = current.actor().purpose is Purpose.APPROVE
    endpoint, anchor = {
        "structure": ("participant.propose", None),
        "whole": ("participant.whole", kind),
        "meeting": ("meetings.type_in", None),
        "attend": ("workshop.attend", "answer"),
        "correction": ("workshop.minutes", "correct"),
        "statement": ("participant.statement", "new-point"),
        "decline": ("approvals.unwilling" if approves else "participant.decline", None),
        "all": ("approvals.review_all", None),
    }[about]
    return url_for(endpoint, _anchor=anchor, **of_link)
