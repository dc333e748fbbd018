"""The step that lets plans, relations and episodes follow sections that were split or merged."""

from collections.abc import Collection

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from reviewtool.domain.phases import PhaseState
from reviewtool.models.invitations import Assignment, AssignmentSection
from reviewtool.models.phases import Phase, PhaseSection
from reviewtool.models.sections import Relation
from reviewtool.models.stories import Episode


def follow_in_plans(session: Session, sections: Collection[str], heirs: Collection[str]) -> None:
    """Ask of the heirs what planned phases were to ask of the sections; 4 queries.

    Phases that are open or closed look at their own frozen draft, and stay as they were.
    """
    planned = select(Phase.id).where(Phase.state == PhaseState.PLANNED)
    chosen = session.execute(
        select(PhaseSection.phase_id, PhaseSection.section_id).where(
            PhaseSection.phase_id.in_(planned), PhaseSection.section_id.in_([*sections, *heirs])
        )
    ).all()
    known = {(row.phase_id, row.section_id) for row in chosen}
    for phase_id in {row.phase_id for row in chosen if row.section_id in sections}:
        for heir in heirs:
            if (phase_id, heir) not in known:
                session.add(PhaseSection(phase_id=phase_id, section_id=heir))
    assigned = session.execute(
        select(AssignmentSection.assignment_id, AssignmentSection.section_id)
        .join(Assignment, Assignment.id == AssignmentSection.assignment_id)
        .where(
            Assignment.phase_id.in_(planned),
            AssignmentSection.section_id.in_([*sections, *heirs]),
        )
    ).all()
    taken = {(row.assignment_id, row.section_id) for row in assigned}
    for assignment_id in {row.assignment_id for row in assigned if row.section_id in sections}:
        for heir in heirs:
            if (assignment_id, heir) not in taken:
                session.add(AssignmentSection(assignment_id=assignment_id, section_id=heir))
    session.flush()


def relations_follow(session: Session, merged: Collection[str], heir: str) -> None:
    """Let what was related to merged sections be related to their heir; 1 query."""
    rows = session.scalars(
        select(Relation).where(
            or_(
                Relation.section_id.in_([*merged, heir]),
                Relation.other_id.in_([*merged, heir]),
            )
        )
    ).all()
    pairs = {frozenset((row.section_id, row.other_id)) for row in rows}
    for pair in pairs.copy():
        followed = frozenset(heir if one in merged else one for one in pair)
        if len(followed) == 2 and followed not in pairs:
            pairs.add(followed)
            (other,) = followed - {heir}
            session.add(Relation(section_id=heir, other_id=other))
    session.flush()


def episodes_follow(session: Session, merged: Collection[str], heir: str) -> None:
    """Let episodes of stories that were about merged activities be about their heir; 1 query."""
    session.execute(update(Episode).where(Episode.activity_id.in_(merged)).values(activity_id=heir))
