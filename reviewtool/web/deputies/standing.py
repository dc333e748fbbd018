"""For whom a link's person stands in: what every page of a link says above its text."""

from __future__ import annotations

from typing import Any

from reviewtool.domain.invitations import Origin
from reviewtool.web import current


def standing(link_id: str) -> dict[str, Any]:
    """Give what the frame of a link's pages says of deputies."""
    link = current.held_link(link_id)
    is_deputy = link.origin is Origin.DEPUTY
    return {
        "stands_in": link.stands_in,
        "deputy": is_deputy,
        "days_over": is_deputy and not link.stands_in,
    }
