"""The step that ends unsent words: they were sent, or the person is gone."""

from __future__ import annotations

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from reviewtool.domain.actors import Actor
from reviewtool.models.invitations import Invitation
from reviewtool.models.unsent import Unsent


def forget_unsent(session: Session, actor: Actor, form: str) -> None:
    """Drop the private copy of a form whose words have arrived; none: nothing happens."""
    if form:
        session.execute(
            delete(Unsent).where(
                Unsent.invitation_id == (actor.invitation_id or ""), Unsent.form == form
            )
        )


def erase_unsent(session: Session, person_id: str) -> None:
    """Drop all that a person has half written, in every round."""
    own = select(Invitation.id).where(Invitation.person_id == person_id)
    session.execute(delete(Unsent).where(Unsent.invitation_id.in_(own)))
