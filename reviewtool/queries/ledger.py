"""The ledger: all contributions of all phases and channels in one table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, not_, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from reviewtool.domain.actors import Actor
from reviewtool.domain.answers import AnswerKind, AnswerState
from reviewtool.domain.contributions import Channel, ContributionKind, ContributionState
from reviewtool.domain.people import fold
from reviewtool.models.answers import Answer
from reviewtool.models.contributions import Contribution
from reviewtool.models.handbooks import Handbook, Localized
from reviewtool.models.invitations import Invitation
from reviewtool.models.organisations import Organisation
from reviewtool.models.people import Person
from reviewtool.models.phases import Phase
from reviewtool.models.sections import Revision, Section, SectionText
from reviewtool.models.verdicts import Verdict
from reviewtool.queries.entries import Entry, read_entries, select_entries
from reviewtool.queries.openness import open_condition, standing_section
from reviewtool.queries.paging import page_within
from reviewtool.queries.sections import editing
from reviewtool.queries.tree import TreeLine, working_tree
from reviewtool.queries.visible import of_group, of_statement
from reviewtool.queries.wordless import SHORT

PER_PAGE = 50
OPEN, ANSWERED = "open", "answered"
"""Beside the kinds of answers: what one may filter the answer by."""
SHORT_ANSWER = "short-answer"
"""Beside the kinds of contributions: a choice, a step of a scale, nothing to say."""
WHOLE = "whole"
"""Beside the ids of sections: about the whole handbook."""


class Voice(StrEnum):
    """As whom it was said: what one may filter by."""

    STATEMENT = "statement"
    GROUP = "group"
    PERSONAL = "personal"


class Judged(StrEnum):
    """What authors say of the answers: what one may filter by."""

    SATISFIED = "satisfied"
    NOT_REALLY = "not-really"
    NOTHING = "nothing"


class Sort(StrEnum):
    """How the ledger is ordered."""

    NEWEST = "newest"
    NUMBER = "number"
    SECTION = "section"
    ORGANISATION = "organisation"


@dataclass(frozen=True)
class LedgerFilter:
    """What to list; an empty part doesn't filter. search is compared without case."""

    phase: str = ""
    section: str = ""
    organisation: str = ""
    kind: str = ""
    channel: str = ""
    answer: str = ""
    verdict: str = ""
    voice: str = ""
    state: str = ""
    search: str = ""
    sort: Sort = Sort.NEWEST

    @property
    def fits_short_answers(self) -> bool:
        """Tell whether answers without words fit too: they have none of what contributions have."""
        of_contributions = self.channel, self.answer, self.verdict, self.voice, self.state
        return self.kind in ("", SHORT_ANSWER) and not any(of_contributions)


@dataclass(frozen=True)
class LedgerOptions:
    """What the filters can be set to: (id, name) pairs."""

    phases: tuple[tuple[str, Localized], ...]
    sections: tuple[TreeLine, ...]
    dropped: tuple[tuple[str, str], ...]
    """Sections that stand no more, on which something was said."""
    organisations: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class LedgerPage:
    """One page of the ledger; open counts all of the handbook."""

    rows: tuple[Entry, ...]
    total: int
    page: int
    pages: int
    options: LedgerOptions
    all: int
    open: int
    short: bool
    """Whether anybody has answered without words."""


def ledger(
    session: Session,
    actor: Actor,
    handbook_id: str,
    language: str,
    wanted: LedgerFilter,
    page: int = 1,
) -> LedgerPage:
    """Read one page of the ledger; at most 12 queries. Raises Refused."""
    editing(actor, handbook_id)
    tree = working_tree(session, handbook_id, language)
    ids = _found_ids(session, handbook_id, wanted) if wanted.search.strip() else None
    condition = _condition(handbook_id, wanted, ids)
    total = _count(session, condition)
    page, pages = page_within(total, PER_PAGE, page)
    query = _ordered(select_entries(actor).where(condition), wanted.sort, tree)
    rows = session.execute(query.offset((page - 1) * PER_PAGE).limit(PER_PAGE)).all()
    everything, still_open = session.execute(
        _joined(select(func.count(), func.sum(case((open_condition(), 1), else_=0)))).where(
            Contribution.handbook_id == handbook_id
        )
    ).one()
    return LedgerPage(
        rows=tuple(read_entries(session, rows)),
        total=total,
        page=page,
        pages=pages,
        options=_options(session, handbook_id, tree),
        all=everything,
        open=still_open or 0,
        short=_anything_short(session, handbook_id),
    )


