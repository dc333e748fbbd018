"""The step that finds where contributions changed the text, and whether that still stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from sqlalchemy import select
from sqlalchemy.orm import Session

from reviewtool.domain.answers import EvidenceKind
from reviewtool.domain.merging import contained_at
from reviewtool.domain.sections import Cause
from reviewtool.models.answers import Evidence
from reviewtool.models.proposals import StructureChange
from reviewtool.models.sections import (
    Revision,
    RevisionContribution,
    RevisionHunk,
    Section,
    SectionText,
)
from reviewtool.queries.lineage import heirs_by_section
from reviewtool.queries.suggestions import suggestions_of
from reviewtool.queries.texts import read_texts
from reviewtool.text.anchors import Status, passage_at, place_many
from reviewtool.text.diff import Kind, compare
from reviewtool.text.retest import State, retest


@dataclass(frozen=True)
class Stretch:
    """What a contribution changed: a range before and after, in two revisions of a section."""

    kind: EvidenceKind
    section_id: str
    from_revision_id: str | None = None
    to_revision_id: str | None = None
    old_start: int = 0
    old_end: int = 0
    new_start: int = 0
    new_end: int = 0


@dataclass(frozen=True)
class _Head:
    revision_id: str
    text: str


@lru_cache(maxsize=2048)
def _stands(old: str, new: str, working: str, stretch: Stretch) -> bool:
    """Tell whether a change is still there: neither taken back nor lost its words."""
    if new == working:
        return True
    undone = (
        new[: stretch.new_start] + old[stretch.old_start : stretch.old_end] + new[stretch.new_end :]
    )
    if old and retest(new, working, {"undone": undone})["undone"].state is State.CONTAINED:
        return False
    if stretch.new_start == stretch.new_end:
        return True
    passage = passage_at(new, stretch.new_start, stretch.new_end)
    return place_many(new, working, [passage])[0].status is not Status.REMOVED


def stand(session: Session, stretches: Sequence[Stretch]) -> list[bool]:
    """Tell of each stretch whether it still stands in the working text; at most 5 queries.

    A section counts as long as it is in the handbook, a change of structure always. The words of
    a section that was split or merged may stand in any of its heirs.
    """
    wanted = [s.from_revision_id for s in stretches] + [s.to_revision_id for s in stretches]
    texts = read_texts(session, [one for one in wanted if one])
    languages = _languages(session, [s.to_revision_id for s in stretches if s.to_revision_id])
    heirs = heirs_by_section(session, {s.section_id for s in stretches})
    heads = _heads(session, {heir for own in heirs.values() for heir in own})
    out: list[bool] = []
    for stretch in stretches:
        if stretch.kind is EvidenceKind.STRUCTURE:
            out.append(True)
            continue
        if stretch.to_revision_id is None:
            out.append(any(section_id in heirs[stretch.section_id] for section_id, _ in heads))
            continue
        language = languages[stretch.to_revision_id]
        texts_now = [
            heads[heir, language].text
            for heir in heirs[stretch.section_id]
            if (heir, language) in heads
        ]
        old = texts.get(stretch.from_revision_id or "", "")
        new = texts[stretch.to_revision_id]
        out.append(any(_stands(old, new, working, stretch) for working in texts_now))
    return out


def _languages(session: Session, revision_ids: Sequence[str]) -> dict[str, str]:
    rows = session.execute(
        select(Revision.id, Revision.language).where(Revision.id.in_(sorted(set(revision_ids))))
    )
    return {row.id: row.language for row in rows}


def _heads(session: Session, section_ids: set[str]) -> dict[tuple[str, str], _Head]:
    rows = session.execute(
        select(SectionText.section_id, SectionText.language, Revision.id, Revision.text)
        .join(Revision, Revision.id == SectionText.working_revision_id)
        .join(Section, Section.id == SectionText.section_id)
        .where(SectionText.section_id.in_(sorted(section_ids)), Section.dropped_at.is_(None))
    )
    return {(row.section_id, row.language): _Head(row.id, row.text) for row in rows}


def find_evidence(
    session: Session, contribution_ids: Sequence[str]
) -> dict[str, tuple[Stretch, ...]]:
    """Find by contribution the changes that it caused and that still stand; about 10 queries.

    Merged suggestions have their own hunks; an edit that names a contribution as its cause counts
    with all that it changed; a change of the structure counts for the proposal that it was made
    from; a suggestion whose words the text has already points at them.
    """
    found: dict[str, list[Stretch]] = {one: [] for one in contribution_ids}
    candidates = [
        *_structural(session, contribution_ids),
        *_merged(session, contribution_ids),
        *_edited(session, contribution_ids),
    ]
    kept = stand(session, [stretch for _, stretch in candidates])
    for (contribution_id, stretch), stands in zip(candidates, kept, strict=True):
        if stands:
            found[contribution_id].append(stretch)
    lacking = [one for one, stretches in found.items() if not stretches]
    for contribution_id, stretch in _contained(session, lacking):
        found[contribution_id].append(stretch)
    return {one: tuple(dict.fromkeys(stretches)) for one, stretches in found.items()}


def _structural(session: Session, ids: Sequence[str]) -> list[tuple[str, Stretch]]:
    """Point at the changes of the structure that were made from proposals."""
    rows = session.execute(
        select(StructureChange.contribution_id, StructureChange.section_id)
        .where(StructureChange.contribution_id.in_(ids))
        .order_by(StructureChange.created_at, StructureChange.id)
    )
    return [
        (row.contribution_id, Stretch(EvidenceKind.STRUCTURE, row.section_id))
        for row in rows
        if row.contribution_id is not None
    ]


def _merged(session: Session, ids: Sequence[str]) -> list[tuple[str, Stretch]]:
    rows = session.execute(
        select(RevisionHunk, Revision.section_id, Revision.parent_id)
        .join(Revision, Revision.id == RevisionHunk.revision_id)
        .where(RevisionHunk.contribution_id.in_(ids))
        .order_by(Revision.number, RevisionHunk.new_start)
    )
    return [
        (
            hunk.contribution_id,
            Stretch(
                EvidenceKind.HUNK,
                section_id,
                parent_id,
                hunk.revision_id,
                hunk.old_start,
                hunk.old_end,
                hunk.new_start,
                hunk.new_end,
            ),
        )
        for hunk, section_id, parent_id in rows
    ]


def _edited(session: Session, ids: Sequence[str]) -> list[tuple[str, Stretch]]:
    rows = session.execute(
        select(RevisionContribution.contribution_id, Revision)
        .join(Revision, Revision.id == RevisionContribution.revision_id)
        .where(
            RevisionContribution.contribution_id.in_(ids),
            Revision.cause.not_in((Cause.TAKE, Cause.UNDO)),
        )
        .order_by(Revision.number)
    ).all()
    parents = read_texts(
        session, [row.Revision.parent_id for row in rows if row.Revision.parent_id]
    )
    out: list[tuple[str, Stretch]] = []
    for contribution_id, revision in rows:
        old = parents.get(revision.parent_id or "", "")
        out += [
            (
                contribution_id,
                Stretch(
                    EvidenceKind.HUNK,
                    revision.section_id,
                    revision.parent_id,
                    revision.id,
                    change.old_start,
                    change.old_end,
                    change.new_start,
                    change.new_end,
                ),
            )
            for change in compare(old, revision.text).changes
            if change.kind is not Kind.SPACE
        ]
    return out


def _contained(session: Session, ids: Sequence[str]) -> list[tuple[str, Stretch]]:
    """Point at the words of suggestions that the working text has through somebody else."""
    suggestions = suggestions_of(session, ids)
    rows = session.execute(
        select(Revision.id, Revision.section_id, Revision.language).where(
            Revision.id.in_(sorted({one.revision_id for one in suggestions}))
        )
    ).all()
    places = {row.id: (row.section_id, row.language) for row in rows}
    heirs = {one.heir_id for one in suggestions if one.heir_id}
    heads = _heads(session, {row.section_id for row in rows} | heirs)
    out: list[tuple[str, Stretch]] = []
    for suggestion in suggestions:
        own, language = places[suggestion.revision_id]
        section_id = suggestion.heir_id or own
        head = heads.get((section_id, language))
        if head is None:
            continue
        where = contained_at(suggestion, head.text)
        if where is not None:
            stretch = Stretch(
                EvidenceKind.HUNK,
                section_id,
                suggestion.revision_id,
                head.revision_id,
                suggestion.start,
                suggestion.end,
                *where,
            )
            out.append((suggestion.id, stretch))
    return out


def stretch_of(row: Evidence) -> Stretch:
    """Give a stored evidence as the stretch that it names."""
    return Stretch(
        row.kind,
        row.section_id,
        row.from_revision_id,
        row.to_revision_id,
        row.old_start,
        row.old_end,
        row.new_start,
        row.new_end,
    )
