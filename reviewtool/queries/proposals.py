"""Proposals about the structure, what became of them, and the changes of the tree."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, not_, or_, select
from sqlalchemy.orm import Session

from reviewtool.domain.actors import Actor
from reviewtool.domain.contributions import ContributionKind, ContributionState
from reviewtool.domain.phases import PhaseState
from reviewtool.domain.proposals import ProposalAct, StructureAct
from reviewtool.domain.sections import SectionKind
from reviewtool.models.answers import Answer
from reviewtool.models.contributions import Contribution
from reviewtool.models.handbooks import Localized
from reviewtool.models.people import Person
from reviewtool.models.phases import Phase
from reviewtool.models.proposals import Proposal, StructureChange, StructureChangeSection
from reviewtool.queries.asked_for import TitledSection, asked_for, others_of, titles_of
from reviewtool.queries.entries import Entry, read_entry, select_entries
from reviewtool.queries.facts import found
from reviewtool.queries.openness import open_condition
from reviewtool.queries.paging import page_within
from reviewtool.queries.sections import editing
from reviewtool.queries.structure_acts import in_words

PER_PAGE = 50


@dataclass(frozen=True)
class ProposalLine:
    """A proposal: what it asks for, as it was said, and what became of it.

    act: None where somebody only wrote what they mean. words: the sentence that says it.
    """

    entry: Entry
    act: ProposalAct | None
    words: str
    section: TitledSection | None
    others: tuple[TitledSection, ...]
    title: str
    parent: TitledSection | None
    kind: SectionKind | None
    became: tuple[TitledSection, ...]


@dataclass(frozen=True)
class ProposalPage:
    """One page of proposals; open and decided count all."""

    lines: tuple[ProposalLine, ...]
    page: int
    pages: int
    open: int
    decided: int


@dataclass(frozen=True)
class ChangeLine:
    """A change of the tree, with the wish that it came from."""

    id: str
    act: StructureAct
    words: str
    section: TitledSection | None
    note: str
    by: str
    at: datetime
    proposal_id: str | None
    proposal_number: int | None
    phase: Localized | None
    old_title: str


def proposals(
    session: Session, actor: Actor, handbook_id: str, *, decided: bool = False, page: int = 1
) -> ProposalPage:
    """List a handbook's proposals, the open or the decided ones; 11 queries. Raises Refused."""
    editing(actor, handbook_id)
    mine, waiting = _of_handbook(handbook_id), _waiting()
    counts = {is_open: _count(session, *mine, waiting if is_open else not_(waiting))
              for is_open in (True, False)}  # fmt: skip
    total = counts[not decided]
    page, pages = page_within(total, PER_PAGE, page)
    rows = session.execute(
        select_entries(actor)
        .where(*mine, not_(waiting) if decided else waiting)
        .order_by(Contribution.number.desc() if decided else Contribution.number)
        .offset((page - 1) * PER_PAGE)
        .limit(PER_PAGE)
    ).all()
    lines = _lines(session, handbook_id, [read_entry(row) for row in rows])
    return ProposalPage(tuple(lines), page, pages, counts[True], counts[False])


def open_proposals(session: Session, actor: Actor, handbook_id: str) -> int:
    """Count the proposals that wait for a decision; 1 query. Raises Refused."""
    editing(actor, handbook_id)
    return _count(session, *_of_handbook(handbook_id), _waiting())


def _of_handbook(handbook_id: str) -> tuple[ColumnElement[bool], ...]:
    return (
        Contribution.handbook_id == handbook_id,
        Contribution.kind == ContributionKind.PROPOSAL,
        Contribution.state != ContributionState.WITHDRAWN,
    )


def _waiting() -> ColumnElement[bool]:
    """The condition on what waits for a decision; what came late waits for being admitted too."""
    return or_(Contribution.state == ContributionState.LATE, open_condition())


def proposal(
    session: Session, actor: Actor, handbook_id: str, contribution_id: str
) -> ProposalLine:
    """Read one proposal of a handbook; 9 queries. Raises Refused (not found)."""
    editing(actor, handbook_id)
    row = session.execute(
        select_entries(actor).where(
            Contribution.id == contribution_id,
            Contribution.handbook_id == handbook_id,
            Contribution.kind == ContributionKind.PROPOSAL,
        )
    ).one_or_none()
    return _lines(session, handbook_id, [read_entry(found(row))])[0]


def _count(session: Session, *conditions: ColumnElement[bool]) -> int:
    return (
        session.scalar(
            select(func.count())
            .select_from(Contribution)
            .outerjoin(Answer, Answer.contribution_id == Contribution.id)
            .outerjoin(Phase, Phase.id == Answer.deferred_phase_id)
            .where(*conditions)
        )
        or 0
    )


def _lines(session: Session, handbook_id: str, entries: Sequence[Entry]) -> list[ProposalLine]:
    titles = titles_of(session, handbook_id)
    ids = [entry.id for entry in entries]
    rows = {row.contribution_id: row for row in _rows(session, ids)}
    others = others_of(session, ids)
    became = _became(session, ids)
    asks = asked_for(session, ids)
    return [
        _line(
            replace(entry, asks=asks.get(entry.id, "")),
            rows.get(entry.id),
            others.get(entry.id, []),
            became.get(entry.id, []),
            titles,
        )
        for entry in entries
    ]


