"""The rows of which the figures of a run are made: who took part, and what was said."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import case, func, or_, select
from sqlalchemy.orm import Session

from reviewtool.domain.answers import AnswerKind, AnswerState
from reviewtool.models.answers import Answer
from reviewtool.models.contributions import Contribution
from reviewtool.models.invitations import Invitation
from reviewtool.models.phases import Phase
from reviewtool.models.verdicts import Verdict
from reviewtool.queries.counting import asked, counts, took_part
from reviewtool.queries.openness import standing_section


@dataclass(frozen=True)
class PersonRow:
    """Somebody who was asked in a phase, or took part in it."""

    phase_id: str
    person_id: str
    organisation_id: str | None
    asked: bool
    took_part: bool


def people_of(session: Session, phase_ids: Collection[str]) -> list[PersonRow]:
    """Read who was asked or took part, each with the organisation that they stand for in a phase:
    the one they were asked for, or else one for which they spoke.
    """
    spoke_for = (
        select(func.min(Contribution.organisation_id))
        .where(
            Contribution.phase_id == Invitation.phase_id,
            Contribution.author_id == Invitation.person_id,
            counts(),
        )
        .correlate(Invitation)
        .scalar_subquery()
    )
    rows = session.execute(
        select(
            Invitation.phase_id,
            Invitation.person_id,
            func.coalesce(Invitation.organisation_id, spoke_for).label("organisation_id"),
            case((asked(), 1), else_=0).label("asked"),
            case((took_part(), 1), else_=0).label("took_part"),
        )
        .join(Phase, Phase.id == Invitation.phase_id)
        .where(Invitation.phase_id.in_(phase_ids), or_(asked(), took_part()))
    )
    return [
        PersonRow(
            row.phase_id,
            row.person_id,
            row.organisation_id,
            bool(row.asked),
            bool(row.took_part),
        )
        for row in rows
    ]


def said_in(session: Session, phase_ids: Collection[str]) -> list[SaidRow]:
    """Read what was said in phases; 1 query."""
    rows = session.execute(
        select(
            Contribution.phase_id,
            Contribution.author_id,
            Contribution.organisation_id,
            standing_section().label("section_id"),
            Answer.kind,
            Answer.state,
            Verdict.satisfied,
        )
        .outerjoin(Answer, Answer.contribution_id == Contribution.id)
        .outerjoin(Verdict, Verdict.contribution_id == Contribution.id)
        .where(Contribution.phase_id.in_(phase_ids), counts())
    )
    return [
        SaidRow(
            row.phase_id,
            row.author_id,
            row.organisation_id,
            row.section_id,
            row.kind if row.state is AnswerState.PUBLISHED else None,
            row.satisfied if row.state is AnswerState.PUBLISHED else None,
        )
        for row in rows
    ]


@dataclass(frozen=True)
class SaidRow:
    """A contribution that counts, and what has been told of its answer."""

    phase_id: str
    author_id: str
    organisation_id: str | None
    section_id: str | None
    answer: AnswerKind | None
    """Where it has been published."""
    satisfied: bool | None
    """What its author says of that answer."""
