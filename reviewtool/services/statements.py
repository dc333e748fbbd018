"""Use cases of an organisation's joint statement: its people write points, one submits them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from reviewtool.domain.actors import Actor
from reviewtool.domain.contributions import Channel, ContributionKind, NameShown
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
    check_length,
    find_round,
    require_writing,
    shown_revision,
    trace_made,
)
from reviewtool.services._invitations import came_in, load_invitation
from reviewtool.services._policy import require
from reviewtool.services._requests import earlier, is_repeat, remember
from reviewtool.services._statements import NewHolder, join, load_point, load_statement
from reviewtool.services._trace import trace
from reviewtool.services._unsent import forget_unsent

MOST_POINTS = 200


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


def add_point(
    installation: Installation,
    actor: Actor,
    section_id: str | None,
    words: str,
    request_id: str,
    form: str = "",
) -> str:
    """Write a new point, of a text or of the whole; gives its id.

    form: the key of the form in which it was half written, which ends with it. Raises Refused:
    empty, too long, not found, round closed.
    """
    words, now = _checked(words), installation.clock.now()
    about = ["point", section_id or "", words]
    with installation.database.write() as session:
        statement, found_round = load_statement(session, actor, Action.WRITE_STATEMENT, now)
        before = earlier(session, actor, request_id, about)
        if before is not None and before.same_words:
            return before.object_id
        if section_id is not None:
            shown_revision(session, found_round, section_id, None)
        if len(_pending(session, statement)) >= MOST_POINTS:
            raise Refused(Reason.TOO_LONG)
        point = StatementPoint(
            statement_id=statement.id,
            section_id=section_id,
            words=words,
            written_by_id=found(actor.person_id),
            created_at=now,
            updated_at=now,
        )
        session.add(point)
        session.flush()
        remember(session, actor, request_id, about, point.id, now)
        forget_unsent(session, actor, form)
        return point.id


def save_point(
    installation: Installation,
    actor: Actor,
    point_id: str,
    words: str,
    version: int,
    request_id: str,
    form: str = "",
) -> None:
    """Give a point other words. version: the one that was read; form: as for a new point.

    Raises Refused: text changed where a colleague saved meanwhile (rule 10: both are shown);
    not possible now where it has been submitted; empty, too long, not found, round closed.
    """
    words, now = _checked(words), installation.clock.now()
    with installation.database.write() as session:
        statement, _round = load_statement(session, actor, Action.WRITE_STATEMENT, now)
        point = load_point(session, statement, point_id)
        if is_repeat(session, actor, request_id, [point_id, words]):
            return
        _check_draft(point)
        if point.version != version and point.words != words:
            raise Refused(Reason.TEXT_CHANGED)
        if point.words != words:
            point.words, point.version, point.updated_at = words, point.version + 1, now
            point.written_by_id = found(actor.person_id)
        remember(session, actor, request_id, [point_id, words], point_id, now)
        forget_unsent(session, actor, form)


def drop_point(installation: Installation, actor: Actor, point_id: str, version: int) -> None:
    """Take a draft point out; nothing for one that is gone.

    Raises Refused: text changed, not possible now (submitted), round closed, not allowed.
    """
    now = installation.clock.now()
    with installation.database.write() as session:
        statement, _round = load_statement(session, actor, Action.WRITE_STATEMENT, now)
        point = session.get(StatementPoint, point_id, with_for_update=True)
        if point is None or point.statement_id != statement.id:
            return
        _check_draft(point)
        if point.version != version:
            raise Refused(Reason.TEXT_CHANGED)
        session.delete(point)


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
        points = _pending(session, statement)
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
    phase, revision_id, heir_id = found_round.phase, None, None
    if point.section_id is not None:
        revision = shown_revision(session, found_round, point.section_id, None)
        revision_id = revision.id
        heir_id = heir_for(session, phase.handbook_id, revision, None, None)
    contribution = add_contribution(
        session,
        actor,
        now,
        phase=phase,
        kind=ContributionKind.COMMENT,
        channel=Channel.WEB,
        author_id=found(actor.person_id),
        organisation_id=statement.organisation_id,
        language=actor.language,
        section_id=point.section_id,
        revision_id=revision_id,
        heir_id=heir_id,
        words=Words(point.words, name_shown=NameShown.ORGANISATION),
    )
    point.words, point.contribution_id = "", contribution.id
    return contribution


def _pending(session: Session, statement: Statement) -> list[StatementPoint]:
    return list(
        session.scalars(
            select(StatementPoint)
            .where(
                StatementPoint.statement_id == statement.id,
                StatementPoint.contribution_id.is_(None),
            )
            .order_by(StatementPoint.created_at, StatementPoint.id)
            .with_for_update()
        )
    )


def _check_draft(point: StatementPoint) -> None:
    if point.contribution_id is not None:
        raise Refused(Reason.NOT_POSSIBLE_NOW)


def _checked(words: str) -> str:
    words = words.strip()
    if not words:
        raise Refused(Reason.EMPTY)
    check_length(words)
    return words
