"""Use cases of contributions that came after a round's end: admitting them, leaving them out."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from reviewtool.domain.actors import Actor
from reviewtool.domain.contribution_moves import CONTRIBUTION_TABLE, ContributionMove
from reviewtool.domain.invitations import purpose_of
from reviewtool.domain.messages import MessageKind
from reviewtool.domain.people import AddressState
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.domain.tables import step
from reviewtool.infra.installation import Installation
from reviewtool.models.contributions import Contribution
from reviewtool.models.invitations import Invitation
from reviewtool.models.late import LateDecision
from reviewtool.models.people import Address, Person
from reviewtool.models.phases import Phase
from reviewtool.queries.facts import found, handbook_facts
from reviewtool.services._contributions import check_length
from reviewtool.services._links import find_or_make_link
from reviewtool.services._outbox import post
from reviewtool.services._policy import require
from reviewtool.services._requests import is_repeat, remember
from reviewtool.services._trace import trace


def admit(
    installation: Installation, actor: Actor, contribution_id: str, reason: str, request_id: str
) -> None:
    """Take a late contribution in as received; from now on it asks for an answer (rule 3).

    Its author is mailed the reason. Raises Refused: reason missing; already done; not possible.
    """
    _decide(installation, actor, contribution_id, ContributionMove.ADMIT, reason, request_id)


def leave_out(
    installation: Installation, actor: Actor, contribution_id: str, reason: str, request_id: str
) -> None:
    """Leave a late contribution out; it stays in the ledger, and can still be admitted.

    Its author is mailed the reason. Raises Refused: reason missing; already done; not possible.
    """
    _decide(installation, actor, contribution_id, ContributionMove.LEAVE_OUT, reason, request_id)


def _decide(
    installation: Installation,
    actor: Actor,
    contribution_id: str,
    move: ContributionMove,
    reason: str,
    request_id: str,
) -> None:
    now = installation.clock.now()
    if not reason.strip():
        raise Refused(Reason.REASON_MISSING)
    check_length(reason)
    words = [move.value, contribution_id, reason]
    with installation.database.write() as session:
        contribution = found(
            session.scalar(
                select(Contribution).where(Contribution.id == contribution_id).with_for_update()
            )
        )
        facts = handbook_facts(session, contribution.handbook_id)
        if is_repeat(session, actor, request_id, words):
            return
        taken = step(CONTRIBUTION_TABLE, contribution.state, move)
        require(actor, taken.action, facts)
        contribution.state = taken.state
        session.merge(
            LateDecision(
                contribution_id=contribution_id,
                admitted=move is ContributionMove.ADMIT,
                reason=reason.strip(),
                decided_by_id=found(actor.person_id),
                decided_at=now,
            )
        )
        remember(session, actor, request_id, words, contribution_id, now)
        _tell(session, now, contribution)
        assert taken.traced is not None
        trace(session, actor, now, contribution.handbook_id, taken.traced, contribution_id)


def _tell(session: Session, now: datetime, contribution: Contribution) -> None:
    """Mail the author what was decided, with the way to their own page."""
    row = session.execute(
        select(Invitation, Person.language, Phase.kind)
        .join(Person, Person.id == Invitation.person_id)
        .join(Phase, Phase.id == Invitation.phase_id)
        .join(Address, Address.id == Invitation.address_id)
        .where(
            Invitation.person_id == contribution.author_id,
            Invitation.phase_id == contribution.phase_id,
            Address.state != AddressState.DEAD,
            Person.erased_at.is_(None),
        )
        .order_by(Invitation.created_at, Invitation.id)
        .limit(1)
    ).one_or_none()
    if row is None:
        return
    invitation: Invitation = row.Invitation
    link = find_or_make_link(
        session,
        now,
        person_id=invitation.person_id,
        purpose=purpose_of(row.kind),
        phase_id=invitation.phase_id,
        invitation_id=invitation.id,
    )
    post(
        session,
        now,
        MessageKind.LATE_DECIDED,
        f"late:{contribution.id}:{contribution.state.value}",
        person_id=invitation.person_id,
        address_id=invitation.address_id or "",
        language=row.language,
        handbook_id=contribution.handbook_id,
        phase_id=invitation.phase_id,
        context={
            "contribution": contribution.id,
            "state": contribution.state.value,
            "link": link.id,
        },
    )
