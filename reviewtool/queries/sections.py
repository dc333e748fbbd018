"""Sections as the editors' pages need them: the working text, its revisions, its history."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from reviewtool.domain.actors import Actor
from reviewtool.domain.joining import Joined, join
from reviewtool.domain.policy import Action, Facts, may
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.domain.sections import Cause, SectionKind
from reviewtool.models.drafts import Draft, DraftItem
from reviewtool.models.handbooks import Handbook
from reviewtool.models.people import Person
from reviewtool.models.sections import Buffer, Revision, Section, SectionText
from reviewtool.queries.facts import found
from reviewtool.queries.texts import readable_by

PAGE = 20
"""How many revisions one page of a history shows."""

LAST_PAGE = 100_000
"""More pages than any history has, and no offset that a database can't count."""


@dataclass(frozen=True)
class HandbookHead:
    """What every editor's page says of its handbook."""

    id: str
    title: dict[str, str]
    language: str
    time_zone: str


@dataclass(frozen=True)
class RevisionLine:
    """A revision in a history, without its text."""

    id: str
    section_id: str
    language: str
    number: int
    parent_id: str | None
    title: str
    words: int
    text_hash: str
    cause: Cause
    note: str
    author: str
    author_id: str | None
    created_at: datetime
    drafts: tuple[str, ...] = ()
    """The numbers of the drafts that froze it."""


@dataclass(frozen=True)
class FullRevision:
    """A revision with its canonical text."""

    line: RevisionLine
    text: str


@dataclass(frozen=True)
class WorkingSection:
    """A section with its working text."""

    id: str
    kind: SectionKind
    parent_id: str | None
    dropped_at: datetime | None
    revision: FullRevision


@dataclass(frozen=True)
class BufferLine:
    """An editor's own unsaved text, and the text that it began from."""

    base_revision_id: str
    base_text: str
    text: str
    updated_at: datetime


def editing(actor: Actor, handbook_id: str) -> None:
    """Go on for the handbook's editors. Raises Refused for everybody else."""
    if not may(actor, Action.EDIT, Facts(handbook_id=handbook_id)):
        raise Refused(Reason.NOT_ALLOWED)


def handbook_head(session: Session, actor: Actor, handbook_id: str) -> HandbookHead:
    """Read what a page says of its handbook; 1 query. Raises Refused."""
    editing(actor, handbook_id)
    row = found(
        session.execute(
            select(Handbook.id, Handbook.title, Handbook.language, Handbook.time_zone).where(
                Handbook.id == handbook_id
            )
        ).one_or_none()
    )
    return HandbookHead(row.id, row.title, row.language, row.time_zone)


def working_section(
    session: Session, actor: Actor, handbook_id: str, section_id: str, language: str
) -> WorkingSection:
    """Read a section of a handbook with its working text; 2 queries. Raises Refused."""
    editing(actor, handbook_id)
    row = found(
        session.execute(
            select(Section, Revision, Person.name)
            .join(
                SectionText,
                (SectionText.section_id == Section.id) & (SectionText.language == language),
            )
            .join(Revision, Revision.id == SectionText.working_revision_id)
            .outerjoin(Person, Person.id == Revision.author_id)
            .where(Section.id == section_id, Section.handbook_id == handbook_id)
        ).one_or_none()
    )
    line = _line(row.Revision, row.name, drafts_of(session, [row.Revision.id]))
    section = row.Section
    return WorkingSection(
        id=section.id,
        kind=section.kind,
        parent_id=section.parent_id,
        dropped_at=section.dropped_at,
        revision=FullRevision(line, row.Revision.text),
    )


def revisions(
    session: Session, actor: Actor, handbook_id: str, revision_ids: Sequence[str]
) -> dict[str, FullRevision]:
    """Read revisions of a handbook with their texts; 2 queries.

    All of them have to be of this handbook: comparing two revisions asks for both (rule 11).
    Raises Refused (not found).
    """
    editing(actor, handbook_id)
    rows = session.execute(
        select(Revision, Person.name)
        .join(Section, Section.id == Revision.section_id)
        .outerjoin(Person, Person.id == Revision.author_id)
        .where(Revision.id.in_(revision_ids), Section.handbook_id == handbook_id)
    ).all()
    if len(rows) != len(set(revision_ids)):
        raise Refused(Reason.NOT_FOUND)
    labels = drafts_of(session, [row.Revision.id for row in rows])
    return {
        row.Revision.id: FullRevision(_line(row.Revision, row.name, labels), row.Revision.text)
        for row in rows
    }


