"""What every editor's page of a handbook shows: where one is, and in which handbook."""

from __future__ import annotations

from typing import Any

from flask import url_for

from reviewtool.domain.policy import Facts
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.infra.i18n import localized
from reviewtool.queries.facts import section_facts
from reviewtool.queries.sections import HandbookHead, handbook_head
from reviewtool.web import current

Crumb = tuple[str, str | None]


def of_own_section(handbook_id: str, section_id: str, **_others: str) -> Facts:
    """Give the facts of the section in the address, which has to be of the handbook there."""
    facts = section_facts(current.reader(), section_id)
    if facts.handbook_id != handbook_id:
        raise Refused(Reason.NOT_FOUND)
    return facts


def head_of(handbook_id: str) -> HandbookHead:
    """Read the handbook of the address; 1 query."""
    return handbook_head(current.reader(), current.actor(), handbook_id)


def frame(head: HandbookHead, nav_key: str, *crumbs: Crumb) -> dict[str, Any]:
    """Give a template its handbook, its place in the navigation and the way that led here."""
    start: Crumb = (localized(head.title), url_for("desk.show", handbook_id=head.id))
    return {
        "handbook": head,
        "nav_key": nav_key,
        "trail": [start, *crumbs],
    }
