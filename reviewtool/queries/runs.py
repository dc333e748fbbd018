"""The runs of a handbook's process: their order, and which is the present one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ScalarSelect, exists, func, select
from sqlalchemy.orm import Session

from reviewtool.models.drafts import Draft
from reviewtool.models.handbooks import Process
from reviewtool.models.phases import Phase
from reviewtool.models.publications import Publication


@dataclass(frozen=True)
class Run:
    """One run of a handbook's process, as pages name it."""

    number: int
    started_at: datetime
    published_at: datetime | None
    """When its newest edition was published first; None for a run that isn't yet."""
    published_draft_id: str | None
    """What is read of it: its newest edition, with its corrections."""
    begun: bool
    """Whether a phase of it has been opened."""


def runs_of(session: Session, handbook_id: str) -> list[Run]:
    """List the runs of a handbook's process, the newest first; 2 queries."""
    begun = exists().where(Phase.process_id == Process.id, Phase.opened_at.is_not(None))
    rows = session.execute(
        select(Process, begun.label("begun"))
        .where(Process.handbook_id == handbook_id)
        .order_by(Process.number.desc())
    ).all()
    published: dict[str, list[Publication]] = {}
    for publication, process_id in session.execute(
        select(Publication, Draft.process_id)
        .join(Draft, Draft.id == Publication.draft_id)
        .where(Publication.handbook_id == handbook_id)
        .order_by(Publication.edition, Publication.correction)
    ):
        published.setdefault(process_id, []).append(publication)
    return [_run(row.Process, row.begun, published.get(row.Process.id, [])) for row in rows]


def _run(process: Process, begun: bool, published: Sequence[Publication]) -> Run:
    newest = published[-1] if published else None
    return Run(
        number=process.number,
        started_at=process.started_at,
        published_at=next(
            (one.published_at for one in published if newest and one.edition == newest.edition),
            None,
        ),
        published_draft_id=newest.draft_id if newest else None,
        begun=begun,
    )


def run_to_show(runs: Sequence[Run], number: int | None) -> Run | None:
    """Choose the run of an address; without a number the newest that has anything to tell."""
    if number is None:
        return next((one for one in runs if one.begun), runs[0] if runs else None)
    return next((one for one in runs if one.number == number), None)


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
