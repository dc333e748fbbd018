"""Until when one organisation's people can write: for every query that asks if a phase is open."""

from datetime import date

from sqlalchemy import ColumnElement, ScalarSelect, and_, select

from reviewtool.models.extensions import Extension
from reviewtool.models.invitations import Invitation


def of_invitation() -> ColumnElement[bool]:
    """The condition that joins an invitation with the extension of its organisation."""
    return and_(
        Extension.phase_id == Invitation.phase_id,
        Extension.organisation_id == Invitation.organisation_id,
    )


def extended_to(invitation_id: str | None) -> ScalarSelect[date]:
    """Select the last day of an invitation's own organisation; none where it has no extension."""
    return (
        select(Extension.closes_on)
        .join(Invitation, of_invitation())
        .where(Invitation.id == invitation_id)
        .scalar_subquery()
    )
