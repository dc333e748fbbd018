"""The runs of a handbook's process: their order, and which is the present one."""

from __future__ import annotations

from sqlalchemy import ScalarSelect, func, select
from sqlalchemy.orm import Session

from reviewtool.models.handbooks import Process
from reviewtool.models.phases import Phase


def run_number() -> ScalarSelect[int]:
    """Give the number of a phase's run, to order phases by and to compare."""
    return select(Process.number).where(Process.id == Phase.process_id).scalar_subquery()


def run_of(session: Session, phase_id: str) -> int:
    """Give the number of the run that a phase belongs to; 1 query."""
    number = session.scalar(select(run_number()).where(Phase.id == phase_id))
    return number or 1


def present_run(session: Session, handbook_id: str) -> int:
    """Give the number of a handbook's present run; 1 query."""
    newest = select(func.max(Process.number)).where(Process.handbook_id == handbook_id)
    return session.scalar(newest) or 1
