"""That a handbook has been published, for those who took part in writing it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from reviewtool.mail import addresses
from reviewtool.mail.messages.frame import Mail
from reviewtool.mail.messages.rows import Rows
from reviewtool.models.publications import Publication


@dataclass(frozen=True, kw_only=True)
class PublishedMail(Mail):
    """Where the handbook is read, and where one sees what came of what one said."""

    url: str
    edition: str
    own_url: str
    """Empty once the recipient's link shows nothing any more."""


def published(rows: Rows) -> PublishedMail:
    """Give the context of the news of a publication."""
    kept = timedelta(days=rows.settings.retention_days)
    closed_at = rows.the_phase.closed_at
    lives = rows.link.revoked_at is None and (closed_at is None or rows.now < closed_at + kept)
    return PublishedMail(
        frame=rows.frame,
        url=addresses.handbook_url(rows.settings, rows.the_handbook.id),
        edition=str(rows.required(Publication, "publication").number),
        own_url=rows.own_url if lives else "",
    )
