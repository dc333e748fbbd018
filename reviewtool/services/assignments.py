"""The use case of asking an organisation about some texts first, and saying who holds the task."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from reviewtool.domain.actors import Actor
from reviewtool.domain.phases import ASKING, PhaseState
from reviewtool.domain.policy import Action
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.domain.trace import Act
from reviewtool.infra.installation import Installation
from reviewtool.models.invitations import Assignment, AssignmentSection, Invitation
from reviewtool.models.phases import Phase, PhaseSection
from reviewtool.models.sections import Section
from reviewtool.queries.facts import found, phase_facts
from reviewtool.services._phases import load_phase
from reviewtool.services._policy import require
from reviewtool.services._requests import earlier, remember
from reviewtool.services._trace import trace


@dataclass(frozen=True)
class Task:
    """What an organisation is asked about, none: about all; and by whose invitation it is held."""

    sections: frozenset[str]
    holder_id: str


def change_assignment(
    installation: Installation,
    actor: Actor,
    phase_id: str,
    organisation_id: str,
    task: Task,
    request_id: str,
) -> None:
    """Ask an organisation about these texts first; nobody is mailed, their pages say so.

    Raises Refused: not possible now (a closed phase), not found (a text that isn't the phase's, a
    holder of another organisation), not allowed.
    """
    now = installation.clock.now()
    words = ["assignment", phase_id, organisation_id, task.holder_id, *sorted(task.sections)]
    with installation.database.write() as session:
        phase = load_phase(session, phase_id)
        require(actor, Action.RUN_PROCESS, phase_facts(session, phase_id, now))
        before = earlier(session, actor, request_id, words)
        if before is not None and before.same_words:
            return
        if phase.kind not in ASKING or phase.state is PhaseState.CLOSED:
            raise Refused(Reason.NOT_POSSIBLE_NOW)
        _check_sections(session, phase, task.sections)
        _check_holder(session, phase_id, organisation_id, task.holder_id)
        assignment = session.scalar(
            select(Assignment).where(
                Assignment.phase_id == phase_id, Assignment.organisation_id == organisation_id
            )
        ) or Assignment(phase_id=phase_id, organisation_id=organisation_id, created_at=now)
        assignment.invitation_id = task.holder_id
        session.add(assignment)
        session.flush()
        _put_sections(session, assignment.id, task.sections)
        remember(session, actor, request_id, words, assignment.id, now)
        facts: dict[str, str | int | bool | None] = {
            "organisation": organisation_id,
            "holder": task.holder_id,
            "sections": " ".join(sorted(task.sections)),
        }
        trace(session, actor, now, phase.handbook_id, Act.ASSIGNMENT_CHANGED, phase_id, facts)


def _check_sections(session: Session, phase: Phase, sections: Collection[str]) -> None:
    if not sections:
        return
    known = set(
        session.scalars(
            select(Section.id).where(
                Section.id.in_(sections), Section.handbook_id == phase.handbook_id
            )
        )
    )
    chosen = set(
        session.scalars(select(PhaseSection.section_id).where(PhaseSection.phase_id == phase.id))
    )
    if known != set(sections) or (chosen and not known <= chosen):
        raise Refused(Reason.NOT_FOUND)


def _check_holder(
    session: Session, phase_id: str, organisation_id: str, invitation_id: str
) -> None:
    found(
        session.scalar(
            select(Invitation.id).where(
                Invitation.id == invitation_id,
                Invitation.phase_id == phase_id,
                Invitation.organisation_id == organisation_id,
            )
        )
    )


def _put_sections(session: Session, assignment_id: str, sections: Collection[str]) -> None:
    session.execute(
        delete(AssignmentSection).where(AssignmentSection.assignment_id == assignment_id)
    )
    session.add_all(
        AssignmentSection(assignment_id=assignment_id, section_id=one) for one in sorted(sections)
    )
    session.flush()
