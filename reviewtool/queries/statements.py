"""An organisation's joint statement, as those who work on it read it; nobody else does."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import ColumnElement, ScalarSelect, and_, select
from sqlalchemy.orm import Session

from reviewtool.domain.actors import Actor
from reviewtool.domain.contributions import ContributionKind
from reviewtool.domain.invitations import TAKING_PART
from reviewtool.domain.policy import Facts
from reviewtool.models.invitations import Assignment, Invitation
from reviewtool.models.organisations import Organisation
from reviewtool.models.people import Person
from reviewtool.models.statements import Statement, StatementMember, StatementPoint
from reviewtool.queries.contributions import ContributionLine, lines_of
from reviewtool.queries.facts import phase_facts
from reviewtool.queries.placing import place_in
from reviewtool.queries.visible import works_on
from reviewtool.text.anchors import Passage, Status
from reviewtool.text.anchors import Placement as Placed


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
    kind: ContributionKind
    section_id: str | None
    quote: str
    language: str
    words: str
    replacement: str | None
    target_group: str
    activity: str
    effect: str
    publish_consent: bool
    version: int
    by: str
    updated_at: datetime
    line: ContributionLine | None = None
    """The contribution that was submitted."""
    place: Placed | None = None
    """Where its passage stands in the text that is shown; none: not about one, or not asked."""

    @property
    def is_apart(self) -> bool:
        """Tell whether its passage is no longer in the text that is shown."""
        return self.place is not None and self.place.status is Status.REMOVED


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
    """What a participant finds who doesn't work on a statement of their organisation.

    Of a statement that is under way nothing is told to whom nobody vouches for (ADR 10).
    """

    organisation: str
    vouched: bool
    under_way: bool = False
    left: bool = False
    """Whether nobody works any more on the one that was begun."""
    may_begin: bool = False
    """Whether its reader may begin it, or go on with the one that was left."""


def statement_facts(session: Session, actor: Actor, now: datetime) -> Facts:
    """Load what the policy asks of the statement that the actor works on; at most 4 queries."""
    facts = phase_facts(session, actor.phase_id or "", now, actor)
    statement_id = session.scalar(
        select(Statement.id).where(_of(actor)).order_by(Statement.created_at).limit(1)
    )
    vouched = session.scalar(
        select(Invitation.vouched).where(
            Invitation.id == (actor.invitation_id or ""), Invitation.organisation_id.is_not(None)
        )
    )
    return replace(
        facts,
        in_statement=statement_id is not None,
        holds_statement=statement_id is not None
        and holder_of(session, statement_id) == actor.person_id,
        vouched=bool(vouched),
    )


_at_work = (
    select(Person.id, Person.name)
    .join(StatementMember, StatementMember.person_id == Person.id)
    .join(Statement, Statement.id == StatementMember.statement_id)
    .join(
        Invitation,
        and_(
            Invitation.phase_id == Statement.phase_id,
            Invitation.person_id == StatementMember.person_id,
        ),
    )
    .where(StatementMember.left_at.is_(None), Invitation.state.in_(TAKING_PART))
    .order_by(
        StatementMember.person_id != Statement.holder_id,
        StatementMember.joined_at,
        StatementMember.person_id,
    )
)
"""Those who work on statements; first the one who submits it: whoever holds it, or else the one who
has worked on it longest of those who still take part."""


def holder_of(session: Session, statement_id: str) -> str | None:
    """Tell who submits a statement; 1 query. None: nobody works on it any more."""
    found: str | None = session.scalar(_at_work.where(Statement.id == statement_id).limit(1))
    return found


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
    people = session.execute(_at_work.where(Statement.id == statement.id)).all()
    holder = people[0]
    members = tuple(
        MemberLine(one.id, one.name, one.id == holder.id, one.id == actor.person_id)
        for one in people
    )
    return JointStatement(
        id=statement.id,
        organisation=organisation,
        submitted_at=statement.submitted_at,
        holds=holder.id == actor.person_id,
        holder=holder.name,
        members=members,
        points=tuple(_points(session, actor, statement.id)),
    )


def _points(session: Session, actor: Actor, statement_id: str) -> list[PointLine]:
    rows = session.execute(_POINTS.where(StatementPoint.statement_id == statement_id)).all()
    sent = [row.StatementPoint.contribution_id for row in rows]
    lines = lines_of(session, actor, [one for one in sent if one])
    return [_line(point, name, line=lines.get(point.contribution_id or "")) for point, name in rows]


_POINTS = (
    select(StatementPoint, Person.name)
    .join(Person, Person.id == StatementPoint.written_by_id)
    .order_by(StatementPoint.created_at, StatementPoint.id)
)


def _line(
    point: StatementPoint,
    name: str,
    *,
    line: ContributionLine | None = None,
    place: Placed | None = None,
) -> PointLine:
    return PointLine(
        id=point.id,
        kind=point.kind,
        section_id=point.section_id,
        quote=point.quote,
        language=point.language,
        words=point.words,
        replacement=point.replacement,
        target_group=point.target_group,
        activity=point.activity,
        effect=point.effect,
        publish_consent=point.publish_consent,
        version=point.version,
        by=name,
        updated_at=point.updated_at,
        line=line,
        place=place,
    )


def worked_for(actor: Actor) -> ScalarSelect[str]:
    """Give the organisation's name on whose statement the actor works, as a part of a query."""
    return (
        select(Organisation.name)
        .join(Statement, Statement.organisation_id == Organisation.id)
        .where(_of(actor))
        .order_by(Statement.created_at)
        .limit(1)
        .scalar_subquery()
    )


