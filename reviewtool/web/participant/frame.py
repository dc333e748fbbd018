"""What every page of a participant shows: the round, who acts, how long is left."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from typing import Any

from flask import abort, redirect, request, url_for
from werkzeug.exceptions import NotFound

from reviewtool.domain.actors import Actor
from reviewtool.domain.contributions import ContributionState
from reviewtool.domain.days import local_day
from reviewtool.domain.people import OrganisationKind
from reviewtool.domain.phases import PhaseKind, PhaseState, RoundChannel
from reviewtool.domain.policy import Action, Facts, may
from reviewtool.infra.i18n import current_language, localized
from reviewtool.infra.i18n import gettext as _
from reviewtool.queries.contributions import ContributionLine, one
from reviewtool.queries.easy import About, EasyLine, easy_line
from reviewtool.queries.participant import RoundHead, round_head
from reviewtool.queries.round_texts import TextLine, texts
from reviewtool.queries.speaking import SpokenFor, spoken_for
from reviewtool.queries.unsent import UnsentLine
from reviewtool.web import current
from reviewtool.web.deputies.standing import standing
from reviewtool.web.participant.unfinished import OwnUnsent

PUBLIC_BODIES = (
    OrganisationKind.MUNICIPALITY,
    OrganisationKind.JOINT_AUTHORITY,
    OrganisationKind.WELLBEING_COUNTY,
)
"""Whose replies may be public documents."""


ROUND_ONLY = frozenset({"landing", "statement", "section", "whole", "ready", "pass_on"})
"""Pages about texts that are commented on."""


@dataclass
class Page:
    """One page of a participant: its round and texts, read once."""

    link_id: str
    actor: Actor
    head: RoundHead

    @cached_property
    def lines(self) -> list[TextLine]:
        """List the round's texts, with what their reader has done."""
        return texts(current.reader(), self.actor, self.head, current_language())

    @cached_property
    def speaks_for(self) -> list[SpokenFor]:
        """List the organisations that its reader may speak for, the invitation's first."""
        return spoken_for(current.reader(), self.actor)

    @cached_property
    def unsent(self) -> OwnUnsent:
        """Give what its reader has half written."""
        return OwnUnsent(self.link_id, lambda: {line.section_id: line.title for line in self.lines})

    @property
    def resumed(self) -> UnsentLine | None:
        """Give the half-written words that the address asks to go on with."""
        return self.unsent.resumed

    @property
    def show(self) -> str:
        """Give what is to be shown of what was said, as the address asks for it; empty: all."""
        return request.args.get("show", "")

    @property
    def is_round(self) -> bool:
        """Tell whether texts are commented on, which isn't so in workshops and interviews."""
        return self.head.kind not in (PhaseKind.WORKSHOP, PhaseKind.INTERVIEWS)

    @property
    def writable(self) -> bool:
        """Tell whether one can say something now."""
        return self._may(Action.CONTRIBUTE)

    @property
    def late(self) -> bool:
        """Tell whether one can still send something as late."""
        over = self.head.state is not PhaseState.PLANNED
        return over and self._may(Action.CONTRIBUTE_LATE)

    def _may(self, action: Action) -> bool:
        facts = Facts(
            handbook_id=self.head.handbook_id,
            phase_id=self.head.phase_id,
            phase_open=self.head.is_open,
        )
        return may(self.actor, action, facts)

    def line(self, section_id: str) -> TextLine:
        """Find a text of the round. Raises NotFound."""
        for line in self.lines:
            if line.section_id == section_id:
                return line
        raise NotFound

    def own_line(self, contribution_id: str) -> ContributionLine:
        """Find something of one's own that was said and not withdrawn. Raises NotFound."""
        line = one(current.reader(), self.actor, contribution_id)
        if line is None or not line.own or line.state is ContributionState.WITHDRAWN:
            raise NotFound
        return line

    def url(self, endpoint: str, **arguments: Any) -> str:
        """Give the address of a page of this link; what a workshop has no page for is its room."""
        if endpoint == "section" and self.head.kind is PhaseKind.WORKSHOP:
            return url_for(
                "workshop.text", link_id=self.link_id, section_id=arguments["section_id"]
            )
        if endpoint in ROUND_ONLY and self.head.kind is PhaseKind.WORKSHOP:
            return url_for("workshop.in_room", link_id=self.link_id)
        return url_for(f"participant.{endpoint}", link_id=self.link_id, **arguments)

    def beside(self, line: TextLine, step: int) -> tuple[str, str] | None:
        """Give (title, address) of the text before or after."""
        at = self.lines.index(line) + step
        if not 0 <= at < len(self.lines):
            return None
        other = self.lines[at]
        return other.title, self.url("section", section_id=other.section_id)

    @property
    def groups(self) -> list[dict[str, Any]]:
        """Give the texts for the quiet list: by area, with done marks and reading times."""
        return grouped(self, self.lines)

    @property
    def done(self) -> int:
        """Count the texts that have got an answer of any kind."""
        return sum(line.progress.done for line in self.lines)

    def easy(self, section_id: str | None = None) -> EasyLine | None:
        """Give the easy-language summary of a text, or of what the round asks."""
        phase_id = None if section_id else self.head.phase_id
        about = About(self.head.handbook_id, phase_id=phase_id, section_id=section_id)
        return easy_line(current.reader(), self.actor, about, current_language())

    def page_of_whole(self, number: int) -> str:
        """Give the address of a page of what others have said about the whole."""
        return self.url("whole", page=number)

    def by_text(
        self, said: Sequence[ContributionLine], titles: Mapping[str, str]
    ) -> list[tuple[str, list[ContributionLine]]]:
        """Group one's own by the text that they are about, in the order given."""
        found: dict[str, list[ContributionLine]] = {}
        for line in said:
            title = titles.get(line.section_id or "", "")
            found.setdefault(title or _("The whole handbook"), []).append(line)
        return list(found.items())

    def values(self, *trail: tuple[str, str | None]) -> dict[str, Any]:
        """Give the values that the frame and all templates of this feature need."""
        head = self.head
        title = localized(head.handbook_title)
        days = None
        if head.closes_on is not None:
            days = (head.closes_on - local_day(current.now(), head.time_zone)).days
        return {
            "page": self,
            "head": head,
            "link_id": self.link_id,
            "handbook_title": title,
            "phase_title": localized(head.title),
            "trail": [
                (title, self.url("landing")),
                (localized(head.title), self.url("landing") if trail else None),
                *trail,
            ],
            "acting": {
                "name": head.person_name,
                "organisation": head.organisation or None,
                "not_me_url": self.url("not_me"),
                **standing(self.link_id),
            },
            "days_left": days if head.is_open else None,
            # The minute that people call the end: 23.59 of the last day.
            "closes": head.closes_at - timedelta(minutes=1) if head.closes_at else None,
            "closed": self.late,
            "blind": head.blind,
            "by_email": head.channel is RoundChannel.EMAIL,
            "public_body": head.organisation_kind in PUBLIC_BODIES,
        }


