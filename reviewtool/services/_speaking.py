"""The step that tells for which organisation somebody speaks, who may work for several."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from reviewtool.models.invitations import Invitation
from reviewtool.models.organisations import Affiliation
from reviewtool.queries.facts import found


def speaking_for(session: Session, invitation: Invitation, wanted: str | None) -> str | None:
    """Give the organisation that was chosen, or else the invitation's.

    Raises Refused (not found) for one that the person doesn't work for.
    """
    if not wanted or wanted == invitation.organisation_id:
        return invitation.organisation_id
    return found(
        session.scalar(
            select(Affiliation.organisation_id).where(
                Affiliation.person_id == invitation.person_id,
                Affiliation.organisation_id == wanted,
            )
        )
    )
