"""What every page of a link says above its text: for whom its person stands in, and where the
handbook is read once it is published.
"""

from __future__ import annotations

from typing import Any

from flask import url_for

from reviewtool.domain.invitations import Origin
from reviewtool.web import current


def standing(link_id: str) -> dict[str, Any]:
    """Give what the frame of a link's pages says of deputies and of the published handbook."""
    link = current.held_link(link_id)
    is_deputy = link.origin is Origin.DEPUTY
    return {
        "handbook_url": url_for("public.handbook", handbook_id=link.actor.handbook_id)
        if link.published
        else None,
        "stands_in": link.stands_in,
        "deputy": is_deputy,
        "days_over": is_deputy and not link.stands_in,
    }
