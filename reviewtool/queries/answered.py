"""Who has answered in a phase: the conditions of the list, of reminders and of the figures."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import ColumnElement, and_, exists, not_, or_
from sqlalchemy.orm import aliased

from reviewtool.domain.invitations import ANSWERING_FOR, ASKED, InvitationState, Origin
from reviewtool.models.deputies import Deputy
from reviewtool.models.invitations import Invitation
from reviewtool.models.people import Person
from reviewtool.models.phases import Phase

REST = timedelta(hours=20)
"""How long nobody is reminded a second time by hand: once a day at the most."""


def still_to_answer() -> ColumnElement[bool]:
    """The condition on invitations from which an answer is still awaited."""
    return and_(Invitation.state.in_(ASKED), not_(answered_by_another()), not_(is_erased()))


def is_erased() -> ColumnElement[bool]:
    """The condition on invitations of people who were erased: nothing is asked of them."""
    person = aliased(Person)
    return exists().where(person.id == Invitation.person_id, person.erased_at.is_not(None))


def answered_by_another() -> ColumnElement[bool]:
    """The condition on invitations for which somebody else has answered.

    Somebody who answers for another one (a deputy, a person of a shared box) answers for both.
    """
    other = aliased(Invitation)
    return exists().where(
        other.passed_from_id == Invitation.id,
        or_(
            and_(other.origin.in_(ANSWERING_FOR), other.state == InvitationState.READY),
            # Those who have begun in their own names are asked under them, not the box too.
            and_(other.origin == Origin.BOX, other.came_in_at.is_not(None)),
        ),
    )


def someone_stands_in(today: date) -> ColumnElement[bool]:
    """The condition on invitations of people whose deputy is asked instead of them today.

    today: in the handbook's time zone.
    """
    asked = aliased(Invitation)
    phase = aliased(Phase)
    return exists().where(
        Deputy.person_id == Invitation.person_id,
        Deputy.handbook_id == phase.handbook_id,
        phase.id == Invitation.phase_id,
        asked.phase_id == Invitation.phase_id,
        asked.person_id == Deputy.deputy_id,
        Deputy.starts_on <= today,
        Deputy.ends_on >= today,
    )
