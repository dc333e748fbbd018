"""The merge page: one text, all that was said on it, where it stands and what is left.

Passages and the re-test of suggestions are computed, never stored by a GET; what was computed for
the same texts before is kept in the process.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from sqlalchemy import case, or_, select
from sqlalchemy.orm import Session

from reviewtool.domain.actors import Actor
from reviewtool.domain.contributions import ContributionKind, ContributionState
from reviewtool.domain.merging import Outcome, Suggestion, contained_at, take_into
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.domain.sections import Cause, SectionKind
from reviewtool.models.answers import Answer
from reviewtool.models.contributions import Contribution, ContributionSection
from reviewtool.models.people import Person
from reviewtool.models.phases import Phase
from reviewtool.models.sections import Revision, Section, SectionText
from reviewtool.queries.entries import Entry, entries
from reviewtool.queries.facts import found
from reviewtool.queries.openness import open_by_section, open_condition, standing_section
from reviewtool.queries.paging import page_within
from reviewtool.queries.sections import editing
from reviewtool.queries.suggestions import Origin, latest_placements, suggestions_of
from reviewtool.queries.tree import working_tree
from reviewtool.text.anchors import Passage, Placement, Status, passage_at, place_many
from reviewtool.text.errors import TextError
from reviewtool.text.retest import State, retest

PER_PAGE = 50
ALONE = "suggestion"
"""Names the party of a suggestion that is tried by itself; the empty name is the working text."""


class Show(StrEnum):
    """Which contributions the page lists; late ones wait in each of them to be admitted."""

    OPEN = "open"
    CURRENT = "current"
    ALL = "all"


@dataclass(frozen=True)
class BenchText:
    """The working text, with the version that guards taking, and its last change."""

    section_id: str
    kind: SectionKind
    language: str
    version: int
    revision_id: str
    title: str
    text: str
    cause: Cause
    undoable: bool
    changed_by: str
    changed_at: datetime
    own_change: bool
    """Whether the last change is the reader's own: a colleague's is looked at first."""
    dropped: bool


@dataclass(frozen=True)
class BenchItem:
    """A contribution with where its passage stands now, and how its suggestion fits.

    place: None where it is about no passage of this text; fit: None where nothing can be taken.
    """

    entry: Entry
    place: Placement | None
    fit: State | None


@dataclass(frozen=True)
class Neighbour:
    """The text before or after this one, with how much is open there."""

    section_id: str
    title: str
    open: int


@dataclass(frozen=True)
class Bench:
    """Everything that the merge page shows; open and current count all pages."""

    text: BenchText
    items: tuple[BenchItem, ...]
    show: Show
    page: int
    pages: int
    open: int
    current: int
    total: int
    previous: Neighbour | None
    next: Neighbour | None

    @property
    def answered(self) -> int:
        """How many of the present ones are dealt with."""
        return self.current - self.open


class _Light(NamedTuple):
    """What ordering needs of each contribution of the section; there may be thousands."""

    id: str
    number: int
    is_open: bool
    current: bool
    late: bool
    inherited: bool
    """Whether it came with its words from a text that was split or merged."""
    origin: Origin | None
    suggested: str | None


def bench(
    session: Session,
    actor: Actor,
    handbook_id: str,
    section_id: str,
    language: str,
    *,
    show: Show = Show.OPEN,
    page: int = 1,
) -> Bench:
    """Read the merge page of a section; 8 queries, however much was said. Raises Refused."""
    editing(actor, handbook_id)
    text = _text(session, actor, handbook_id, section_id, language)
    lights = _lights(session, section_id)
    texts = _origin_texts(session, section_id, lights)
    places = _places_of(lights, texts, text.text)
    chosen = [one for one in lights if _listed(one, show)]
    chosen.sort(key=lambda one: _order(one, places.get(one.id)))
    page, pages = page_within(len(chosen), PER_PAGE, page)
    shown = chosen[(page - 1) * PER_PAGE : page * PER_PAGE]
    full = {entry.id: entry for entry in entries(session, actor, [one.id for one in shown])}
    items = tuple(
        BenchItem(full[one.id], _place(one, places, texts, text.text), _fit(one, texts, text.text))
        for one in shown
        if one.id in full
    )
    before, after = _neighbours(session, handbook_id, section_id, language)
    current = [one for one in lights if one.current]
    return Bench(
        text=text,
        items=items,
        show=show,
        page=page,
        pages=pages,
        open=sum(one.is_open for one in current),
        current=len(current),
        total=len(lights),
        previous=before,
        next=after,
    )


def _text(
    session: Session, actor: Actor, handbook_id: str, section_id: str, language: str
) -> BenchText:
    row = found(
        session.execute(
            select(Section, SectionText.version, Revision, Person.name)
            .join(
                SectionText,
                (SectionText.section_id == Section.id) & (SectionText.language == language),
            )
            .join(Revision, Revision.id == SectionText.working_revision_id)
            .outerjoin(Person, Person.id == Revision.author_id)
            .where(Section.id == section_id, Section.handbook_id == handbook_id)
        ).one_or_none()
    )
    revision = row.Revision
    return BenchText(
        section_id=section_id,
        kind=row.Section.kind,
        language=language,
        version=row.version,
        revision_id=revision.id,
        title=revision.title,
        text=revision.text,
        cause=revision.cause,
        undoable=revision.parent_id is not None,
        changed_by=row.name or "",
        changed_at=revision.created_at,
        own_change=revision.author_id == actor.person_id,
        dropped=row.Section.dropped_at is not None,
    )


def _lights(session: Session, section_id: str) -> list[_Light]:
    """Read all contributions of the section, short; 2 queries."""
    also = select(ContributionSection.contribution_id).where(
        ContributionSection.section_id == section_id
    )
    here = or_(standing_section() == section_id, Contribution.id.in_(also))
    rows = session.execute(
        select(
            Contribution.id,
            Contribution.number,
            Contribution.kind,
            Contribution.state,
            Contribution.revision_id,
            Contribution.start,
            Contribution.end,
            Contribution.replacement,
            Contribution.heir_id,
            Answer.published_draft_id,
            Answer.moved_section_id,
            case((open_condition(), 1), else_=0).label("is_open"),
        )
        .outerjoin(Answer, Answer.contribution_id == Contribution.id)
        .outerjoin(Phase, Phase.id == Answer.deferred_phase_id)
        .where(here)
    ).all()
    ids = (
        select(Contribution.id)
        .outerjoin(Answer, Answer.contribution_id == Contribution.id)
        .where(here, Contribution.revision_id.is_not(None))
    )
    placed = latest_placements(session, ids)
    return [
        _Light(
            id=row.id,
            number=row.number,
            is_open=bool(row.is_open),
            current=row.state is ContributionState.RECEIVED
            and (bool(row.is_open) or row.published_draft_id is None),
            late=row.state is ContributionState.LATE,
            inherited=row.heir_id == section_id
            and (row.id in placed or row.moved_section_id is None),
            origin=placed.get(row.id)
            or (
                Origin(row.revision_id, row.start, row.end)
                if row.revision_id and row.start is not None and row.end is not None
                else None
            ),
            suggested=row.replacement
            if row.kind is ContributionKind.SUGGESTION
            and row.state is not ContributionState.WITHDRAWN
            else None,
        )
        for row in rows
    ]


def _origin_texts(session: Session, section_id: str, lights: list[_Light]) -> dict[str, str]:
    """Read the texts of this section, and of those it came from, that passages were marked in;
    those of others stay out.
    """
    wanted = {one.origin.revision_id for one in lights if one.origin}
    inherited = {one.origin.revision_id for one in lights if one.origin and one.inherited}
    rows = session.execute(
        select(Revision.id, Revision.text).where(
            Revision.id.in_(sorted(wanted)),
            or_(Revision.section_id == section_id, Revision.id.in_(sorted(inherited))),
        )
    )
    return {row.id: row.text for row in rows}


def _places_of(lights: list[_Light], texts: dict[str, str], working: str) -> dict[str, Placement]:
    by_origin: dict[str, list[_Light]] = {}
    for one in lights:
        if one.origin is not None and one.origin.revision_id in texts:
            by_origin.setdefault(one.origin.revision_id, []).append(one)
    places: dict[str, Placement] = {}
    for revision_id, own in by_origin.items():
        old = texts[revision_id]
        ranges = [(one.origin.start, one.origin.end) for one in own if one.origin]
        places.update(
            zip((one.id for one in own), _placed(old, working, tuple(ranges)), strict=True)
        )
    return places


def _place(
    one: _Light, places: dict[str, Placement], texts: dict[str, str], working: str
) -> Placement | None:
    """Give where a passage stands: with the suggested words, where they are in the text already."""
    if one.suggested is not None and one.origin is not None and one.origin.revision_id in texts:
        base = texts[one.origin.revision_id]
        where = _contained(base, working, one.origin.start, one.origin.end, one.suggested)
        if where is not None:
            return Placement(Status.REWORDED, *where, 1.0)
    return places.get(one.id)


@lru_cache(maxsize=4096)
def _contained(
    base: str, working: str, start: int, end: int, replacement: str
) -> tuple[int, int] | None:
    return contained_at(Suggestion(ALONE, base, start, end, replacement), working)


@lru_cache(maxsize=256)
def _placed(old: str, new: str, ranges: tuple[tuple[int, int], ...]) -> tuple[Placement, ...]:
    passages: list[Passage] = [passage_at(old, start, end) for start, end in ranges]
    return tuple(place_many(old, new, passages))


def _fit(one: _Light, texts: dict[str, str], working: str) -> State | None:
    if one.suggested is None or one.origin is None or one.origin.revision_id not in texts:
        return None
    base = texts[one.origin.revision_id]
    return _tested(base, working, one.origin.start, one.origin.end, one.suggested)


@lru_cache(maxsize=4096)
def _tested(base: str, working: str, start: int, end: int, replacement: str) -> State | None:
    """Re-test one suggestion against the working text; None where it can't stand anywhere."""
    try:
        proposal = Suggestion(ALONE, base, start, end, replacement).proposal
    except TextError:
        return None
    return retest(base, working, {ALONE: proposal})[ALONE].state


