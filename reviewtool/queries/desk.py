"""The desk: what an editor must do now, and what comes next in the process."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from reviewtool.domain.actors import Actor
from reviewtool.domain.days import local_day
from reviewtool.domain.messages import MessageState
from reviewtool.domain.phases import PhaseKind, PhaseState
from reviewtool.models.answers import Answer
from reviewtool.models.contributions import Contribution
from reviewtool.models.files import File, WaitingOriginal
from reviewtool.models.handbooks import Handbook
from reviewtool.models.messages import Message
from reviewtool.models.phases import Phase
from reviewtool.models.sections import Buffer, Revision, Section, SectionText
from reviewtool.queries.facts import found
from reviewtool.queries.figures import figures_of_handbook
from reviewtool.queries.interviews import DisputedInterview, disputed_interviews
from reviewtool.queries.late import waiting_late
from reviewtool.queries.openness import open_condition, standing_section
from reviewtool.queries.runs import run_number
from reviewtool.queries.sections import editing
from reviewtool.queries.structure import WholeText, left_whole

SOON = timedelta(days=7)
"""How long before its last day a phase is on the desk."""


@dataclass(frozen=True)
class OpenSection:
    """A section with contributions that wait for an answer; no section: about the whole."""

    section_id: str | None
    title: str
    count: int
    oldest: datetime


@dataclass(frozen=True)
class PhaseOnDesk:
    """A phase that is open or comes next."""

    id: str
    title: dict[str, str]
    kind: PhaseKind
    state: PhaseState
    closes_on: date | None
    closes_soon: bool
    over: bool
    """Its last day has passed, and nobody has closed it."""


@dataclass(frozen=True)
class UnsavedText:
    """A text that this editor has begun and not saved."""

    section_id: str
    title: str
    updated_at: datetime


@dataclass(frozen=True)
class AwaitingFile:
    """A file that was uploaded, and waits to be brought in or to be recorded from."""

    file_id: str
    name: str
    created_at: datetime
    original: bool
    """It is read beside the recording form."""


@dataclass(frozen=True)
class Desk:
    """Everything that the desk shows."""

    sections: int
    open_sections: tuple[OpenSection, ...]
    phases: tuple[PhaseOnDesk, ...]
    next_phase: PhaseOnDesk | None
    failed_messages: int
    unsaved: tuple[UnsavedText, ...]
    files: tuple[AwaitingFile, ...]
    disputed: tuple[DisputedInterview, ...]
    late: int
    """Contributions that came after a round's end, and wait for being admitted or left out."""
    old_figures: int
    whole: tuple[WholeText, ...]

    @property
    def open_contributions(self) -> int:
        """Count all contributions that wait for an answer."""
        return sum(line.count for line in self.open_sections)


def desk(session: Session, actor: Actor, handbook_id: str, now: datetime) -> Desk:
    """Read an editor's desk; 11 queries, however much there is to do."""
    editing(actor, handbook_id)
    handbook = found(session.get(Handbook, handbook_id))
    phases = _phases(session, handbook, now)
    return Desk(
        sections=_count_sections(session, handbook_id),
        open_sections=_open_sections(session, handbook),
        phases=tuple(phase for phase in phases if phase.state is PhaseState.OPEN),
        next_phase=_following(phases),
        failed_messages=_failed(session, handbook_id),
        unsaved=_unsaved(session, actor, handbook),
        files=_files(session, actor, handbook_id),
        disputed=disputed_interviews(session, actor, handbook_id),
        late=waiting_late(session, actor, handbook_id),
        old_figures=len(figures_of_handbook(session, actor, handbook_id, now).old),
        whole=tuple(left_whole(session, actor, handbook_id)),
    )


def _count_sections(session: Session, handbook_id: str) -> int:
    return (
        session.scalar(
            select(func.count())
            .select_from(Section)
            .where(Section.handbook_id == handbook_id, Section.dropped_at.is_(None))
        )
        or 0
    )


def _open_sections(session: Session, handbook: Handbook) -> tuple[OpenSection, ...]:
    section = standing_section()
    rows = session.execute(
        select(
            section.label("section_id"),
            Revision.title,
            func.count().label("number"),
            func.min(Contribution.created_at).label("oldest"),
        )
        .select_from(Contribution)
        .outerjoin(Answer, Answer.contribution_id == Contribution.id)
        .outerjoin(Phase, Phase.id == Answer.deferred_phase_id)
        .outerjoin(
            SectionText,
            (SectionText.section_id == section) & (SectionText.language == handbook.language),
        )
        .outerjoin(Revision, Revision.id == SectionText.working_revision_id)
        .where(Contribution.handbook_id == handbook.id, open_condition())
        .group_by(section, Revision.title)
        .order_by(func.count().desc(), Revision.title)
    )
    return tuple(
        OpenSection(row.section_id, row.title or "", row.number, row.oldest) for row in rows
    )


def _phases(session: Session, handbook: Handbook, now: datetime) -> list[PhaseOnDesk]:
    today = local_day(now, handbook.time_zone)
    rows = session.scalars(
        select(Phase).where(Phase.handbook_id == handbook.id).order_by(run_number(), Phase.position)
    )
    return [
        PhaseOnDesk(
            id=phase.id,
            title=phase.title,
            kind=phase.kind,
            state=phase.state,
            closes_on=phase.closes_on,
            closes_soon=phase.closes_on is not None and today <= phase.closes_on <= today + SOON,
            over=phase.closes_on is not None and phase.closes_on < today,
        )
        for phase in rows
    ]


def _following(phases: list[PhaseOnDesk]) -> PhaseOnDesk | None:
    """Find the first planned phase after the last that was opened: earlier ones were left out."""
    begun = [number for number, one in enumerate(phases) if one.state is not PhaseState.PLANNED]
    return next(iter(phases[begun[-1] + 1 if begun else 0 :]), None)


def _failed(session: Session, handbook_id: str) -> int:
    return (
        session.scalar(
            select(func.count())
            .select_from(Message)
            .where(Message.handbook_id == handbook_id, Message.state == MessageState.FAILED)
        )
        or 0
    )


def _unsaved(session: Session, actor: Actor, handbook: Handbook) -> tuple[UnsavedText, ...]:
    rows = session.execute(
        select(Buffer.section_id, Buffer.updated_at, Revision.title)
        .join(Section, Section.id == Buffer.section_id)
        .join(Revision, Revision.id == Buffer.base_revision_id)
        .where(Buffer.person_id == actor.person_id, Section.handbook_id == handbook.id)
        .order_by(Buffer.updated_at.desc())
    )
    return tuple(UnsavedText(row.section_id, row.title, row.updated_at) for row in rows)


def _files(session: Session, actor: Actor, handbook_id: str) -> tuple[AwaitingFile, ...]:
    original = exists().where(WaitingOriginal.file_id == File.id)
    rows = session.execute(
        select(File.id, File.name, File.created_at, original.label("original"))
        .where(
            File.handbook_id == handbook_id,
            File.awaiting.is_(True),
            File.added_by_id == actor.person_id,
        )
        .order_by(File.created_at.desc())
    )
    return tuple(AwaitingFile(row.id, row.name, row.created_at, row.original) for row in rows)
