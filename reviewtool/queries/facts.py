"""The facts that the policy asks for, loaded for pages and use cases alike."""

from datetime import datetime
from typing import TypeVar

from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.orm import Session, aliased

from reviewtool.domain.actors import Actor
from reviewtool.domain.contributions import ContributionState
from reviewtool.domain.handbooks import HandbookState
from reviewtool.domain.phases import PhaseKind, PhaseTimes, is_open
from reviewtool.domain.policy import Action, Facts, may
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.models.contributions import Contribution
from reviewtool.models.handbooks import Handbook
from reviewtool.models.phases import Phase
from reviewtool.models.sections import Section
from reviewtool.queries.extended import extended_to
from reviewtool.queries.visible import worked_on

Row = TypeVar("Row")


def found(row: Row | None) -> Row:
    """Give the row. Raises Refused (not found) where there is none."""
    if row is None:
        raise Refused(Reason.NOT_FOUND)
    return row


def handbook_facts(session: Session, handbook_id: str) -> Facts:
    """Load what the policy asks of a handbook. Raises Refused (not found)."""
    row = found(
        session.execute(
            select(Handbook.state, is_announced().label("announced")).where(
                Handbook.id == handbook_id
            )
        ).one_or_none()
    )
    published = row.state is HandbookState.PUBLISHED
    return Facts(handbook_id=handbook_id, published=published, announced=row.announced)


_joined = aliased(Phase)


def is_announced() -> ColumnElement[bool]:
    """Give the condition under which a handbook's existence may be told to anyone.

    It is published, or a round of it has opened that anyone may join; one that has been announced
    stays so. Nobody is told that others are being written, nor what they are called.
    """
    could_join = exists().where(
        _joined.handbook_id == Handbook.id,
        _joined.kind == PhaseKind.ROUND,
        _joined.open_to_all,
        _joined.opened_at.is_not(None),
    )
    return or_(Handbook.state == HandbookState.PUBLISHED, could_join)


def section_facts(session: Session, section_id: str) -> Facts:
    """Load what the policy asks of a section: its handbook; 1 query. Raises Refused (not found)."""
    row = found(
        session.execute(
            select(Section.handbook_id, Handbook.state)
            .join(Handbook, Handbook.id == Section.handbook_id)
            .where(Section.id == section_id)
        ).one_or_none()
    )
    return Facts(handbook_id=row.handbook_id, published=row.state is HandbookState.PUBLISHED)


def phase_facts(
    session: Session, phase_id: str, now: datetime, actor: Actor | None = None
) -> Facts:
    """Load what the policy asks of a phase; 1 query. Raises Refused (not found).

    actor: whose organisation may have more time than the others.
    """
    row = found(
        session.execute(
            select(
                Phase.handbook_id,
                Phase.state,
                Phase.opens_on,
                Phase.closes_on,
                Phase.open_to_all,
                Phase.sharing,
                Phase.shared_from,
                Handbook.time_zone,
                Handbook.state.label("handbook_state"),
                extended_to(actor.invitation_id if actor else None).label("extended_to"),
            )
            .join(Handbook, Handbook.id == Phase.handbook_id)
            .where(Phase.id == phase_id)
        ).one_or_none()
    )
    times = PhaseTimes(row.state, row.opens_on, row.closes_on, row.time_zone, row.extended_to)
    return Facts(
        handbook_id=row.handbook_id,
        published=row.handbook_state is HandbookState.PUBLISHED,
        phase_id=phase_id,
        phase_open=is_open(times, now),
        open_to_all=row.open_to_all,
        sharing=row.sharing,
        shared_from=row.shared_from,
    )


def contribution_facts(
    session: Session, actor: Actor, contribution_id: str, now: datetime
) -> Facts:
    """Load what the policy asks of a contribution. Raises Refused (not found)."""
    row = found(
        session.execute(
            select(
                Contribution.author_id,
                Contribution.phase_id,
                Contribution.sharing,
                Contribution.shared_from,
                Contribution.state,
            ).where(Contribution.id == contribution_id)
        ).one_or_none()
    )
    phase = phase_facts(session, row.phase_id, now, actor)
    has_contributed = actor.person_id is not None and bool(
        session.scalar(
            select(Contribution.id)
            .where(
                Contribution.phase_id == row.phase_id,
                Contribution.author_id == actor.person_id,
                Contribution.state == ContributionState.RECEIVED,
            )
            .limit(1)
        )
    )
    in_statement = actor.person_id is not None and bool(
        session.scalar(
            select(Contribution.id).where(Contribution.id == contribution_id, worked_on(actor))
        )
    )
    return Facts(
        handbook_id=phase.handbook_id,
        in_statement=in_statement,
        phase_id=row.phase_id,
        phase_open=phase.phase_open,
        owner_person_id=row.author_id,
        sharing=row.sharing,
        shared_from=row.shared_from,
        viewer_has_contributed=has_contributed,
        state=row.state,
    )


def seen_contribution_facts(
    session: Session, actor: Actor, contribution_id: str, now: datetime
) -> Facts:
    """Load what the policy asks of a contribution that the actor sees.

    Raises Refused (not found), also for one that they don't see: that it exists tells something
    already (rule 11).
    """
    facts = contribution_facts(session, actor, contribution_id, now)
    if not may(actor, Action.SEE_CONTRIBUTION, facts):
        raise Refused(Reason.NOT_FOUND)
    return facts
