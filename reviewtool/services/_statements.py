"""Steps on joint statements: the one that an actor works on, who joins it, whose it becomes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from reviewtool.domain.actors import Actor
from reviewtool.domain.contributions import NameShown
from reviewtool.domain.messages import MessageKind
from reviewtool.domain.phases import PhaseState
from reviewtool.domain.policy import Action
from reviewtool.domain.trace import Act
from reviewtool.models.invitations import Invitation
from reviewtool.models.phases import Phase
from reviewtool.models.statements import Statement, StatementMember, StatementPoint
from reviewtool.queries.facts import found
from reviewtool.queries.statements import holder_of, statement_facts
from reviewtool.queries.visible import works_on
from reviewtool.services._contributions import Round, Words, find_round, require_writing
from reviewtool.services._invitations import mail_way_in
from reviewtool.services._policy import require
from reviewtool.services._trace import trace
from reviewtool.text.anchors import Passage


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
    statement.holder_id = holder_of(session, statement.id) or statement.holder_id
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


def pending(session: Session, statement: Statement) -> list[StatementPoint]:
    """Lock the points of a statement that haven't been submitted, in the order of writing."""
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


def words_of(point: StatementPoint) -> Words:
    """Give what a point says; in the organisation's name only."""
    return Words(
        words=point.words,
        replacement=point.replacement,
        target_group=point.target_group,
        activity=point.activity,
        effect=point.effect,
        publish_consent=point.publish_consent,
        name_shown=NameShown.ORGANISATION,
    )


def put_words(point: StatementPoint, words: Words) -> None:
    """Let a point say something else."""
    point.words, point.replacement = words.words, words.replacement
    point.target_group, point.activity = words.target_group, words.activity
    point.effect, point.publish_consent = words.effect, words.publish_consent


def passage_of(point: StatementPoint) -> Passage | None:
    """Give the passage that a point is about, in its own revision."""
    if point.start is None or point.end is None:
        return None
    return Passage(point.start, point.end, point.quote, point.prefix, point.suffix)


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


@dataclass(frozen=True)
class NewHolder:
    """A statement that somebody else submits from now on."""

    statement_id: str
    handbook_id: str
    person_id: str

    def trace(self, session: Session, actor: Actor, now: datetime) -> None:
        """Trace it: right before the use case's own trace, whose row is locked last."""
        facts: dict[str, str | int | bool | None] = {"to": self.person_id}
        act = Act.STATEMENT_HANDED_OVER
        trace(session, actor, now, self.handbook_id, act, self.statement_id, facts)


def leave_all(
    session: Session, person_id: str, now: datetime, phase_id: str | None = None
) -> list[NewHolder]:
    """Let others submit what a person holds who takes part no longer, in one phase or in all.

    It is the one who has worked on it longest of those who still take part, and they are mailed;
    where nobody is left it stays as it is, until somebody of the organisation goes on with it.
    """
    query = select(Statement).where(Statement.holder_id == person_id).with_for_update()
    if phase_id is not None:
        query = query.where(Statement.phase_id == phase_id)
    new: list[NewHolder] = []
    for statement in session.scalars(query).all():
        heir_id = holder_of(session, statement.id)
        if heir_id is not None and heir_id != person_id:
            new.append(give(session, statement, heir_id, now))
    return new


def give(session: Session, statement: Statement, person_id: str, now: datetime) -> NewHolder:
    """Let somebody submit a statement, and mail it to them while the round is open."""
    statement.holder_id = person_id
    phase = session.get_one(Phase, statement.phase_id)
    invitation = session.scalars(
        select(Invitation).where(Invitation.phase_id == phase.id, Invitation.person_id == person_id)
    ).one()
    if phase.state is PhaseState.OPEN and invitation.address_id is not None:
        kind = MessageKind.STATEMENT_HOLDER
        event = f"{kind.value}:{statement.id}:{int(now.timestamp())}"
        context = {"statement": statement.id}
        mail_way_in(session, phase, invitation, kind, event, now, context=context)
    return NewHolder(statement.id, phase.handbook_id, person_id)


def forget_member(session: Session, person_id: str, now: datetime) -> list[NewHolder]:
    """Let a person who is erased work on no statement any more."""
    session.execute(
        update(StatementMember)
        .where(StatementMember.person_id == person_id, StatementMember.left_at.is_(None))
        .values(left_at=now)
    )
    return leave_all(session, person_id, now)


def hand_on(
    session: Session,
    phase_id: str,
    giver_id: str,
    receiver_id: str,
    now: datetime,
    *,
    told: bool = True,
) -> list[NewHolder]:
    """Let a colleague who takes a task over work on its statement, and submit it.

    told: whether the receiver has another mail that says so.
    """
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
    new: list[NewHolder] = []
    for statement in statements:
        join(session, statement.id, receiver_id, now)
        session.get_one(StatementMember, (statement.id, giver_id)).left_at = now
        if statement.holder_id != giver_id:
            continue
        if told:
            statement.holder_id = receiver_id
            handbook_id = session.get_one(Phase, phase_id).handbook_id
            new.append(NewHolder(statement.id, handbook_id, receiver_id))
        else:
            new.append(give(session, statement, receiver_id, now))
    return new
