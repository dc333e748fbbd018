"""Links: a personal way in, bound to person, purpose and phase (rule 9).

A token is `id.generation.mac`: nothing secret is stored, so that it can be made again at each
sending, and it is revoked by raising the generation in its row.
"""

import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

MAC_LENGTH = 32
"""Hexadecimal characters of the code: 128 bits."""


NEW_LINK_INTERVAL = timedelta(minutes=5)
"""How often a person is mailed a link anew at the most."""


class Purpose(StrEnum):
    """What a link lets its holder do."""

    PARTICIPATE = "participate"
    APPROVE = "approve"
    SIGN_IN = "sign-in"
    CONFIRM = "confirm"


class LinkState(StrEnum):
    """What a genuine link is good for now."""

    OPEN = "open"
    READING = "reading"
    EXPIRED = "expired"
    USED = "used"
    REVOKED = "revoked"


def make_token(key: str, link_id: str, generation: int) -> str:
    """Make the token of a link with the present key."""
    return f"{link_id}.{generation}.{_link_mac(key, link_id, generation)}"


def read_token(keys: Sequence[str], token: str) -> tuple[str, int] | None:
    """Check a token against the keys, newest first; give (link id, generation), or None."""
    parts = token.split(".")
    if len(parts) != 3 or not parts[1].isdecimal() or len(parts[1]) > 9:
        return None
    link_id, generation = parts[0], int(parts[1])
    for key in keys:
        if hmac.compare_digest(_link_mac(key, link_id, generation).encode(), parts[2].encode()):
            return link_id, generation
    return None


def make_refusal(key: str, link_id: str) -> str:
    """Make the token by which mail of replies is refused: it lets nobody in.

    Mail programs press it for their users; it works for as long as a letter may lie about.
    """
    return f"{link_id}.{_mac(key, 'reviewtool-no-replies', link_id)}"


def read_refusal(keys: Sequence[str], token: str) -> str | None:
    """Check a token that refuses mail of replies; give the id of the link, or None."""
    link_id, _dot, mac = token.partition(".")
    for key in keys:
        expected = _mac(key, "reviewtool-no-replies", link_id)
        if hmac.compare_digest(expected.encode(), mac.encode()):
            return link_id
    return None


def _link_mac(key: str, link_id: str, generation: int) -> str:
    return _mac(key, "reviewtool-link", link_id, str(generation))


def _mac(key: str, *parts: str) -> str:
    message = "\n".join(parts)
    return hmac.new(key.encode(), message.encode(), hashlib.sha256).hexdigest()[:MAC_LENGTH]


@dataclass(frozen=True)
class LinkFacts:
    """What decides what a link is good for: its own dates, and those of its phase."""

    expires_at: datetime | None
    used_at: datetime | None
    revoked_at: datetime | None
    phase_open: bool | None
    """None for a link without a phase."""
    phase_over_at: datetime | None
    """When its phase closed; None while it is open or planned."""
    retention: timedelta


def link_state(facts: LinkFacts, now: datetime) -> LinkState:
    """Tell what a genuine link is good for at a moment.

    When its phase closes it loses writing and keeps reading until the retention date.
    """
    if facts.revoked_at is not None:
        return LinkState.REVOKED
    if facts.used_at is not None:
        return LinkState.USED
    if facts.expires_at is not None and now >= facts.expires_at:
        return LinkState.EXPIRED
    if facts.phase_over_at is not None and now >= facts.phase_over_at + facts.retention:
        return LinkState.EXPIRED
    return LinkState.OPEN if facts.phase_open is not False else LinkState.READING
