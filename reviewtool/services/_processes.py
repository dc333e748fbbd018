"""Steps on processes: one run of a handbook's phases."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from reviewtool.config.processes import PhaseTemplate, ProcessTemplate
from reviewtool.domain.phases import PhaseState
from reviewtool.models.handbooks import Process
from reviewtool.models.phases import Phase, Question


def begin_process(
    session: Session, handbook_id: str, number: int, template: ProcessTemplate, now: datetime
) -> Process:
    """Begin a run of a handbook's process: all phases of the template, planned."""
    process = Process(
        handbook_id=handbook_id, number=number, template=template.name, started_at=now
    )
    session.add(process)
    session.flush()
    for position, phase in enumerate(template.phases):
        _add_phase(session, process, position, phase, now)
    return process


def _add_phase(
    session: Session, process: Process, position: int, template: PhaseTemplate, now: datetime
) -> None:
    phase = Phase(
        handbook_id=process.handbook_id,
        process_id=process.id,
        position=position,
        key=template.key,
        kind=template.kind,
        title=template.title,
        request=template.request,
        state=PhaseState.PLANNED,
        open_to_all=template.open_to_all,
        sharing=template.sharing,
        channel=template.channel,
        reminder_days=list(template.reminder_days),
        created_at=now,
    )
    session.add(phase)
    session.flush()
    session.add_all(
        Question(
            phase_id=phase.id,
            position=number,
            kind=question.kind,
            scope=question.scope,
            words=question.words,
            options=list(question.options),
        )
        for number, question in enumerate(template.questions)
    )