def _line(
    entry: Entry,
    row: Proposal | None,
    others: Sequence[str],
    became: Sequence[str],
    titles: dict[str, TitledSection],
) -> ProposalLine:
    known = tuple(titles[one] for one in others if one in titles)
    return ProposalLine(
        entry=entry,
        act=row.act if row else None,
        words=entry.asks,
        section=titles.get(row.section_id or "") if row else titles.get(entry.section_id or ""),
        others=known,
        title=row.title if row else "",
        parent=titles.get(row.parent_id or "") if row else None,
        kind=row.section_kind if row else None,
        became=tuple(titles[one] for one in became if one in titles),
    )


def _rows(session: Session, ids: Collection[str]) -> Sequence[Proposal]:
    return session.scalars(select(Proposal).where(Proposal.contribution_id.in_(ids))).all()


def _became(session: Session, ids: Collection[str]) -> dict[str, list[str]]:
    """Read in which sections the changes made from proposals are seen; 1 query."""
    rows = session.execute(
        select(
            StructureChange.contribution_id,
            StructureChange.section_id,
            StructureChangeSection.section_id.label("other_id"),
        )
        .outerjoin(
            StructureChangeSection,
            (StructureChangeSection.change_id == StructureChange.id)
            & StructureChangeSection.came_of_it,
        )
        .where(StructureChange.contribution_id.in_(ids))
        .order_by(StructureChange.created_at, StructureChange.id)
    )
    became: dict[str, dict[str, None]] = {}
    for row in rows:
        own = became.setdefault(row.contribution_id or "", {})
        own.update(dict.fromkeys(one for one in (row.section_id, row.other_id) if one))
    return {key: list(own) for key, own in became.items()}


def changes(
    session: Session,
    actor: Actor,
    handbook_id: str,
    *,
    section_id: str | None = None,
    limit: int = 100,
) -> list[ChangeLine]:
    """List the changes of the tree, or those that a section had a part in, the newest first.

    4 queries. Raises Refused.
    """
    editing(actor, handbook_id)
    query = (
        select(
            StructureChange,
            Person.name,
            Contribution.number,
            Phase.title.label("phase"),
        )
        .outerjoin(Person, Person.id == StructureChange.person_id)
        .outerjoin(Contribution, Contribution.id == StructureChange.contribution_id)
        .outerjoin(Phase, Phase.id == Contribution.phase_id)
        .where(StructureChange.handbook_id == handbook_id)
        .order_by(StructureChange.created_at.desc(), StructureChange.id)
        .limit(limit)
    )
    if section_id is not None:
        part = select(StructureChangeSection.change_id).where(
            StructureChangeSection.section_id == section_id
        )
        query = query.where(
            or_(StructureChange.section_id == section_id, StructureChange.id.in_(part))
        )
    rows = session.execute(query).all()
    titles = titles_of(session, handbook_id)
    words = in_words(session, [row.StructureChange for row in rows])
    return [_change(row, words[row.StructureChange.id], titles) for row in rows]


def _change(row: Any, words: str, titles: dict[str, TitledSection]) -> ChangeLine:
    change: StructureChange = row.StructureChange
    return ChangeLine(
        id=change.id,
        act=change.act,
        words=words,
        section=titles.get(change.section_id),
        note=change.note,
        by=row.name or "",
        at=change.created_at,
        proposal_id=change.contribution_id,
        proposal_number=row.number,
        phase=row.phase,
        old_title=change.old_title,
    )


@dataclass(frozen=True)
class PhaseChoice:
    """A phase that a proposal may be tied to."""

    id: str
    title: Localized
    state: PhaseState


def phase_choices(session: Session, actor: Actor, handbook_id: str) -> list[PhaseChoice]:
    """List a handbook's phases, those under way first; 1 query. Raises Refused."""
    editing(actor, handbook_id)
    rows = session.execute(
        select(Phase.id, Phase.title, Phase.state)
        .where(Phase.handbook_id == handbook_id)
        .order_by(Phase.created_at, Phase.position)
    )
    found_phases = [PhaseChoice(row.id, row.title, row.state) for row in rows]
    return sorted(found_phases, key=lambda one: one.state is not PhaseState.OPEN)


@dataclass(frozen=True)
class Wish:
    """A proposal that a section's structure came from."""

    contribution_id: str
    number: int
    phase: Localized


def wishes_of(session: Session, section_id: str) -> list[Wish]:
    """List the proposals that a section came from or was changed by, oldest first; 1 query."""
    part = select(StructureChangeSection.change_id).where(
        StructureChangeSection.section_id == section_id
    )
    rows = session.execute(
        select(Contribution.id, Contribution.number, Phase.title)
        .join(StructureChange, StructureChange.contribution_id == Contribution.id)
        .join(Phase, Phase.id == Contribution.phase_id)
        .where(or_(StructureChange.section_id == section_id, StructureChange.id.in_(part)))
        .order_by(StructureChange.created_at, Contribution.number)
    )
    found_wishes = {row.id: Wish(row.id, row.number, row.title) for row in rows}
    return list(found_wishes.values())
