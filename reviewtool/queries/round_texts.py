"""The texts of a round in reading order, with what their reader has done with them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, literal, select, union_all
from sqlalchemy.orm import Session

from reviewtool.domain.actors import Actor
from reviewtool.domain.contributions import ContributionState
from reviewtool.domain.sections import SectionKind, minutes_to_read
from reviewtool.models.contributions import Choice, Contribution, NothingToSay
from reviewtool.models.drafts import DraftItem
from reviewtool.models.invitations import Assignment, AssignmentSection
from reviewtool.models.phases import PhaseSection
from reviewtool.queries.participant import RoundHead
from reviewtool.queries.tree import TreeLine, draft_tree


@dataclass(frozen=True)
class Progress:
    """What somebody has said about one section."""

    contributions: int = 0
    choices: int = 0
    nothing: bool = False
    last_at: datetime | None = None

    @property
    def done(self) -> bool:
        """Tell whether the section has got an answer of any kind."""
        return self.nothing or self.contributions > 0 or self.choices > 0


@dataclass(frozen=True)
class TextLine:
    """A text of the round in reading order, with what its reader has done with it."""

    section_id: str
    kind: SectionKind
    title: str
    language: str
    revision_id: str
    words: int
    group: str
    """The title of the top section that it stands under; its own for one at the top."""
    progress: Progress
    asked: bool = False
    """Whether the reader's organisation is asked about this text first."""

    @property
    def minutes(self) -> int:
        """Tell how long reading takes, in whole minutes, at least one."""
        return minutes_to_read(self.words)


def texts(session: Session, actor: Actor, head: RoundHead, language: str) -> list[TextLine]:
    """List the round's texts in reading order, in the reader's language where there is one.

    5 queries.
    """
    tree = _tree(session, head, language)
    chosen = set(
        session.scalars(
            select(PhaseSection.section_id).where(PhaseSection.phase_id == head.phase_id)
        )
    )
    asked = _asked_first(session, actor)
    progress = _progress(session, actor, head)
    lines: list[TextLine] = []
    group = ""
    for line in tree:
        if line.depth == 0:
            group = line.title
        if chosen and line.section_id not in chosen:
            continue
        lines.append(
            TextLine(
                section_id=line.section_id,
                kind=line.kind,
                title=line.title,
                language=line.language,
                revision_id=line.revision_id,
                words=line.words,
                group=group,
                progress=progress.get(line.section_id, Progress()),
                asked=line.section_id in asked,
            )
        )
    return lines


def _tree(session: Session, head: RoundHead, language: str) -> list[TreeLine]:
    if head.draft_id is None:
        return []
    known = set(
        session.scalars(
            select(DraftItem.language).where(DraftItem.draft_id == head.draft_id).distinct()
        )
    )
    shown = language if language in known else head.handbook_language
    return draft_tree(session, head.draft_id, shown)


def _asked_first(session: Session, actor: Actor) -> set[str]:
    """Read what the actor's organisation is asked about in particular; 1 query."""
    rows = session.scalars(
        select(AssignmentSection.section_id)
        .join(Assignment, Assignment.id == AssignmentSection.assignment_id)
        .where(
            Assignment.phase_id == actor.phase_id,
            Assignment.organisation_id == actor.organisation_id,
        )
    )
    return set(rows)


def _progress(session: Session, actor: Actor, head: RoundHead) -> dict[str, Progress]:
    """Read what the actor has said, by section; 1 query."""
    said = (
        select(
            Contribution.section_id.label("section_id"),
            literal("said").label("what"),
            func.count(Contribution.id).label("number"),
            func.max(Contribution.created_at).label("last_at"),
        )
        .where(
            Contribution.phase_id == head.phase_id,
            Contribution.author_id == actor.person_id,
            Contribution.state != ContributionState.WITHDRAWN,
        )
        .group_by(Contribution.section_id)
    )
    chosen = (
        select(
            Choice.section_id,
            literal("chosen"),
            func.count(Choice.id),
            func.max(Choice.updated_at),
        )
        .where(Choice.invitation_id == head.invitation_id)
        .group_by(Choice.section_id)
    )
    nothing = (
        select(
            NothingToSay.section_id,
            literal("nothing"),
            func.count(NothingToSay.id),
            func.max(NothingToSay.created_at),
        )
        .where(NothingToSay.invitation_id == head.invitation_id)
        .group_by(NothingToSay.section_id)
    )
    found_rows: dict[str, dict[str, tuple[int, datetime]]] = {}
    row: Any
    for row in session.execute(union_all(said, chosen, nothing)):
        if row.section_id is not None:
            found_rows.setdefault(row.section_id, {})[row.what] = (row.number, row.last_at)
    return {
        section_id: Progress(
            contributions=kinds["said"][0] if "said" in kinds else 0,
            choices=kinds["chosen"][0] if "chosen" in kinds else 0,
            nothing="nothing" in kinds,
            last_at=max(last_at for _, last_at in kinds.values()),
        )
        for section_id, kinds in found_rows.items()
    }


def continue_at(lines: Sequence[TextLine]) -> TextLine | None:
    """Find where to go on: the first undone text after the last one spoken about, or the first.

    Texts that the organisation is asked about come before the others, as long as one is undone.
    Only what somebody did counts: opening a page is never recorded (rule 6).
    """
    if any(line.asked and not line.progress.done for line in lines):
        lines = [line for line in lines if line.asked]
    touched = [
        (line.progress.last_at, index)
        for index, line in enumerate(lines)
        if line.progress.last_at is not None
    ]
    start = max(touched)[1] + 1 if touched else 0
    for line in (*lines[start:], *lines[:start]):
        if not line.progress.done:
            return line
    return None
