"""Which contributions are open: the one predicate of the gate, the desk and the counts (rule 3).

Open is what was received and has no answer that ends it. *Deferred* ends it as long as the phase
that it was deferred to is ahead; *moved* leaves it open in the section where it went. What is late
counts once it is admitted. The same as domain.answers.keeps_open says of one; *handled together
with* is open while the other one has no answer (a withdrawn one never gets any).
"""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from reviewtool.domain.answers import AnswerKind
from reviewtool.domain.contributions import ContributionState
from reviewtool.domain.phases import PhaseKind, PhaseState
from reviewtool.models.answers import Answer
from reviewtool.models.contributions import Contribution
from reviewtool.models.handbooks import Process
from reviewtool.models.phases import Phase


def standing_section() -> ColumnElement[str | None]:
    """The section in which a contribution is dealt with.

    The heir of its text, which was split or merged; where it was moved to; or its own.
    """
    return func.coalesce(Contribution.heir_id, Answer.moved_section_id, Contribution.section_id)


def is_ahead() -> ColumnElement[bool]:
    """The condition on phases to which something can be deferred: their turn hasn't come.

    A planned one that was left behind, because a later one has begun, never comes. Nobody has to
    open a drafting phase: the editors write as soon as what comes before it has begun.
    """
    later, before, newer = aliased(Phase), aliased(Phase), aliased(Process)
    begun = (
        select(func.coalesce(func.max(later.position), -1))
        .where(later.process_id == Phase.process_id, later.state != PhaseState.PLANNED)
        .correlate(Phase)
        .scalar_subquery()
    )
    own_run = (
        select(Process.number)
        .where(Process.id == Phase.process_id)
        .correlate(Phase)
        .scalar_subquery()
    )
    return and_(
        Phase.state == PhaseState.PLANNED,
        Phase.position > begun,
        ~exists().where(newer.handbook_id == Phase.handbook_id, newer.number > own_run),
        or_(
            Phase.kind != PhaseKind.DRAFTING,
            exists().where(
                before.process_id == Phase.process_id,
                before.position < Phase.position,
                before.position > begun,
                before.kind != PhaseKind.DRAFTING,
            ),
        ),
    )


def open_condition() -> ColumnElement[bool]:
    """The condition on contributions, outer-joined with their answers and the phase deferred to."""
    other = aliased(Answer)
    other_answered = exists().where(other.contribution_id == Answer.together_with_id)
    return and_(
        Contribution.state == ContributionState.RECEIVED,
        or_(
            Answer.id.is_(None),
            Answer.kind == AnswerKind.MOVED,
            and_(Answer.kind == AnswerKind.TOGETHER_WITH, ~other_answered),
            and_(Answer.kind == AnswerKind.DEFERRED, ~is_ahead()),
        ),
    )


def open_by_section(session: Session, handbook_id: str) -> dict[str | None, int]:
    """Count a handbook's open contributions by section; None: about the whole; 1 query."""
    section = standing_section()
    rows = session.execute(
        select(section.label("section_id"), func.count().label("number"))
        .select_from(Contribution)
        .outerjoin(Answer, Answer.contribution_id == Contribution.id)
        .outerjoin(Phase, Phase.id == Answer.deferred_phase_id)
        .where(Contribution.handbook_id == handbook_id, open_condition())
        .group_by(section)
    ).all()
    return {row.section_id: row.number for row in rows}


def open_of_section(session: Session, handbook_id: str, section_id: str) -> int:
    """Count the open contributions of one section; 1 query."""
    return (
        session.scalar(
            select(func.count())
            .select_from(Contribution)
            .outerjoin(Answer, Answer.contribution_id == Contribution.id)
            .outerjoin(Phase, Phase.id == Answer.deferred_phase_id)
            .where(
                Contribution.handbook_id == handbook_id,
                standing_section() == section_id,
                open_condition(),
            )
        )
        or 0
    )
