"""The texts of a round in reading order, with what their reader has done with them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import CompoundSelect, Select, cast, func, literal, null, select, union_all
from sqlalchemy.orm import InstrumentedAttribute, Session

from reviewtool.domain.actors import Actor
from reviewtool.domain.contributions import ContributionState
from reviewtool.domain.sections import SectionKind, minutes_to_read
from reviewtool.models.contributions import Choice, Contribution, NothingToSay
from reviewtool.models.invitations import Assignment, AssignmentSection, OwnTheme
from reviewtool.models.phases import PhaseSection
from reviewtool.queries.participant import RoundHead
from reviewtool.queries.tree import draft_tree


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
    theme_id: str
    """That top section."""
    progress: Progress
    asked: bool = False
    """Whether the reader's organisation is asked about this text first."""
    chosen: bool = False
    """Whether it is of a theme that the reader chose as their own."""

    @property
    def minutes(self) -> int:
        """Tell how long reading takes, in whole minutes, at least one."""
        return minutes_to_read(self.words)


def texts(session: Session, actor: Actor, head: RoundHead, language: str) -> list[TextLine]:
    """List the round's texts in reading order, in the reader's language where there is one.

    2 queries.
    """
    if head.draft_id is None:
        return []
    tree = draft_tree(session, head.draft_id, language, otherwise=head.handbook_language)
    progress, which = _progress(session, actor, head)
    asked = which["asked"]
    lines: list[TextLine] = []
    group = theme_id = ""
    for line in tree:
        if line.depth == 0:
            group, theme_id = line.title, line.section_id
        if asked and line.section_id not in asked:
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
                theme_id=theme_id,
                progress=progress.get(line.section_id, Progress()),
                asked=line.section_id in which["first"],
                chosen=theme_id in which["theme"],
            )
        )
    return lines


def _progress(
    session: Session, actor: Actor, head: RoundHead
) -> tuple[dict[str, Progress], dict[str, set[str]]]:
    """Read what the actor has said, by section, and which sections are asked about; 1 query.

    Gives the progress; and sections: "asked" by the round (nothing means all), asked of the
    actor's organisation "first", and those that the actor chose as a "theme".
    """
    found_rows: dict[str, dict[str, tuple[int, datetime]]] = {}
    which: dict[str, set[str]] = {"asked": set(), "first": set(), "theme": set()}
    row: Any
    for row in session.execute(_done_and_asked(actor, head)):
        if row.what in which:
            which[row.what].add(row.section_id)
        elif row.section_id is not None:
            found_rows.setdefault(row.section_id, {})[row.what] = (row.number, row.last_at)
    done = {
        section_id: Progress(
            contributions=kinds["said"][0] if "said" in kinds else 0,
            choices=kinds["chosen"][0] if "chosen" in kinds else 0,
            nothing="nothing" in kinds,
            last_at=max(last_at for _, last_at in kinds.values()),
        )
        for section_id, kinds in found_rows.items()
    }
    return done, which


def _done_and_asked(actor: Actor, head: RoundHead) -> CompoundSelect[Any]:
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
    asked = _only_sections("asked", PhaseSection.section_id).where(
        PhaseSection.phase_id == head.phase_id
    )
    first = (
        _only_sections("first", AssignmentSection.section_id)
        .join(Assignment, Assignment.id == AssignmentSection.assignment_id)
        .where(
            Assignment.phase_id == actor.phase_id,
            Assignment.organisation_id == actor.organisation_id,
        )
    )
    theme = _only_sections("theme", OwnTheme.section_id).where(
        OwnTheme.invitation_id == head.invitation_id
    )
    return union_all(said, chosen, nothing, asked, first, theme)


def _only_sections(what: str, section_id: InstrumentedAttribute[str]) -> Select[Any]:
    """Begin a part of the union that names sections, with nothing to count."""
    return select(section_id, literal(what), literal(0), cast(null(), Contribution.created_at.type))


def continue_at(lines: Sequence[TextLine]) -> TextLine | None:
    """Find where to go on: the first undone text after the last one spoken about, or the first.

    Texts that the organisation is asked about come before the others, as long as one is undone;
    then those of the reader's own themes, after which nothing more is asked. Only what somebody
    did counts: opening a page is never recorded (rule 6).
    """
    if any(line.asked and not line.progress.done for line in lines):
        lines = [line for line in lines if line.asked]
    elif any(line.chosen for line in lines):
        lines = [line for line in lines if line.chosen]
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
