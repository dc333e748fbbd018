"""Steps on links: one for each person, purpose and phase; a newer one never kills an older."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from reviewtool.domain.links import Purpose
from reviewtool.models.links import Link


def find_or_make_link(
    session: Session,
    now: datetime,
    *,
    person_id: str,
    purpose: Purpose,
    phase_id: str | None = None,
    invitation_id: str | None = None,
) -> Link:
    """Give the person's link for a phase, making it the first time."""
    link = session.scalar(
        select(Link)
        .where(
            Link.person_id == person_id,
            Link.purpose == purpose,
            Link.phase_id == phase_id,
            Link.revoked_at.is_(None),
        )
        .order_by(Link.created_at)
        .limit(1)
    )
    if link is None:
        link = Link(
            person_id=person_id,
            purpose=purpose,
            phase_id=phase_id,
            invitation_id=invitation_id,
            created_at=now,
        )
        session.add(link)
        session.flush()
    return link


def make_short_link(
    session: Session,
    now: datetime,
    *,
    person_id: str,
    purpose: Purpose,
    lives: timedelta,
    phase_id: str | None = None,
    invitation_id: str | None = None,
) -> Link:
    """Make a single-use link that lives for a while: for signing in or confirming."""
    link = Link(
        person_id=person_id,
        purpose=purpose,
        phase_id=phase_id,
        invitation_id=invitation_id,
        expires_at=now + lives,
        created_at=now,
    )
    session.add(link)
    session.flush()
    return link
