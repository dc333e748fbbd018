"""Which contributions an actor sees: the one SQL predicate, equal to the policy (rule 11)."""

from sqlalchemy import ColumnElement, and_, exists, false, or_, true
from sqlalchemy.orm import aliased

from reviewtool.domain.actors import Actor, ActorKind
from reviewtool.domain.contributions import READ_BY_ALL, ContributionState, Sharing
from reviewtool.domain.links import Purpose
from reviewtool.models.contributions import Contribution


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Give the condition under which an actor sees a contribution (Action.SEE_CONTRIBUTION).

    One's own always; a fellow participant's as far as was promised when it was said; all of a
    handbook for its editors; everything for the system.
    """
    if actor.kind is ActorKind.SYSTEM:
        return true()
    ways: list[ColumnElement[bool]] = [false()]
    if actor.person_id is not None:
        ways.append(Contribution.author_id == actor.person_id)
    if actor.roles:
        ways.append(Contribution.handbook_id.in_(sorted(actor.roles)))
    if actor.kind is ActorKind.LINK and actor.purpose is Purpose.PARTICIPATE and actor.phase_id:
        ways.append(_shared(actor))
    return or_(*ways)


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
        ),
    )
