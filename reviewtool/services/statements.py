"""Use cases of an organisation's joint statement: one begins it, one submits what all wrote."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from reviewtool.domain.actors import Actor
from reviewtool.domain.contributions import Channel
from reviewtool.domain.phases import PhaseKind
from reviewtool.domain.policy import Action
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.domain.trace import Act
from reviewtool.infra.installation import Installation
from reviewtool.models.contributions import Contribution
from reviewtool.models.invitations import Invitation
from reviewtool.models.organisations import Organisation
from reviewtool.models.statements import Statement, StatementPoint
from reviewtool.queries.facts import found
from reviewtool.queries.lineage import heir_for
from reviewtool.queries.statements import holder_of, may_begin, statement_facts
from reviewtool.queries.visible import works_on
from reviewtool.services._contributions import (
    Round,
    Words,
    add_contribution,
    find_round,
    require_writing,
    shown_revision,
    something_said,
    trace_made,
)
from reviewtool.services._further import set_further
from reviewtool.services._invitations import came_in, load_invitation
from reviewtool.services._policy import require
from reviewtool.services._requests import earlier, remember
from reviewtool.services._statements import (
    NewHolder,
    join,
    load_statement,
    passage_of,
    pending,
    put_words,
    words_of,
)
from reviewtool.services._trace import trace


def begin(installation: Installation, actor: Actor, request_id: str) -> str:
    """Begin the joint statement of one's organisation; gives its id. Repeating changes nothing.

    Whoever begins it submits it, until it is handed over; one that all others have left is gone on
    with. Raises Refused: not possible now (another holds the task, one is under way), round closed,
    not allowed (no organisation, or nobody vouches that the actor speaks for it).
    """
    now = installation.clock.now()
    with installation.database.write() as session:
        found_round = find_round(session, actor, now)
        require_writing(actor, found_round)
        invitation = load_invitation(session, actor.invitation_id)
        own = session.scalar(
            select(Statement.id).where(
                Statement.phase_id == invitation.phase_id, works_on(actor, Statement.id)
            )
        )
        if own is not None:
            return own
        require(actor, Action.BEGIN_STATEMENT, statement_facts(session, actor, now))
        if found_round.phase.kind is not PhaseKind.ROUND:
            raise Refused(Reason.NOT_POSSIBLE_NOW)
        statement, made = _begun(session, actor, invitation, now)
        join(session, statement.id, invitation.person_id, now)
        statement.holder_id = invitation.person_id
        remember(session, actor, request_id, ["statement"], statement.id, now)
        handbook_id = found_round.phase.handbook_id
        came_in(session, actor, invitation, now)
        if made:
            facts: dict[str, str | int | bool | None] = {"organisation": statement.organisation_id}
            trace(session, actor, now, handbook_id, Act.STATEMENT_BEGUN, statement.id, facts)
        else:
            joined = {"invitation": invitation.id}
            trace(session, actor, now, handbook_id, Act.STATEMENT_JOINED, statement.id, joined)
            NewHolder(statement.id, handbook_id, invitation.person_id).trace(session, actor, now)
        return statement.id


def _begun(
    session: Session, actor: Actor, invitation: Invitation, now: datetime
) -> tuple[Statement, bool]:
    """Make the organisation's statement, or find the one that all have left; whether it is new."""
    # Locked, so that of two colleagues at once one begins it.
    organisation = session.scalars(
        select(Organisation).where(Organisation.id == invitation.organisation_id).with_for_update()
    ).one()
    known = session.scalar(
        select(Statement)
        .where(
            Statement.phase_id == invitation.phase_id,
            Statement.organisation_id == organisation.id,
        )
        .order_by(Statement.created_at)
        .limit(1)
        .with_for_update()
    )
    worked_on = known is not None and holder_of(session, known.id) is not None
    if worked_on or not may_begin(session, actor):
        raise Refused(Reason.NOT_POSSIBLE_NOW)
    if known is not None:
        return known, False
    statement = Statement(
        phase_id=invitation.phase_id,
        organisation_id=organisation.id,
        holder_id=invitation.person_id,
        created_at=now,
    )
    session.add(statement)
    session.flush()
    return statement, True


def submit_statement(
    installation: Installation, actor: Actor, seen: str, request_id: str
) -> tuple[str, ...]:
    """Submit the points as the organisation's position; gives the contributions they become.

    seen: the points with their versions, as the holder read them. Later points are submitted the
    same way. Raises Refused: text changed, empty (nothing to submit), round closed, not allowed.
    """
    now = installation.clock.now()
    with installation.database.write() as session:
        statement, found_round = load_statement(session, actor, Action.SUBMIT_STATEMENT, now)
        before = earlier(session, actor, request_id, ["submit", seen])
        if before is not None and before.same_words:
            return tuple(before.object_id.split())
        points = pending(session, statement)
        if not points:
            raise Refused(Reason.EMPTY)
        if " ".join(sorted(f"{point.id}:{point.version}" for point in points)) != seen:
            raise Refused(Reason.TEXT_CHANGED)
        invitation = load_invitation(session, actor.invitation_id)
        made = [_become(session, actor, now, found_round, statement, point) for point in points]
        statement.submitted_at = now
        ids = tuple(contribution.id for contribution in made)
        remember(session, actor, request_id, ["submit", seen], " ".join(ids), now)
        came_in(session, actor, invitation, now)
        for contribution in made:
            trace_made(session, actor, now, contribution)
        handbook_id = found_round.phase.handbook_id
        facts: dict[str, str | int | bool | None] = {"points": len(made)}
        trace(session, actor, now, handbook_id, Act.STATEMENT_SUBMITTED, statement.id, facts)
        return ids


def _become(
    session: Session,
    actor: Actor,
    now: datetime,
    found_round: Round,
    statement: Statement,
    point: StatementPoint,
) -> Contribution:
    """Make a point a contribution of its organisation; the words stand there from now on."""
    phase, passage, said = found_round.phase, passage_of(point), words_of(point)
    revision_id, heir_id = point.revision_id, None
    if point.section_id is not None:
        revision = shown_revision(session, found_round, point.section_id, revision_id)
        revision_id = revision.id
        heir_id = heir_for(session, phase.handbook_id, revision, passage, said.replacement)
    something_said(session, actor, point.section_id)
    contribution = add_contribution(
        session,
        actor,
        now,
        phase=phase,
        kind=point.kind,
        channel=Channel.WEB,
        author_id=found(actor.person_id),
        organisation_id=statement.organisation_id,
        language=point.language,
        section_id=point.section_id,
        revision_id=revision_id,
        passage=passage,
        heir_id=heir_id,
        words=said,
    )
    set_further(session, phase, contribution, point.also)
    put_words(point, Words())
    point.contribution_id = contribution.id
    return contribution
