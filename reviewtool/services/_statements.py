"""Steps on joint statements: the one that an actor works on, who joins it, whose it becomes."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from reviewtool.domain.actors import Actor
from reviewtool.domain.policy import Action
from reviewtool.models.statements import Statement, StatementMember, StatementPoint
from reviewtool.queries.facts import found
from reviewtool.queries.statements import statement_facts
from reviewtool.queries.visible import works_on
from reviewtool.services._contributions import Round, find_round, require_writing
from reviewtool.services._policy import require


def load_statement(
    session: Session, actor: Actor, action: Action, now: datetime
) -> tuple[Statement, Round]:
    """Lock the statement that the actor works on, while the round is open.

    Raises Refused: not found (whoever doesn't work on one), round closed, not allowed.
    """
    statement = found(
        session.scalar(
            select(Statement)
            .where(Statement.phase_id == (actor.phase_id or ""), works_on(actor, Statement.id))
            .order_by(Statement.created_at)
            .limit(1)
            .with_for_update()
        )
    )
    found_round = find_round(session, actor, now)
    require_writing(actor, found_round)
    require(actor, action, statement_facts(session, actor, now))
    return statement, found_round


def load_point(session: Session, statement: Statement, point_id: str) -> StatementPoint:
    """Lock a point of a statement. Raises Refused (not found)."""
    return found(
        session.scalar(
            select(StatementPoint)
            .where(StatementPoint.id == point_id, StatementPoint.statement_id == statement.id)
            .with_for_update()
        )
    )


def join(session: Session, statement_id: str, person_id: str, now: datetime) -> bool:
    """Let a person work on a statement; False where they do already."""
    member = session.get(StatementMember, (statement_id, person_id))
    if member is None:
        member = StatementMember(statement_id=statement_id, person_id=person_id, joined_at=now)
        session.add(member)
    elif member.left_at is None:
        return False
    member.left_at = None
    session.flush()
    return True


def hand_on(
    session: Session, phase_id: str, giver_id: str, receiver_id: str, now: datetime
) -> None:
    """Let a colleague who takes a task over work on its statement, and submit it."""
    statements = session.scalars(
        select(Statement)
        .join(StatementMember, StatementMember.statement_id == Statement.id)
        .where(
            Statement.phase_id == phase_id,
            StatementMember.person_id == giver_id,
            StatementMember.left_at.is_(None),
        )
        .with_for_update(of=Statement)
    ).all()
    for statement in statements:
        join(session, statement.id, receiver_id, now)
        session.get_one(StatementMember, (statement.id, giver_id)).left_at = now
        if statement.holder_id == giver_id:
            statement.holder_id = receiver_id
