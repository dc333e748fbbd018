"""Use cases of agreeing with what another participant said."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from reviewtool.domain.actors import Actor
from reviewtool.domain.contribution_moves import CONTRIBUTION_TABLE, ContributionMove
from reviewtool.domain.contributions import NameShown
from reviewtool.domain.policy import Action
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.domain.tables import step
from reviewtool.domain.trace import Act
from reviewtool.infra.installation import Installation
from reviewtool.models.contributions import Contribution, Support
from reviewtool.queries.facts import contribution_facts
from reviewtool.services._contributions import find_round, require_writing
from reviewtool.services._invitations import came_in, load_invitation
from reviewtool.services._policy import require
from reviewtool.services._trace import trace


def support(
    installation: Installation,
    actor: Actor,
    contribution_id: str,
    *,
    for_organisation: bool = False,
) -> bool:
    """Agree with a contribution, as it is worded now. Repeating it agrees with newer words.

    Gives whether the organisation agrees, and not the person for themselves: with what their own
    organisation said only people do.

    Raises Refused: not found (nothing that the actor sees), not allowed, round closed.
    """
    now = installation.clock.now()
    with installation.database.write() as session:
        require_writing(actor, find_round(session, actor, now))
        invitation = load_invitation(session, actor.invitation_id)
        contribution = _seen(session, installation, actor, contribution_id)
        step(CONTRIBUTION_TABLE, contribution.state, ContributionMove.SUPPORT)
        for_organisation = for_organisation and _may_be_anothers(contribution, actor)
        row = _own_support(session, actor, contribution_id)
        if row is not None and row.version == contribution.version:
            row.for_organisation = for_organisation
            return for_organisation
        if row is None:
            row = Support(contribution_id=contribution_id, person_id=invitation.person_id)
            session.add(row)
        row.organisation_id = actor.organisation_id
        row.for_organisation = for_organisation
        row.version = contribution.version
        row.created_at = now
        came_in(session, actor, invitation, now)
        trace(
            session,
            actor,
            now,
            contribution.handbook_id,
            Act.CONTRIBUTION_SUPPORTED,
            contribution_id,
            {"version": contribution.version, "for_organisation": for_organisation},
        )
        return for_organisation


def _may_be_anothers(contribution: Contribution, actor: Actor) -> bool:
    """Tell whether, for all that others are shown, another organisation's people said it."""
    if actor.organisation_id is None:
        return False
    return (
        contribution.organisation_id != actor.organisation_id
        or contribution.name_shown is NameShown.NOBODY
    )


def unsupport(installation: Installation, actor: Actor, contribution_id: str) -> None:
    """Take an agreement back; nothing happens where there is none.

    Raises Refused: not found, not allowed, round closed.
    """
    now = installation.clock.now()
    with installation.database.write() as session:
        require_writing(actor, find_round(session, actor, now))
        load_invitation(session, actor.invitation_id)  # one act of a person at a time
        contribution = _seen(session, installation, actor, contribution_id)
        row = _own_support(session, actor, contribution_id)
        if row is None:
            return
        session.delete(row)
        trace(
            session,
            actor,
            now,
            contribution.handbook_id,
            Act.CONTRIBUTION_UNSUPPORTED,
            contribution_id,
        )


def _seen(
    session: Session, installation: Installation, actor: Actor, contribution_id: str
) -> Contribution:
    """Give a contribution that the actor sees and may support; what is hidden isn't there."""
    facts = contribution_facts(session, actor, contribution_id, installation.clock.now())
    contribution = session.get(Contribution, contribution_id)
    if contribution is None:
        raise Refused(Reason.NOT_FOUND)
    require(actor, Action.SUPPORT, facts)
    return contribution


def _own_support(session: Session, actor: Actor, contribution_id: str) -> Support | None:
    return session.scalar(
        select(Support).where(
            Support.contribution_id == contribution_id, Support.person_id == actor.person_id
        )
    )
