"""What every page of a workshop shows: which one, when and where, the way to its other pages."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from flask import url_for

from reviewtool.domain.workshops import Stage
from reviewtool.infra.i18n import gettext as _
from reviewtool.infra.i18n import localized
from reviewtool.queries.workshops import (
    Held,
    OwnPart,
    WorkshopHead,
    own_part,
    within,
    workshop_head,
)
from reviewtool.web import current
from reviewtool.web.deputies.standing import standing
from reviewtool.web.participant.unfinished import OwnUnsent
from reviewtool.wording.workshops import STAGES, when_held

Crumb = tuple[str, str | None]


def facts_of(head: WorkshopHead) -> list[tuple[str, str]]:
    """Say when and where a workshop is held, and who convenes it; leaves out what isn't known."""
    held = head.held
    rows = [
        (_("Time"), when(held)),
        (_("Place"), held.place if held else ""),
        (_("Convened by"), ", ".join(head.conveners)),
        (_("Whom to ask"), ", ".join(_contact(head))),
    ]
    return [(name, value) for name, value in rows if value]


def when(held: Held | None) -> str:
    """Say when a workshop is held; empty where that isn't known."""
    return when_held(held.starts_at, held.ends_at) if held else ""


def _contact(head: WorkshopHead) -> list[str]:
    parts = (head.responsible_name, head.responsible_phone, head.responsible_email)
    return [part for part in parts if part]


@dataclass
class PartPage:
    """A page of somebody who takes part: their workshop and their own part in it."""

    link_id: str
    head: WorkshopHead

    @cached_property
    def own(self) -> OwnPart:
        """Read their own part, once."""
        return own_part(current.reader(), current.actor())

    @cached_property
    def unsent(self) -> OwnUnsent:
        """Give what they have half written."""
        return OwnUnsent(self.link_id, dict)

    def url(self, endpoint: str, **arguments: Any) -> str:
        """Give the address of a page of this link."""
        return url_for(f"workshop.{endpoint}", link_id=self.link_id, **arguments)

    @property
    def tabs(self) -> list[dict[str, str]]:
        """Give the pages of this workshop that have something to show now."""
        pages = [("attend", _("The invitation"))]
        if self.head.stage is Stage.RUNNING:
            pages.insert(0, ("in_room", _("The room")))
        elif self.head.stage is Stage.OVER and not self.head.cancelled:
            pages += [("minutes", _("Minutes")), ("in_room", _("What was said"))]
        pages.append(("mine", _("What I have said")))
        return [{"key": key, "label": label, "url": self._tab(key)} for key, label in pages]

    def _tab(self, key: str) -> str:
        if key == "mine":
            return url_for("participant.mine", link_id=self.link_id)
        return self.url(key)

    def values(self, key: str, *trail: Crumb) -> dict[str, Any]:
        """Give the values that the frame and all templates of this feature need."""
        title = localized(self.head.handbook_title)
        phase = localized(self.head.title)
        return {
            "page": self,
            "head": self.head,
            "own": self.own,
            "tab": key,
            "title": title,
            "name": phase,
            "facts": facts_of(self.head),
            "trail": [(title, self.url("landing")), (phase, self.url("landing")), *trail],
            "acting": {
                "name": self.own.person_name,
                "organisation": self.own.organisation or None,
                "not_me_url": url_for("participant.not_me", link_id=self.link_id),
                **standing(self.link_id),
            },
            "closed": False,
        }


def open_part(link_id: str) -> PartPage:
    """Read the workshop of the link in the address."""
    phase_id = current.held_link(link_id).actor.phase_id
    return PartPage(link_id, workshop_head(current.reader(), phase_id or "", current.now()))


def editor_head(handbook_id: str, phase_id: str) -> WorkshopHead:
    """Read the workshop of an editor's page. Raises Refused (not found)."""
    return within(workshop_head(current.reader(), phase_id, current.now()), handbook_id)


def editor_values(head: WorkshopHead, *crumbs: Crumb) -> dict[str, Any]:
    """Give an editor's page of a workshop its frame."""
    title = localized(head.handbook_title)
    name = localized(head.title)
    here: dict[str, Any] = {"handbook_id": head.handbook_id, "phase_id": head.phase_id}
    return {
        "head": head,
        "here": here,
        "title": title,
        "name": name,
        "stage_name": _("Cancelled") if head.cancelled else str(STAGES[head.stage]),
        "stages": Stage,
        "facts": facts_of(head),
        "nav_key": "process",
        "trail": [
            (title, url_for("desk.show", handbook_id=head.handbook_id)),
            (_("Process"), url_for("process.show", handbook_id=head.handbook_id)),
            (name, url_for("workshops.show", **here)),
            *crumbs,
        ],
    }
