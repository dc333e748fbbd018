"""What a request works with: its installation, its reading session and its actor.

Only the view layer asks here; services and queries get these as arguments.
"""

from __future__ import annotations

from datetime import datetime
from typing import cast

from flask import current_app, g, request, session
from flask_login import current_user
from sqlalchemy.orm import Session

from reviewtool.domain.actors import VISITOR, Actor
from reviewtool.domain.links import LinkState
from reviewtool.infra.installation import Installation
from reviewtool.queries.actors import FoundLink, find_link

MOST_LINKS = 12
"""How many links one browser holds at the most; the oldest makes room."""


class SessionLostError(Exception):
    """This browser no longer holds the link that the address names."""

    def __init__(self, link_id: str) -> None:
        """Keep the link's public id, for the page that offers the way on."""
        super().__init__(link_id)
        self.link_id = link_id


def installation() -> Installation:
    """Give the installation that the application was made for."""
    return cast(Installation, current_app.extensions["reviewtool"])


def now() -> datetime:
    """Give the present moment by the installation's clock."""
    return installation().clock.now()


def reader() -> Session:
    """Give the request's reading session: one snapshot, which can't write."""
    if "reader" not in g:
        g.reader = installation().database.reader()
    return cast(Session, g.reader)


def close_reader(_error: BaseException | None = None) -> None:
    """Close the reading session at the end of the request."""
    opened = g.pop("reader", None)
    if opened is not None:
        opened.close()


def fresh_reader() -> Session:
    """Begin a new snapshot, for a page that is shown after a write in the same request."""
    close_reader()
    return reader()


def keep_link(found: FoundLink) -> None:
    """Let this browser's session hold a link, beside those that it has."""
    assert found.actor.link_id is not None
    held = dict(session.get("links", {}))
    held.pop(found.actor.link_id, None)
    held[found.actor.link_id] = found.generation
    session["links"] = dict(list(held.items())[-MOST_LINKS:])
    session.permanent = True


def drop_link(link_id: str) -> None:
    """Forget a link in this browser ("not you?")."""
    session["links"] = {
        key: value for key, value in session.get("links", {}).items() if key != link_id
    }


def held() -> dict[str, int]:
    """Give the links that this browser holds, by their public ids, with their generations."""
    return dict(session.get("links", {}))


def answering(link_id: str) -> str | None:
    """Give the link of the one who answers by a shared box's link in this browser."""
    own: str | None = session.get("answering", {}).get(link_id)
    return own if own in session.get("links", {}) else None


def answer_in_name(link_id: str, own_id: str) -> None:
    """Note who answers by a shared box's link; their own link needs no further question."""
    held = session.get("links", {})
    known = {key: own for key, own in session.get("answering", {}).items() if key in held}
    session["answering"] = {**known, link_id: own_id, own_id: own_id}


def held_link(link_id: str) -> FoundLink:
    """Read the link that this browser holds.

    Raises SessionLostError where the browser doesn't hold it, or it is no longer good.
    """
    generation = session.get("links", {}).get(link_id)
    if generation is None:
        raise SessionLostError(link_id)
    if "link" not in g or g.link.actor.link_id != link_id:
        g.link = find_link(
            reader(), link_id, generation, now(), installation().settings.retention_days
        )
    if g.link is None or g.link.state not in (LinkState.OPEN, LinkState.READING):
        raise SessionLostError(link_id)
    return cast(FoundLink, g.link)


def actor() -> Actor:
    """Give who acts: by the link in the address, else by the signed-in account, else a visitor."""
    link_id = (request.view_args or {}).get("link_id")
    if link_id is not None:
        return held_link(link_id).actor
    if current_user.is_authenticated:
        return cast(Actor, current_user.actor)
    return VISITOR
