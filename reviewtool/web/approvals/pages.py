"""What all pages of an approver share: the request, the texts, the decisions so far."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from typing import Any

from flask import url_for

from reviewtool.domain.approvals import Capacity, Standing
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.infra.i18n import localized
from reviewtool.queries.approvals import Decided, decisions
from reviewtool.queries.approver import ApprovalRequest, approval_request
from reviewtool.queries.speaking import spoken_for
from reviewtool.queries.tree import TreeLine, draft_tree
from reviewtool.web import current
from reviewtool.web.deputies.standing import standing
from reviewtool.web.participant.unfinished import OwnUnsent


@dataclass(frozen=True)
class Desk:
    """An approver's texts, in reading order, with the decisions made so far."""

    asked: ApprovalRequest
    lines: list[TreeLine]
    given: dict[str, Decided]

    @property
    def language(self) -> str:
        """The language of the texts."""
        return self.asked.language

    @property
    def draft_id(self) -> str:
        """The frozen draft that is decided on."""
        return self.asked.draft_id or ""

    @cached_property
    def waiting(self) -> list[TreeLine]:
        """The texts that have no decision, or one given to an earlier text."""
        return [
            line
            for line in self.lines
            if line.section_id not in self.given
            or self.given[line.section_id].standing is Standing.EARLIER_TEXT
        ]

    @property
    def states(self) -> list[str]:
        """How each text stands, for the row of marks: done or todo."""
        waiting = {line.section_id for line in self.waiting}
        return ["todo" if line.section_id in waiting else "done" for line in self.lines]

    @property
    def capacity(self) -> Capacity:
        """The capacity chosen last, offered again."""
        latest = max(self.given.values(), key=lambda d: d.decided_at, default=None)
        return latest.capacity if latest else Capacity.EXPERT

    @property
    def capacity_detail(self) -> str:
        """The group or board named last, offered again."""
        latest = max(self.given.values(), key=lambda d: d.decided_at, default=None)
        return latest.capacity_detail if latest else ""

    def line(self, section_id: str) -> TreeLine:
        """Give one text. Raises Refused (not found)."""
        for line in self.lines:
            if line.section_id == section_id:
                return line
        raise Refused(Reason.NOT_FOUND)

    def beside(self, link_id: str, section_id: str, way: int) -> tuple[str, str] | None:
        """Give (title, address) of the text before (-1) or after (+1)."""
        number = self.lines.index(self.line(section_id)) + way
        if not 0 <= number < len(self.lines):
            return None
        line = self.lines[number]
        return line.title, url_for("approvals.section", link_id=link_id, section_id=line.section_id)

    def next_open(self, section_id: str) -> str | None:
        """Give the next text that waits, after the one just decided."""
        ids = [line.section_id for line in self.waiting if line.section_id != section_id]
        order = [line.section_id for line in self.lines]
        later = [other for other in ids if order.index(other) > order.index(section_id)]
        return next(iter(later or ids), None)


def desk(*, fresh: bool = False) -> Desk:
    """Read what the acting approver's pages share; 4 queries.

    fresh: what stands now, after something was refused in the same request.
    """
    actor = current.actor()
    reader = current.fresh_reader() if fresh else current.reader()
    asked = approval_request(reader, actor)
    lines = draft_tree(reader, asked.draft_id, asked.language) if asked.draft_id else []
    shown = {line.section_id: line.text_hash for line in lines}
    given = decisions(reader, actor, asked.phase_id, shown, asked.language)
    return Desk(asked, lines, {decided.section_id: decided for decided in given})


def own_unsent(link_id: str, here: Desk) -> OwnUnsent:
    """Give what the acting approver has half written."""
    return OwnUnsent(link_id, lambda: {line.section_id: line.title for line in here.lines})


def frame(link_id: str, here: Desk) -> dict[str, Any]:
    """Give the templates of an approver's pages what they share."""
    actor, now = current.actor(), current.now()
    closes = here.asked.closes_at
    title = localized(here.asked.handbook_title)
    return {
        "link_id": link_id,
        "unsent": own_unsent(link_id, here),
        "spoken_for": spoken_for(current.reader(), actor) if actor.writable else [],
        "desk": here,
        "asked": here.asked,
        "handbook_title": title,
        "phase_title": localized(here.asked.title),
        "acting": {
            "name": here.asked.name,
            "organisation": here.asked.organisation or None,
            "not_me_url": url_for("approvals.not_me", link_id=link_id),
            **standing(link_id),
        },
        # The minute that people call the end: 23.59 of the last day.
        "closes": closes - timedelta(minutes=1) if closes else None,
        "writable": actor.writable,
        "closed": not actor.writable and not here.asked.passed_on,
        "days_left": max(0, (closes - now).days) if closes and actor.writable else None,
    }
