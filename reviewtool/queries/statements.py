"""An organisation's joint statement, as those who work on it read it; nobody else does."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import Session

from reviewtool.domain.actors import Actor
from reviewtool.domain.invitations import TAKING_PART
from reviewtool.domain.policy import Facts
from reviewtool.models.invitations import Assignment, Invitation
from reviewtool.models.organisations import Organisation
from reviewtool.models.people import Person
from reviewtool.models.statements import Statement, StatementMember, StatementPoint
from reviewtool.queries.contributions import ContributionLine, lines_of
from reviewtool.queries.facts import phase_facts
from reviewtool.queries.visible import works_on


@dataclass(frozen=True)
class MemberLine:
    """Somebody who works on the statement."""

    person_id: str
    name: str
    holds: bool
    own: bool


@dataclass(frozen=True)
class PointLine:
    """A point: a draft with its words, or what it became."""

    id: str
    section_id: str | None
    words: str
    version: int
    by: str
    updated_at: datetime
    line: ContributionLine | None
    """The contribution that was submitted."""


@dataclass(frozen=True)
class JointStatement:
    """The statement with its people and points; drafts are those still to be submitted."""

    id: str
    organisation: str
    submitted_at: datetime | None
    holds: bool
    """Whether its reader submits it."""
    holder: str
    members: tuple[MemberLine, ...]
    points: tuple[PointLine, ...]

    @property
    def drafts(self) -> tuple[PointLine, ...]:
        """List the points that haven't been submitted."""
        return tuple(point for point in self.points if point.line is None)

    @property
    def sent(self) -> tuple[PointLine, ...]:
        """List the points that have been."""
        return tuple(point for point in self.points if point.line is not None)

    @property
    def seen(self) -> str:
        """Spell what is shown, so that nothing else is submitted than what was read."""
        return " ".join(sorted(f"{point.id}:{point.version}" for point in self.drafts))


@dataclass(frozen=True)
class StatementDoor:
    """What a participant finds who doesn't work on a statement of their organisation."""

    organisation: str
    under_way: bool
    may_begin: bool


def statement_facts(session: Session, actor: Actor, now: datetime) -> Facts:
    """Load what the policy asks of the statement that the actor works on; 2 queries."""
    facts = phase_facts(session, actor.phase_id or "", now, actor)
    statement = session.execute(
        select(Statement.holder_id).where(_of(actor)).limit(1)
    ).one_or_none()
    return replace(
        facts,
        in_statement=statement is not None,
        holds_statement=statement is not None and statement.holder_id == actor.person_id,
    )


def _of(actor: Actor) -> ColumnElement[bool]:
    return (Statement.phase_id == (actor.phase_id or "")) & works_on(actor, Statement.id)


def joint_statement(session: Session, actor: Actor) -> JointStatement | None:
    """Read the statement that the actor works on; at most 5 queries. None for whoever doesn't."""
    row = session.execute(
        select(Statement, Organisation.name)
        .join(Organisation, Organisation.id == Statement.organisation_id)
        .where(_of(actor))
        .order_by(Statement.created_at)
        .limit(1)
    ).one_or_none()
    if row is None:
        return None
    statement, organisation = row
    members = _members(session, actor, statement)
    return JointStatement(
        id=statement.id,
        organisation=organisation,
        submitted_at=statement.submitted_at,
        holds=statement.holder_id == actor.person_id,
        holder=next((one.name for one in members if one.holds), ""),
        members=tuple(members),
        points=tuple(_points(session, actor, statement.id)),
    )


def _members(session: Session, actor: Actor, statement: Statement) -> list[MemberLine]:
    rows = session.execute(
        select(Person.id, Person.name)
        .join(StatementMember, StatementMember.person_id == Person.id)
        .join(Invitation, Invitation.person_id == Person.id)
        .where(
            StatementMember.statement_id == statement.id,
            StatementMember.left_at.is_(None),
            Invitation.phase_id == statement.phase_id,
            Invitation.state.in_(TAKING_PART),
        )
        .order_by(StatementMember.joined_at, Person.name)
    )
    return [
        MemberLine(row.id, row.name, row.id == statement.holder_id, row.id == actor.person_id)
        for row in rows
    ]


def _points(session: Session, actor: Actor, statement_id: str) -> list[PointLine]:
    rows = session.execute(
        select(StatementPoint, Person.name)
        .join(Person, Person.id == StatementPoint.written_by_id)
        .where(StatementPoint.statement_id == statement_id)
        .order_by(StatementPoint.created_at, StatementPoint.id)
    ).all()
    sent = [row.StatementPoint.contribution_id for row in rows]
    lines = lines_of(session, actor, [one for one in sent if one])
    return [
        PointLine(
            id=point.id,
            section_id=point.section_id,
            words=point.words,
            version=point.version,
            by=name,
            updated_at=point.updated_at,
            line=lines.get(point.contribution_id or ""),
        )
        for point, name in rows
    ]


def statement_door(session: Session, actor: Actor) -> StatementDoor | None:
    """Tell whether the actor may begin their organisation's statement; 3 queries.

    Where the editors asked the organisation, its task's holder begins. Who writes it isn't told to
    whoever isn't in: anybody may sign up in an organisation's name.
    """
    name = session.scalar(
        select(Organisation.name).where(Organisation.id == (actor.organisation_id or ""))
    )
    if name is None:
        return None
    under_way = session.scalar(
        select(
            exists().where(
                Statement.phase_id == actor.phase_id,
                Statement.organisation_id == actor.organisation_id,
            )
        )
    )
    return StatementDoor(name, bool(under_way), not under_way and may_begin(session, actor))


def may_begin(session: Session, actor: Actor) -> bool:
    """Tell whether the actor holds their organisation's task, or nobody does; 1 query."""
    holder = session.scalar(
        select(Assignment.invitation_id).where(
            Assignment.phase_id == actor.phase_id,
            Assignment.organisation_id == actor.organisation_id,
        )
    )
    return holder is None or holder == actor.invitation_id