def history(
    session: Session, actor: Actor, handbook_id: str, section_id: str, language: str, page: int = 1
) -> tuple[list[RevisionLine], int]:
    """List a section's revisions, the newest first, a page at a time; gives (lines, how many in
    all); 2 queries.
    """
    editing(actor, handbook_id)
    page = min(max(1, page), LAST_PAGE)
    rows = session.execute(
        select(Revision, Person.name, func.count().over().label("total"))
        .join(Section, Section.id == Revision.section_id)
        .outerjoin(Person, Person.id == Revision.author_id)
        .where(
            Section.handbook_id == handbook_id,
            Revision.section_id == section_id,
            Revision.language == language,
        )
        .order_by(Revision.number.desc())
        .limit(PAGE)
        .offset((page - 1) * PAGE)
    ).all()
    labels = drafts_of(session, [row.Revision.id for row in rows])
    lines = [_line(row.Revision, row.name, labels) for row in rows]
    return lines, rows[0].total if rows else 0


def buffer_of(
    session: Session, actor: Actor, handbook_id: str, section_id: str, language: str
) -> BufferLine | None:
    """Read the actor's own unsaved text of a section, with what it began from; 1 query."""
    editing(actor, handbook_id)
    row = session.execute(
        select(Buffer, Revision.text)
        .join(Revision, Revision.id == Buffer.base_revision_id)
        .where(
            Buffer.person_id == actor.person_id,
            Buffer.section_id == section_id,
            Buffer.language == language,
        )
    ).one_or_none()
    if row is None:
        return None
    buffer = row.Buffer
    return BufferLine(buffer.base_revision_id, row.text, buffer.text, buffer.updated_at)


def undone(session: Session, actor: Actor, handbook_id: str, revision_id: str) -> Joined:
    """Compute the working text without what one revision changed; 4 queries.

    In the result *mine* is the working text and *other* the text before the revision. Raises
    Refused (not possible) for the first revision: there is nothing before it.
    """
    going = revisions(session, actor, handbook_id, [revision_id])[revision_id]
    if going.line.parent_id is None:
        raise Refused(Reason.NOT_POSSIBLE_NOW)
    line = going.line
    working = working_section(session, actor, handbook_id, line.section_id, line.language)
    before = revisions(session, actor, handbook_id, [going.line.parent_id])
    return join(going.text, working.revision.text, before[going.line.parent_id].text)


def last_frozen(
    session: Session, actor: Actor, handbook_id: str, section_id: str, language: str
) -> tuple[str, str] | None:
    """Give (draft's number, revision) of a section in the newest draft that has it; 1 query."""
    editing(actor, handbook_id)
    row = session.execute(
        select(Draft, DraftItem.revision_id)
        .join(DraftItem, DraftItem.draft_id == Draft.id)
        .where(
            Draft.handbook_id == handbook_id,
            DraftItem.section_id == section_id,
            DraftItem.language == language,
        )
        .order_by(Draft.number.desc(), Draft.correction.desc())
        .limit(1)
    ).one_or_none()
    return (row.Draft.label, row.revision_id) if row else None


def drafts_of(session: Session, revision_ids: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """List the drafts that froze each revision, by their numbers; 1 query."""
    labels: dict[str, list[str]] = defaultdict(list)
    rows = session.execute(
        select(DraftItem.revision_id, Draft)
        .join(Draft, Draft.id == DraftItem.draft_id)
        .where(DraftItem.revision_id.in_(revision_ids))
        .order_by(Draft.number, Draft.correction)
    )
    for revision_id, draft in rows:
        labels[revision_id].append(draft.label)
    return {revision_id: tuple(names) for revision_id, names in labels.items()}


def _line(
    revision: Revision, author: str | None, drafts: dict[str, tuple[str, ...]]
) -> RevisionLine:
    return RevisionLine(
        id=revision.id,
        section_id=revision.section_id,
        language=revision.language,
        number=revision.number,
        parent_id=revision.parent_id,
        title=revision.title,
        words=revision.words,
        text_hash=revision.text_hash,
        cause=revision.cause,
        note=revision.note,
        author=author or "",
        author_id=revision.author_id,
        created_at=revision.created_at,
        drafts=drafts.get(revision.id, ()),
    )


@dataclass(frozen=True)
class VersionedText:
    """A working text with the version that guards writing it."""

    version: int
    text: str


def text_versions(
    session: Session, actor: Actor, section_ids: Sequence[str], language: str
) -> dict[str, VersionedText]:
    """Read working texts with their versions, by section, as far as the actor may; 1 query."""
    rows = session.execute(
        select(SectionText.section_id, SectionText.version, Revision.text)
        .join(Revision, Revision.id == SectionText.working_revision_id)
        .where(
            SectionText.section_id.in_(section_ids),
            SectionText.language == language,
            readable_by(actor),
        )
    )
    return {row.section_id: VersionedText(row.version, row.text) for row in rows}
