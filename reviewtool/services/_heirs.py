"""The step that leads contributions to the heirs of their texts, after a split or a merger."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from reviewtool.domain.lineage import Descent, Words, heirs, heirs_for
from reviewtool.models.answers import Answer
from reviewtool.models.contributions import Contribution
from reviewtool.models.sections import Revision, SectionText
from reviewtool.queries.lineage import lineage_of, standing_sections
from reviewtool.queries.suggestions import Origin, latest_placements

MANY = 500
_Text = tuple[str, str]
"""A section and a language."""


@dataclass(frozen=True)
class Planned:
    """What is about to change: new lineage, sections that go or come back, and new texts."""

    lineage: tuple[Descent, ...] = ()
    going: frozenset[str] = frozenset()
    coming: frozenset[str] = frozenset()
    texts: Mapping[_Text, str] | None = None


@dataclass(frozen=True)
class _Said:
    """A contribution: the section that it descends from, its heir so far, and its passage.

    place: where it is dealt with when it has no heir.
    """

    id: str
    base: str
    place: str
    heir_id: str | None
    origin: Origin | None
    replacement: str | None


def plan_heirs(session: Session, handbook_id: str, planned: Planned) -> dict[str, str | None]:
    """Find the contributions whose heir changes: id -> the heir, None is their own section.

    Computed on a read snapshot, since passages are placed straight from their own revision on
    each heir's newest text; 6 queries.
    """
    lineage = [*lineage_of(session, handbook_id), *planned.lineage]
    standing = (standing_sections(session, handbook_id) - planned.going) | planned.coming
    touched = {one for edge in lineage for one in (edge.from_id, edge.to_id)}
    said = [one for one in _said(session, handbook_id) if one.base in touched or one.heir_id]
    candidates = {base: heirs(base, lineage, standing) for base in {one.base for one in said}}
    texts = dict(_newest(session, {one for some in candidates.values() for one in some}))
    texts.update(planned.texts or {})
    chosen = {one.id: candidates[one.base][0] for one in said}
    chosen.update(_by_words(said, candidates, texts, _origins(session, said)))
    found: dict[str, str | None] = {}
    for one in said:
        heir = None if chosen[one.id] == one.place else chosen[one.id]
        if heir != one.heir_id:
            found[one.id] = heir
    return found


def lead(session: Session, heirs_of: Mapping[str, str | None]) -> None:
    """Write the planned heirs down."""
    by_heir: dict[str | None, list[str]] = {}
    for contribution_id, heir in heirs_of.items():
        by_heir.setdefault(heir, []).append(contribution_id)
    for heir, ids in by_heir.items():
        for some in _batches(ids):
            session.execute(
                update(Contribution).where(Contribution.id.in_(some)).values(heir_id=heir)
            )


def _said(session: Session, handbook_id: str) -> list[_Said]:
    rows = session.execute(
        select(
            Contribution.id,
            Contribution.section_id,
            Contribution.heir_id,
            Contribution.revision_id,
            Contribution.start,
            Contribution.end,
            Contribution.replacement,
            Answer.moved_section_id,
        )
        .outerjoin(Answer, Answer.contribution_id == Contribution.id)
        .where(Contribution.handbook_id == handbook_id, Contribution.section_id.is_not(None))
    ).all()
    placed = latest_placements(session, [row.id for row in rows])
    sections = _sections_of(session, [one.revision_id for one in placed.values()])
    return [_of_row(row, placed.get(row.id), sections) for row in rows]


def _of_row(row: Any, placed: Origin | None, sections: Mapping[str, str]) -> _Said:
    place = base = row.moved_section_id or row.section_id
    origin = None
    if placed is not None:
        base, origin = sections[placed.revision_id], placed
    elif row.moved_section_id is None and row.revision_id and row.start is not None:
        origin = Origin(row.revision_id, row.start, row.end)
    return _Said(row.id, base, place, row.heir_id, origin, row.replacement)


def _sections_of(session: Session, revision_ids: Sequence[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for some in _batches(sorted(set(revision_ids))):
        rows = session.execute(
            select(Revision.id, Revision.section_id).where(Revision.id.in_(some))
        )
        found.update((row.id, row.section_id) for row in rows)
    return found


def _origins(session: Session, said: Iterable[_Said]) -> dict[str, tuple[str, str]]:
    """Read the (language, text) of the revisions that passages were marked in."""
    found: dict[str, tuple[str, str]] = {}
    for some in _batches(sorted({one.origin.revision_id for one in said if one.origin})):
        rows = session.execute(
            select(Revision.id, Revision.language, Revision.text).where(Revision.id.in_(some))
        )
        found.update((row.id, (row.language, row.text)) for row in rows)
    return found


def _newest(session: Session, section_ids: Iterable[str]) -> list[tuple[_Text, str]]:
    rows = session.execute(
        select(SectionText.section_id, SectionText.language, Revision.text)
        .join(Revision, Revision.id == SectionText.working_revision_id)
        .where(SectionText.section_id.in_(sorted(section_ids)))
    )
    return [((row.section_id, row.language), row.text) for row in rows]


def _by_words(
    said: Iterable[_Said],
    candidates: Mapping[str, Sequence[str]],
    texts: Mapping[_Text, str],
    origins: Mapping[str, tuple[str, str]],
) -> dict[str, str]:
    """Choose heirs by where passages stand, those of one revision at once."""
    together: dict[tuple[str, str], list[tuple[str, Words]]] = {}
    for one in said:
        if one.origin is not None and len(candidates[one.base]) > 1:
            words = Words(one.origin.start, one.origin.end, one.replacement)
            together.setdefault((one.base, one.origin.revision_id), []).append((one.id, words))
    chosen: dict[str, str] = {}
    for (base, revision_id), own in together.items():
        language, text = origins[revision_id]
        known = [
            (one, texts[one, language]) for one in candidates[base] if (one, language) in texts
        ]
        if known:
            found = heirs_for(text, [words for _, words in own], known)
            chosen.update(zip((key for key, _ in own), found, strict=True))
    return chosen


def _batches(ids: Sequence[str]) -> Iterable[Sequence[str]]:
    return (ids[start : start + MANY] for start in range(0, len(ids), MANY))
