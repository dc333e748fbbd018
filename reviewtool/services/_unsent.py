"""Steps on unsent words: they were sent, the person is gone, or two persons are one."""

from __future__ import annotations

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from reviewtool.domain.actors import Actor
from reviewtool.domain.unsent import another, same_words
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


def keep_both(session: Session, kept_id: str, merged_id: str) -> None:
    """Let what was half written in two invitations that become one stand side by side.

    Other words under the same form get a key of their own, which opens the same form.
    """
    taken = {row.form: row for row in _of(session, kept_id)}
    for row in _of(session, merged_id):
        twin = taken.get(row.form)
        if twin is not None and same_words(twin.fields, row.fields):
            session.delete(row)
            continue
        number = 2
        while row.form in taken:
            row.form = another(row.form, number)
            number += 1
        taken[row.form] = row
        row.invitation_id = kept_id
    session.flush()


def _of(session: Session, invitation_id: str) -> list[Unsent]:
    return list(
        session.scalars(
            select(Unsent).where(Unsent.invitation_id == invitation_id).order_by(Unsent.updated_at)
        )
    )