def drafts_on(
    session: Session, actor: Actor, section_id: str, revision_id: str, text: str
) -> list[PointLine]:
    """List the points on a text that the actor's organisation hasn't submitted, each placed in the
    text that is shown; at most 2 queries.
    """
    rows = session.execute(
        _POINTS.join(Statement, Statement.id == StatementPoint.statement_id).where(
            _of(actor),
            StatementPoint.section_id == section_id,
            StatementPoint.contribution_id.is_(None),
        )
    ).all()
    passages = {
        point.id: (point.revision_id or "", Passage(point.start, point.end, point.quote))
        for point, _name in rows
        if point.start is not None and point.end is not None
    }
    places = place_in(session, passages, revision_id, text)
    return [_line(point, name, place=places.get(point.id)) for point, name in rows]


def statement_door(session: Session, actor: Actor) -> StatementDoor | None:
    """Tell whether the actor may begin their organisation's statement; at most 4 queries."""
    row = session.execute(
        select(Organisation.name, Invitation.vouched)
        .join(Invitation, Invitation.organisation_id == Organisation.id)
        .where(Invitation.id == (actor.invitation_id or ""))
    ).one_or_none()
    if row is None or not row.vouched:
        return StatementDoor(row.name, vouched=False) if row else None
    begun = session.scalar(
        select(Statement.id)
        .where(
            Statement.phase_id == actor.phase_id,
            Statement.organisation_id == actor.organisation_id,
        )
        .order_by(Statement.created_at)
        .limit(1)
    )
    under_way = begun is not None and holder_of(session, begun) is not None
    return StatementDoor(
        row.name,
        vouched=True,
        under_way=under_way,
        left=begun is not None and not under_way,
        may_begin=not under_way and may_begin(session, actor),
    )


def may_begin(session: Session, actor: Actor) -> bool:
    """Tell whether the actor holds their organisation's task, or nobody does; 1 query.

    Who signed up in the organisation's name, or no longer takes part, is nobody here.
    """
    holder = session.scalar(
        select(Assignment.invitation_id)
        .join(Invitation, Invitation.id == Assignment.invitation_id)
        .where(
            Assignment.phase_id == actor.phase_id,
            Assignment.organisation_id == actor.organisation_id,
            Invitation.vouched,
            Invitation.state.in_(TAKING_PART),
        )
    )
    return holder is None or holder == actor.invitation_id
