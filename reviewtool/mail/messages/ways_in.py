"""Mails that carry a way in and little else: signing in, confirming an address, a new link."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from reviewtool.domain.invitations import InvitationState
from reviewtool.domain.links import Purpose
from reviewtool.mail.messages.frame import Mail
from reviewtool.mail.messages.rows import Rows


@dataclass(frozen=True, kw_only=True)
class SignInMail(Mail):
    """A link that signs an editor in, once, until a moment."""

    url: str
    expires_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class ConfirmationMail(Mail):
    """A link by which somebody who signed up shows that the address is theirs.

    Whoever typed the name and the organisation is unknown: the letter holds neither.
    """

    url: str
    expires_at: datetime | None

    @property
    def named(self) -> bool:
        """Whether the letter calls its recipient by name."""
        return False


@dataclass(frozen=True, kw_only=True)
class NewLinkMail(Mail):
    """The living link again."""

    url: str
    approves: bool
    reads_only: bool
    """The phase is over: the link shows one's own words and the answers."""


def sign_in(rows: Rows) -> SignInMail:
    """Give the context of a sign-in link."""
    return SignInMail(frame=rows.frame, url=rows.link_url, expires_at=rows.link.expires_at)


def confirmation(rows: Rows) -> ConfirmationMail:
    """Give the context of an address's confirmation."""
    return ConfirmationMail(frame=rows.frame, url=rows.link_url, expires_at=rows.link.expires_at)


def new_link(rows: Rows) -> NewLinkMail:
    """Give the context of a link that is sent again."""
    over = rows.phase is not None and not rows.phase_is_open and rows.phase.opened_at is not None
    return NewLinkMail(
        frame=rows.frame,
        url=rows.link_url,
        approves=rows.link.purpose is Purpose.APPROVE,
        reads_only=over,
    )


def link_lives(rows: Rows) -> bool:
    """Tell whether the link would still let its holder in."""
    link = rows.link
    expired = link.expires_at is not None and link.expires_at <= rows.now
    return link.revoked_at is None and link.used_at is None and not expired


def waits_for_confirmation(rows: Rows) -> bool:
    """Tell whether the address is still to be confirmed, and can be."""
    return link_lives(rows) and rows.invitation.state is InvitationState.UNCONFIRMED
