"""What bringing in a file would do: computed for the preview, and again when it is confirmed."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from reviewtool.domain.actors import Actor
from reviewtool.domain.figures import with_files
from reviewtool.domain.policy import Action, may
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.domain.section_matching import Matches, Piece, match
from reviewtool.domain.sections import Cause
from reviewtool.models.files import Blob, File
from reviewtool.models.handbooks import Handbook
from reviewtool.models.pictures import Picture
from reviewtool.models.sections import Revision
from reviewtool.office.handbook import Leftover, Outline, read_handbook
from reviewtool.office.outline import SectionOutline
from reviewtool.queries.facts import found, handbook_facts
from reviewtool.queries.tree import TreeLine, working_tree
from reviewtool.text.canonical import canonical
from reviewtool.text.document import parse
from reviewtool.text.html import to_plain
from reviewtool.text.merge import merge

THEIRS = "file"


class Change(StrEnum):
    """What happens to one section of the file."""

    NEW = "new"
    UNCHANGED = "unchanged"
    CHANGED = "changed"
    JOINED = "joined"
    """Both the file and the handbook changed it; the changes fit together."""
    CLASH = "clash"
    """Both changed the same words: the handbook's text stays unless the file's is chosen."""


@dataclass(frozen=True)
class PlanLine:
    """One section of the file and what would be done with it.

    section_id: the section that it is; proposed: the one that it seems to be under another title,
    which an editor has to say; text: the canonical text that would be saved.
    """

    number: int
    outline: SectionOutline
    change: Change
    text: str
    section_id: str | None = None
    revision_id: str | None = None
    present_title: str = ""
    proposed: bool = False
    moved_from: str | None = None
    """The parent's title in the handbook where the file has the section elsewhere."""


@dataclass(frozen=True)
class Plan:
    """The whole import: its lines in the file's order, what the file lacks, and what fitted
    nowhere. `fingerprint` changes when the plan would do something else.
    """

    lines: tuple[PlanLine, ...]
    missing: tuple[TreeLine, ...]
    leftovers: tuple[Leftover, ...]
    fingerprint: str

    def count(self, change: Change) -> int:
        """Count the sections that one thing would happen to."""
        return sum(line.change is change for line in self.lines)

    @property
    def proposals(self) -> tuple[PlanLine, ...]:
        """The renamings that somebody has to confirm or deny."""
        return tuple(line for line in self.lines if line.proposed)


@dataclass(frozen=True)
class Choices:
    """What the person decided in the preview, by the section's number in the file.

    renamed: the proposals that are the same section; others are new ones.
    take_file: the clashes in which the file's text is to stand.
    """

    renamed: frozenset[int] = frozenset()
    take_file: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Preview:
    """A file that waits to be confirmed, as understood, and what confirming would do."""

    file_id: str
    file_name: str
    size: int
    outline: Outline
    plan: Plan


def preview(session: Session, actor: Actor, handbook_id: str, file_id: str) -> Preview:
    """Read an uploaded file again and plan its import. Raises Refused where it isn't there (any
    more), and what reading the file raises.
    """
    if not may(actor, Action.EDIT, handbook_facts(session, handbook_id)):
        raise Refused(Reason.NOT_ALLOWED)
    row = found(
        session.execute(
            select(File.name, File.size, Blob.content, Handbook.language)
            .join(Blob, Blob.sha256 == File.sha256)
            .join(Handbook, Handbook.id == File.handbook_id)
            .where(File.id == file_id, File.handbook_id == handbook_id, File.awaiting.is_(True))
        ).one_or_none()
    )
    outline = read_handbook(row.content, row.name)
    plan = plan_import(session, handbook_id, row.language, outline)
    return Preview(file_id, row.name, row.size, outline, plan)


def plan_import(
    session: Session,
    handbook_id: str,
    language: str,
    outline: Outline,
    choices: Choices | None = None,
) -> Plan:
    """Compute what importing an outline into a handbook would do; 4 queries.

    Without choices all proposals are shown as what they seem to be, not yet decided.
    """
    outline = _with_known_pictures(session, handbook_id, outline)
    standing = working_tree(session, handbook_id, language)
    texts = _texts(session, [line.revision_id for line in standing])
    by_id = {line.section_id: line for line in standing}
    bases = _last_imports(session, set(by_id), language)
    imported = {section_id: parse(text).title for section_id, text in bases.items()}
    matches = match(_read_pieces(outline), _standing_pieces(standing, texts), imported)
    decided = _decided(matches, choices)
    lines = tuple(
        _line(number, outline, by_id, texts, bases, decided, matches, choices)
        for number in range(len(outline.sections))
    )
    missing = tuple(one for one in standing if one.section_id not in set(decided.values()))
    return Plan(lines, missing, outline.leftovers, _fingerprint(lines, missing))


