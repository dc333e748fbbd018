"""Who answered what without words: the ledger's other list, one row an answer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session

from reviewtool.domain.actors import Actor
from reviewtool.domain.contributions import WITH_OPTIONS
from reviewtool.domain.people import fold, search_key
from reviewtool.models.handbooks import Localized
from reviewtool.models.invitations import Invitation
from reviewtool.models.organisations import Organisation
from reviewtool.models.people import Person
from reviewtool.models.phases import Phase, Question
from reviewtool.queries.ledger import PER_PAGE, WHOLE, LedgerFilter
from reviewtool.queries.paging import page_within
from reviewtool.queries.sections import editing
from reviewtool.queries.wordless import SHORT


@dataclass(frozen=True)
class ShortAnswer:
    """One answer without words, and whose it is."""

    phase: Localized
    section_id: str | None
    question: Localized | None
    """None: there is nothing to say about the text."""
    option: Localized | None
    name: str
    organisation: str
    organisation_kind: str
    at: datetime


@dataclass(frozen=True)
class ShortAnswers:
    """One page of them."""

    rows: tuple[ShortAnswer, ...]
    total: int
    page: int
    pages: int


def short_answers(
    session: Session, actor: Actor, handbook_id: str, wanted: LedgerFilter, page: int = 1
) -> ShortAnswers:
    """Read one page of the answers without words, the newest first; 3 queries. Raises Refused."""
    editing(actor, handbook_id)
    condition = _condition(session, handbook_id, wanted)
    total = count_short_answers(session, actor, handbook_id, wanted)
    page, pages = page_within(total, PER_PAGE, page)
    query = _rows(condition).offset((page - 1) * PER_PAGE).limit(PER_PAGE)
    return ShortAnswers(_read(session.execute(query)), total, page, pages)


def all_short_answers(
    session: Session, actor: Actor, handbook_id: str, wanted: LedgerFilter
) -> tuple[ShortAnswer, ...]:
    """Read all that a filter lists, for the export; 2 queries. Raises Refused."""
    editing(actor, handbook_id)
    if not wanted.fits_short_answers:
        return ()
    return _read(session.execute(_rows(_condition(session, handbook_id, wanted))))


def count_short_answers(
    session: Session, actor: Actor, handbook_id: str, wanted: LedgerFilter
) -> int:
    """Count what a filter of the ledger leaves of them; at most 2 queries. Raises Refused."""
    editing(actor, handbook_id)
    if not wanted.fits_short_answers:
        return 0
    condition = _condition(session, handbook_id, wanted)
    return session.scalar(_joined(select(func.count())).where(condition)) or 0


def _joined(query: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    return (
        query.select_from(SHORT)
        .join(Invitation, Invitation.id == SHORT.c.invitation_id)
        .join(Phase, Phase.id == Invitation.phase_id)
        .join(Person, Person.id == Invitation.person_id)
        .outerjoin(Organisation, Organisation.id == Invitation.organisation_id)
        .outerjoin(Question, Question.id == SHORT.c.question_id)
    )


def _rows(condition: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    return (
        _joined(
            select(
                Phase.title,
                SHORT.c.section_id,
                SHORT.c.option,
                SHORT.c.at,
                Question.words,
                Question.options,
                Person.name,
                Organisation.name.label("organisation"),
                Organisation.kind.label("organisation_kind"),
            )
        )
        .where(condition)
        .order_by(SHORT.c.at.desc(), SHORT.c.id)
    )


def _condition(session: Session, handbook_id: str, wanted: LedgerFilter) -> ColumnElement[bool]:
    parts: list[ColumnElement[bool]] = [Phase.handbook_id == handbook_id]
    if wanted.phase:
        parts.append(Invitation.phase_id == wanted.phase)
    if wanted.section == WHOLE:
        parts.append(SHORT.c.section_id.is_(None))
    elif wanted.section:
        parts.append(SHORT.c.section_id == wanted.section)
    if wanted.organisation:
        parts.append(Invitation.organisation_id == wanted.organisation)
    if search_key(wanted.search):
        parts.append(_holding(session, handbook_id, wanted.search))
    return and_(*parts)


def _holding(session: Session, handbook_id: str, words: str) -> ColumnElement[bool]:
    """Give the condition that the searched words stand in who answered, or in what; 1 query."""
    part = search_key(words).replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    ways: list[ColumnElement[bool]] = [
        Person.search_key.like(f"%{part}%", escape="\\"),
        Organisation.search_key.like(f"%{part}%", escape="\\"),
    ]
    asked = session.scalars(
        select(Question)
        .join(Phase, Phase.id == Question.phase_id)
        .where(Phase.handbook_id == handbook_id, Question.kind.in_(WITH_OPTIONS))
    )
    for question in asked:
        if _says(words, question.words):
            ways.append(SHORT.c.question_id == question.id)
            continue
        found = [place for place, one in enumerate(question.options) if _says(words, one)]
        if found:
            chosen = SHORT.c.option.in_(found)
            ways.append(and_(SHORT.c.question_id == question.id, chosen))
    return or_(*ways)


def _says(words: str, said: Localized) -> bool:
    return any(fold(words) in fold(one) for one in said.values())


def _read(rows: Iterable[Any]) -> tuple[ShortAnswer, ...]:
    return tuple(
        ShortAnswer(
            phase=row.title,
            section_id=row.section_id,
            question=row.words,
            option=row.options[row.option] if row.options and row.option is not None else None,
            name=row.name,
            organisation=row.organisation or "",
            organisation_kind=row.organisation_kind or "",
            at=row.at,
        )
        for row in rows
    )