def all_rows(
    session: Session, actor: Actor, handbook_id: str, language: str, wanted: LedgerFilter
) -> list[Entry]:
    """Read all rows that a filter lists, in its order: for the export; at most 3 queries."""
    editing(actor, handbook_id)
    tree = working_tree(session, handbook_id, language)
    ids = _found_ids(session, handbook_id, wanted) if wanted.search.strip() else None
    condition = _condition(handbook_id, wanted, ids)
    query = _ordered(select_entries(actor).where(condition), wanted.sort, tree)
    return read_entries(session, session.execute(query))


def _joined(query: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    return (
        query.select_from(Contribution)
        .outerjoin(Answer, Answer.contribution_id == Contribution.id)
        .outerjoin(Verdict, Verdict.contribution_id == Contribution.id)
        .outerjoin(Phase, Phase.id == Answer.deferred_phase_id)
    )


def _count(session: Session, condition: ColumnElement[bool]) -> int:
    return session.scalar(_joined(select(func.count())).where(condition)) or 0


def _condition(
    handbook_id: str, wanted: LedgerFilter, ids: Sequence[str] | None
) -> ColumnElement[bool]:
    parts: list[ColumnElement[bool]] = [Contribution.handbook_id == handbook_id]
    if ids is not None:
        parts.append(Contribution.id.in_(ids))
    if wanted.phase:
        parts.append(Contribution.phase_id == wanted.phase)
    if wanted.section:
        section = standing_section()
        parts.append(section.is_(None) if wanted.section == WHOLE else section == wanted.section)
    if wanted.organisation:
        parts.append(Contribution.organisation_id == wanted.organisation)
    if wanted.kind in set(ContributionKind):
        parts.append(Contribution.kind == ContributionKind(wanted.kind))
    if wanted.channel in set(Channel):
        parts.append(Contribution.channel == Channel(wanted.channel))
    if wanted.state in set(ContributionState):
        parts.append(Contribution.state == ContributionState(wanted.state))
    if wanted.answer == OPEN:
        parts.append(open_condition())
    elif wanted.answer == ANSWERED:
        parts += [Contribution.state == ContributionState.RECEIVED, not_(open_condition())]
    elif wanted.answer in set(AnswerKind):
        parts.append(Answer.kind == AnswerKind(wanted.answer))
    if wanted.verdict == Judged.NOTHING:
        parts += [Answer.state == AnswerState.PUBLISHED, Verdict.contribution_id.is_(None)]
    elif wanted.verdict in set(Judged):
        parts.append(Verdict.satisfied.is_(wanted.verdict == Judged.SATISFIED))
    if wanted.voice in set(Voice):
        voices = {
            Voice.STATEMENT: of_statement(),
            Voice.GROUP: of_group(),
            Voice.PERSONAL: not_(or_(of_statement(), of_group())),
        }
        parts.append(voices[Voice(wanted.voice)])
    return and_(*parts)


def _ordered(
    query: Select[*tuple[Any, ...]], sort: Sort, tree: Sequence[TreeLine]
) -> Select[*tuple[Any, ...]]:
    if sort is Sort.NEWEST:
        return query.order_by(Contribution.number.desc())
    if sort is Sort.ORGANISATION:
        return query.order_by(
            func.coalesce(Organisation.folded, "\uffff"), Person.name, Contribution.number
        )
    if sort is Sort.SECTION and tree:
        places = {line.section_id: place for place, line in enumerate(tree)}
        place = case(places, value=standing_section(), else_=len(places))
        return query.order_by(
            place, func.coalesce(Contribution.start, 1_000_000_000), Contribution.number
        )
    return query.order_by(Contribution.number)


SEARCHED = (
    Contribution.words,
    Contribution.replacement,
    Contribution.quote,
    Contribution.target_group,
    Contribution.activity,
    Contribution.effect,
    Answer.reason,
    Person.name,
    Organisation.name,
)


def _found_ids(session: Session, handbook_id: str, wanted: LedgerFilter) -> list[str]:
    """Find what holds the searched words, folded.

    The database narrows down with letters beyond ASCII as wildcards, as SQLite folds only ASCII;
    the folding itself is done here. A number finds the contribution of that number.
    """
    words = fold(wanted.search)
    pattern = "".join(_loose(letter) for letter in words)
    rows = session.execute(
        _joined(select(Contribution.id, Contribution.number, *SEARCHED))
        .join(Person, Person.id == Contribution.author_id)
        .outerjoin(Organisation, Organisation.id == Contribution.organisation_id)
        .where(
            Contribution.handbook_id == handbook_id,
            or_(
                *(column.ilike(f"%{pattern}%", escape="\\") for column in SEARCHED),
                Contribution.number == (int(words) if _is_number(words) else -1),
            ),
        )
    )
    return [
        row[0]
        for row in rows
        if str(row[1]) == words or any(words in fold(field) for field in row[2:] if field)
    ]


def _is_number(words: str) -> bool:
    """Tell whether words can be a contribution's number; more digits than these no column holds."""
    return words.isdecimal() and len(words) < 10


def _loose(letter: str) -> str:
    if not letter.isascii():
        return "%"
    return f"\\{letter}" if letter in "%_\\" else letter


def _options(session: Session, handbook_id: str, tree: Sequence[TreeLine]) -> LedgerOptions:
    phases = session.execute(
        select(Phase.id, Phase.title)
        .where(
            Phase.handbook_id == handbook_id,
            or_(
                Phase.id.in_(
                    select(Contribution.phase_id).where(Contribution.handbook_id == handbook_id)
                ),
                Phase.id.in_(_answered_shortly(Invitation.phase_id)),
            ),
        )
        .order_by(Phase.position)
    ).all()
    organisations = session.execute(
        select(Organisation.id, Organisation.name)
        .where(
            or_(
                Organisation.id.in_(
                    select(Contribution.organisation_id).where(
                        Contribution.handbook_id == handbook_id
                    )
                ),
                Organisation.id.in_(
                    _answered_shortly(Invitation.organisation_id)
                    .join(Phase, Phase.id == Invitation.phase_id)
                    .where(Phase.handbook_id == handbook_id)
                ),
            )
        )
        .order_by(Organisation.folded)
    ).all()
    return LedgerOptions(
        phases=tuple((row.id, row.title) for row in phases),
        sections=tuple(tree),
        dropped=_dropped(session, handbook_id),
        organisations=tuple((row.id, row.name) for row in organisations),
    )


def _anything_short(session: Session, handbook_id: str) -> bool:
    here = select(Phase.id).where(Phase.handbook_id == handbook_id)
    query = _answered_shortly(Invitation.id).where(Invitation.phase_id.in_(here))
    return session.scalar(query.limit(1)) is not None


def _answered_shortly(of: InstrumentedAttribute[Any]) -> Select[*tuple[Any, ...]]:
    return select(of).join(SHORT, SHORT.c.invitation_id == Invitation.id)


def _dropped(session: Session, handbook_id: str) -> tuple[tuple[str, str], ...]:
    """List the dropped sections in which something is dealt with; 1 query."""
    said = _joined(select(standing_section())).where(Contribution.handbook_id == handbook_id)
    rows = session.execute(
        select(Section.id, Revision.title)
        .join(Handbook, Handbook.id == Section.handbook_id)
        .join(
            SectionText,
            (SectionText.section_id == Section.id) & (SectionText.language == Handbook.language),
        )
        .join(Revision, Revision.id == SectionText.working_revision_id)
        .where(
            Section.handbook_id == handbook_id,
            Section.dropped_at.is_not(None),
            Section.id.in_(said),
        )
        .order_by(Revision.title)
    )
    return tuple((row.id, row.title) for row in rows)
