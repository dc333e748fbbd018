"""Tickets: what lets a form be sent again after its browser session was lost (rule 2).

A ticket says that this browser held this link when the page was made. It stands in the form, is
signed with the application's key, and is good for a week; only a POST with a fresh CSRF token
makes use of it.
"""

from datetime import timedelta

from flask import request, session
from itsdangerous import BadSignature, URLSafeTimedSerializer

from reviewtool.web import current

LIVES = timedelta(days=7)


def _serializer() -> URLSafeTimedSerializer:
    newest_first = current.installation().settings.all_keys
    return URLSafeTimedSerializer(list(reversed(newest_first)), salt="participant ticket")


def make() -> str:
    """Make the ticket of the link in the address; empty where the browser doesn't hold it."""
    link_id = (request.view_args or {}).get("link_id")
    generation = session.get("links", {}).get(link_id)
    if generation is None:
        return ""
    return str(_serializer().dumps([link_id, generation]))


def read(written: str, link_id: str) -> int | None:
    """Give the generation that a good ticket of this link names; None for any other."""
    try:
        named = _serializer().loads(written, max_age=int(LIVES.total_seconds()))
    except BadSignature:
        return None
    if not isinstance(named, list) or len(named) != 2 or named[0] != link_id:
        return None
    return int(named[1])