def _with_known_pictures(session: Session, handbook_id: str, outline: Outline) -> Outline:
    """Name the pictures that the handbook has already by their files: they are the same figures."""
    if not outline.pictures:
        return outline
    rows = session.execute(
        select(Picture.sent_sha256, Picture.file_id)
        .join(File, File.id == Picture.file_id)
        .where(File.handbook_id == handbook_id, Picture.sent_sha256.in_(sorted(outline.pictures)))
    )
    known = {row.sent_sha256: row.file_id for row in rows}
    sections = tuple(
        replace(section, text=with_files(section.text, known)) for section in outline.sections
    )
    return replace(outline, sections=sections)


def _decided(matches: Matches, choices: Choices | None) -> dict[str, str]:
    proposed = {
        key: other
        for key, other in matches.proposed.items()
        if choices is None or int(key) in choices.renamed
    }
    return {**matches.sure, **proposed}


def _line(
    number: int,
    outline: Outline,
    by_id: Mapping[str, TreeLine],
    texts: Mapping[str, str],
    bases: Mapping[str, str],
    decided: Mapping[str, str],
    matches: Matches,
    choices: Choices | None,
) -> PlanLine:
    section = outline.sections[number]
    text = canonical(section.text)
    key = str(number)
    if key not in decided:
        return PlanLine(number, section, Change.NEW, text, proposed=key in matches.proposed)
    present = by_id[decided[key]]
    take_file = choices is not None and number in choices.take_file
    change, text = _changed(
        bases.get(present.section_id), texts[present.revision_id], text, take_file
    )
    return PlanLine(
        number,
        section,
        change,
        text,
        section_id=present.section_id,
        revision_id=present.revision_id,
        present_title=present.title,
        proposed=key in matches.proposed,
        moved_from=_moved_from(section, present, by_id, decided),
    )


def _changed(base: str | None, present: str, read: str, take_file: bool) -> tuple[Change, str]:
    """Join the file's text with what was written here since the last import (rule 10)."""
    if read in (present, base):
        return Change.UNCHANGED, present
    if base == present or take_file:
        return Change.CHANGED, read
    if base is None:
        return Change.CLASH, present
    merged = merge(base, present, {THEIRS: read}).text
    if merged is None:
        return Change.CLASH, present
    return (Change.UNCHANGED, present) if merged == present else (Change.JOINED, merged)


def _moved_from(
    section: SectionOutline,
    present: TreeLine,
    by_id: Mapping[str, TreeLine],
    decided: Mapping[str, str],
) -> str | None:
    wanted = None if section.parent is None else decided.get(str(section.parent), "new")
    if wanted == present.parent_id:
        return None
    return by_id[present.parent_id].title if present.parent_id else ""


def _texts(session: Session, revision_ids: Sequence[str]) -> dict[str, str]:
    rows = session.execute(select(Revision.id, Revision.text).where(Revision.id.in_(revision_ids)))
    return {row.id: row.text for row in rows}


def _last_imports(session: Session, section_ids: set[str], language: str) -> dict[str, str]:
    """Read the text of each section as a file last gave it."""
    rows = session.execute(
        select(Revision.section_id, Revision.text)
        .where(
            Revision.section_id.in_(sorted(section_ids)),
            Revision.language == language,
            Revision.cause == Cause.IMPORT,
        )
        .order_by(Revision.number)
    )
    return {row.section_id: row.text for row in rows}


def _read_pieces(outline: Outline) -> list[Piece]:
    return [
        Piece(
            str(number),
            section.kind,
            section.title,
            "" if section.parent is None else outline.sections[section.parent].title,
            _words(section.text),
        )
        for number, section in enumerate(outline.sections)
    ]


def _standing_pieces(standing: Sequence[TreeLine], texts: Mapping[str, str]) -> list[Piece]:
    titles = {line.section_id: line.title for line in standing}
    return [
        Piece(
            line.section_id,
            line.kind.value,
            line.title,
            titles.get(line.parent_id or "", ""),
            _words(texts[line.revision_id]),
        )
        for line in standing
    ]


def _words(text: str) -> tuple[str, ...]:
    """The visible words of a text below its title."""
    _title, _break, rest = to_plain(text).partition("\n")
    return tuple(rest.split())


def _fingerprint(lines: Sequence[PlanLine], missing: Sequence[TreeLine]) -> str:
    parts = [
        f"{line.number} {line.change.value} {line.section_id} {line.revision_id} {line.text}"
        for line in lines
    ]
    parts += [f"missing {one.section_id}" for one in missing]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32]
