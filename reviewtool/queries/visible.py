"""Which contributions an actor sees: the one SQL predicate, equal to the policy (rule 11)."""

from sqlalchemy import ColumnElement, and_, exists, false, or_, true
from sqlalchemy.orm import InstrumentedAttribute, aliased

from reviewtool.domain.actors import Actor, ActorKind
from reviewtool.domain.contributions import (
    NEED_CONSENT,
    READ_BY_ALL,
    ContributionState,
    Sharing,
)
from reviewtool.domain.invitations import TAKING_PART
from reviewtool.domain.links import Purpose
from reviewtool.models.contributions import Contribution
from reviewtool.models.invitations import Invitation
from reviewtool.models.statements import Statement, StatementMember, StatementPoint
from reviewtool.models.workshops import WorkshopGroup


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Give the condition under which an actor sees a contribution (Action.SEE_CONTRIBUTION).

    One's own always, and what came of a statement that one works on; a fellow participant's as far
    as was promised when it was said; all of a handbook for its editors; everything for the system.
    """
    if actor.kind is ActorKind.SYSTEM:
        return true()
    ways: list[ColumnElement[bool]] = [false()]
    if actor.person_id is not None:
        ways.append(Contribution.author_id == actor.person_id)
        ways.append(worked_on(actor))
    if actor.roles:
        ways.append(Contribution.handbook_id.in_(sorted(actor.roles)))
    if actor.kind is ActorKind.LINK and actor.purpose is Purpose.PARTICIPATE and actor.phase_id:
        ways.append(_shared(actor))
    return or_(*ways)


def visible_to_all() -> ColumnElement[bool]:
    """Give the condition under which anyone may learn that something was said.

    Only what was said under that promise; an example or what was said in an interview besides only
    with its author's consent.
    """
    return and_(
        Contribution.sharing == Sharing.PUBLIC,
        Contribution.state == ContributionState.RECEIVED,
        or_(Contribution.kind.not_in(NEED_CONSENT), Contribution.publish_consent),
    )


_own = aliased(Contribution)


def _shared(actor: Actor) -> ColumnElement[bool]:
    has_contributed = exists().where(
        _own.phase_id == actor.phase_id,
        _own.author_id == actor.person_id,
        _own.state == ContributionState.RECEIVED,
    )
    return and_(
        Contribution.phase_id == actor.phase_id,
        Contribution.state == ContributionState.RECEIVED,
        or_(
            Contribution.sharing.in_(READ_BY_ALL),
            and_(Contribution.sharing == Sharing.AFTER_OWN, has_contributed),
            and_(Contribution.sharing == Sharing.FROM_DAY, Contribution.shared_from <= actor.today)
            if actor.today
            else false(),
        ),
    )


def works_on(actor: Actor, statement_id: InstrumentedAttribute[str]) -> ColumnElement[bool]:
    """Give the condition under which an actor works on a statement, and hasn't left its round."""
    return exists().where(
        StatementMember.statement_id == statement_id,
        StatementMember.person_id == actor.person_id,
        StatementMember.left_at.is_(None),
        _statement.id == StatementMember.statement_id,
        Invitation.phase_id == _statement.phase_id,
        Invitation.person_id == StatementMember.person_id,
        Invitation.state.in_(TAKING_PART),
    )


def worked_on(actor: Actor) -> ColumnElement[bool]:
    """Give the condition under which a contribution came of a statement that the actor works on."""
    return exists().where(
        StatementPoint.contribution_id == Contribution.id,
        works_on(actor, StatementPoint.statement_id),
    )


def of_statement() -> ColumnElement[bool]:
    """Give the condition under which a contribution is part of an organisation's statement."""
    return exists().where(StatementPoint.contribution_id == Contribution.id)


def of_group() -> ColumnElement[bool]:
    """Give the condition under which a workshop's group said it, on its flip chart."""
    return exists().where(WorkshopGroup.person_id == Contribution.author_id)


_statement = aliased(Statement)