def _listed(one: _Light, show: Show) -> bool:
    if show is Show.OPEN:
        return one.is_open or one.late
    return one.current or one.late if show is Show.CURRENT else True


def _order(one: _Light, place: Placement | None) -> tuple[int, int, int]:
    """Order as the text reads: passages, then what is about the whole text, then lost ones."""
    if place is None:
        return (1, 0, one.number)
    if place.status is Status.REMOVED:
        return (2, 0, one.number)
    return (0, place.start, one.number)


def _neighbours(
    session: Session, handbook_id: str, section_id: str, language: str
) -> tuple[Neighbour | None, Neighbour | None]:
    lines = working_tree(session, handbook_id, language)
    counts = open_by_section(session, handbook_id)
    texts = [
        Neighbour(line.section_id, line.title, counts.get(line.section_id, 0)) for line in lines
    ]
    at = next((n for n, one in enumerate(texts) if one.section_id == section_id), None)
    if at is None:
        return None, None
    before = texts[at - 1] if at else None
    return before, texts[at + 1] if at + 1 < len(texts) else None


@dataclass(frozen=True)
class Preview:
    """What taking chosen suggestions would come to now."""

    title: str
    language: str
    version: int
    outcome: Outcome


def preview(
    session: Session,
    actor: Actor,
    handbook_id: str,
    section_id: str,
    contribution_ids: Sequence[str],
) -> Preview:
    """Try taking chosen suggestions without changing anything; 6 queries. Raises Refused."""
    editing(actor, handbook_id)
    suggestions = suggestions_of(session, contribution_ids)
    language = session.scalar(
        select(Revision.language)
        .where(Revision.id.in_([one.revision_id for one in suggestions]))
        .limit(1)
    )
    text = _text(session, actor, handbook_id, section_id, found(language))
    try:
        outcome = take_into(text.text, suggestions)
    except TextError as error:
        raise Refused(Reason.TEXT_INVALID) from error
    return Preview(text.title, text.language, text.version, outcome)
