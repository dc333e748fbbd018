"""The newest frozen draft of a handbook: a step of queries and use cases."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from reviewtool.models.drafts import Draft


def newest_draft(session: Session, handbook_id: str) -> Draft | None:
    """Give the draft of the highest number, in its last correction; 1 query."""
    return session.scalar(
        select(Draft)
        .where(Draft.handbook_id == handbook_id)
        .order_by(Draft.number.desc(), Draft.correction.desc())
        .limit(1)
    )
