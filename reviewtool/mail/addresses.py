"""Every address that a mail can hold; a contract test proves that each is a route."""

from __future__ import annotations

from email.utils import parseaddr
from urllib.parse import urlsplit

from reviewtool.config.settings import Settings
from reviewtool.domain.links import make_refusal, make_token
from reviewtool.models.links import Link

LINK = "/in/{token}"
LINK_TO_OWN = "/in/{token}?to=mine"
LINK_TO_SAID = "/in/{token}?to=said&at={contribution_id}"
NO_REPLIES = "/no-replies/{token}"
REQUEST = "/h/{handbook_id}/rounds/{phase_id}"
PRIVACY = "/privacy"
HANDBOOK = "/h/{handbook_id}"

PATHS = (LINK, LINK_TO_OWN, LINK_TO_SAID, NO_REPLIES, REQUEST, PRIVACY, HANDBOOK)


def site(settings: Settings) -> str:
    """Give the address of the site without a slash at its end."""
    return settings.base_url.rstrip("/")


def host(settings: Settings) -> str:
    """Give the host name of the site: the right-hand side of every Message-ID."""
    return urlsplit(settings.base_url).hostname or "localhost"


def calendar_uid(settings: Settings, phase_id: str) -> str:
    """Name a workshop's calendar entry: the same for ever, in mails and downloads."""
    return f"workshop-{phase_id}@{host(settings)}"


def sender_name(settings: Settings) -> str:
    """Give the name that recipients know the sender by: "Kumaja"."""
    name, address = parseaddr(settings.mail_from)
    return name or address


def link_url(settings: Settings, link_id: str, generation: int) -> str:
    """Make the address of a link: nothing secret is stored, so it can be made at each sending."""
    token = make_token(settings.secret_key, link_id, generation)
    return site(settings) + LINK.format(token=token)


def own_url(settings: Settings, link: Link) -> str:
    """Make the address by which a participant comes to their own contributions and answers."""
    token = make_token(settings.secret_key, link.id, link.generation)
    return site(settings) + LINK_TO_OWN.format(token=token)


def said_url(settings: Settings, link: Link, contribution_id: str) -> str:
    """Make the address by which a participant comes to where a contribution stands."""
    token = make_token(settings.secret_key, link.id, link.generation)
    return site(settings) + LINK_TO_SAID.format(token=token, contribution_id=contribution_id)


def no_replies_url(settings: Settings, link_id: str) -> str:
    """Make the address at which a participant refuses mail of replies; it lets nobody in."""
    return site(settings) + NO_REPLIES.format(token=make_refusal(settings.secret_key, link_id))


def request_url(settings: Settings, handbook_id: str, phase_id: str) -> str:
    """Make the address of the public page that shows the same request as the mail."""
    return site(settings) + REQUEST.format(handbook_id=handbook_id, phase_id=phase_id)


def privacy_url(settings: Settings) -> str:
    """Make the address of the privacy notice."""
    return site(settings) + PRIVACY


def handbook_url(settings: Settings, handbook_id: str) -> str:
    """Make the address of a handbook's public page."""
    return site(settings) + HANDBOOK.format(handbook_id=handbook_id)