def grouped(page: Page, lines: Sequence[TextLine]) -> list[dict[str, Any]]:
    """Give texts by area, with done marks and reading times.

    Texts that are a group of their own, as chapters are, stand together without a heading.
    """
    found: list[dict[str, Any]] = []
    counted = Counter(line.group for line in page.lines)
    for line in lines:
        alone = counted[line.group] == 1 and line.group == line.title
        title = None if alone else line.group
        if not found or found[-1]["title"] != title:
            found.append({"title": title, "items": []})
        found[-1]["items"].append(
            {
                "id": line.section_id,
                "title": line.title,
                "url": page.url("section", section_id=line.section_id),
                "state": "done" if line.progress.done else "todo",
                "kind": line.kind,
                "minutes": line.minutes,
                "language": line.language,
                "note": None,
            }
        )
    return found


def open_round(link_id: str) -> Page:
    """Read the round of the link; a workshop's or an interview's link leads to its own pages.

    Nothing is asked of texts there, so that no form of a round is shown that couldn't be sent.
    """
    page = open_page(link_id)
    if not page.is_round:
        abort(redirect(url_for("participant.landing", link_id=link_id)))
    return page


def open_page(link_id: str) -> Page:
    """Read the round of the link in the address."""
    actor = current.actor()
    return Page(link_id, actor, round_head(current.reader(), actor, current.now()))
