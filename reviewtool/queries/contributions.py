"""Contributions as their readers get them: with author as consented, support, answer, place."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, and_, exists, func, select
from sqlalchemy.orm import Session, aliased

from reviewtool.domain.actors import Actor
from reviewtool.domain.answers import AnswerKind, AnswerState
from reviewtool.domain.contributions import (
    ContributionKind,
    ContributionState,
    NameShown,
    is_blind,
    told_number,
)
from reviewtool.models.answers import Answer
from reviewtool.models.contributions import Contribution, Support
from reviewtool.models.files import Attachment
from reviewtool.models.handbooks import Localized
from reviewtool.models.late import LateDecision
from reviewtool.models.organisations import Organisation
from reviewtool.models.people import Person
from reviewtool.models.phases import Phase, Question
from reviewtool.models.verdicts import Verdict
from reviewtool.queries.agreeing import number_agreeing, organisations_agreeing
from reviewtool.queries.asked_for import asked_for
from reviewtool.queries.attached import AttachedFile, attached
from reviewtool.queries.further import FurtherText, further_texts
from reviewtool.queries.paging import pages_of
from reviewtool.queries.replies import Reply, replies_to
from reviewtool.queries.visible import of_statement, visible_to
from reviewtool.text.anchors import Passage
from reviewtool.text.anchors import Placement as Placed


@dataclass(frozen=True)
class AnswerLine:
    """The editors' published answer."""

    id: str
    kind: AnswerKind
    reason: str
    published_at: datetime | None
    together_with: int | None
    """The number of the contribution that it is handled with; None where it must not be told."""
    deferred_to: Localized | None


@dataclass(frozen=True)
class VerdictLine:
    """What its author says of the answer."""

    satisfied: bool
    reason: str
    given_at: datetime
    of_this_answer: bool
    """False where the editors have answered anew since."""


@dataclass(frozen=True)
class LateLine:
    """Whether what came late is considered, and why."""

    admitted: bool
    reason: str
    at: datetime


@dataclass(frozen=True)
class ContributionLine:
    """One contribution as one reader may see it.

    number is None where it would tell how much others have said (a blind round); start and end
    are those of the passage in the contribution's own revision; place says where it stands in
    the text that is shown (None: not about a passage, or not placed yet).
    """

    id: str
    number: int | None
    kind: ContributionKind
    state: ContributionState
    own: bool
    name: str
    organisation: str
    phase_id: str
    section_id: str | None
    revision_id: str | None
    start: int | None
    end: int | None
    quote: str
    language: str
    words: str
    replacement: str | None
    target_group: str
    activity: str
    effect: str
    publish_consent: bool
    name_shown: NameShown
    question_id: str | None
    question: Localized | None
    discussed_on: date | None
    """The day of the meeting in which its author discussed it before typing it in."""
    created_at: datetime
    edited: bool
    masked: bool
    supports: int
    supported: bool
    answer: AnswerLine | None
    verdict: VerdictLine | None = None
    """Of one's own only."""
    late: LateLine | None = None
    """What was decided about one's own that came late."""
    place: Placed | None = None
    of_statement: bool = False
    """Whether it is part of an organisation's joint statement."""
    files: tuple[AttachedFile, ...] = ()
    """What its author attached."""
    replies: tuple[Reply, ...] = ()
    agreeing: tuple[str, ...] = ()
    """The organisations among those who support it."""
    also_for: tuple[FurtherText, ...] = ()
    """Further texts that an example fits."""
    asks: str = ""
    """What a proposal on the structure asks for, as a sentence."""

    @property
    def passage(self) -> Passage | None:
        """Give the passage in the contribution's own revision."""
        if self.start is None or self.end is None:
            return None
        return Passage(self.start, self.end, self.quote)


_together = aliased(Contribution)
_deferred = aliased(Phase)
_files = (
    select(func.count(Attachment.file_id))
    .where(Attachment.contribution_id == Contribution.id)
    .scalar_subquery()
)
_LINES = (
    select(
        Contribution,
        Person.name,
        Organisation.name.label("organisation"),
        Question.words.label("question"),
        Answer,
        LateDecision,
        Verdict,
        _together.number.label("together_with"),
        _deferred.title.label("deferred_to"),
        number_agreeing(for_editors=False).label("supports"),
        _files.label("files"),
        of_statement().label("of_statement"),
    )
    .join(Person, Person.id == Contribution.author_id)
    .outerjoin(Organisation, Organisation.id == Contribution.organisation_id)
    .outerjoin(Question, Question.id == Contribution.question_id)
    .outerjoin(
        Answer,
        and_(Answer.contribution_id == Contribution.id, Answer.state == AnswerState.PUBLISHED),
    )
    .outerjoin(Verdict, Verdict.contribution_id == Contribution.id)
    .outerjoin(LateDecision, LateDecision.contribution_id == Contribution.id)
    .outerjoin(_together, _together.id == Answer.together_with_id)
    .outerjoin(_deferred, _deferred.id == Answer.deferred_phase_id)
)


def select_lines(actor: Actor) -> Select[Any]:
    """Begin the one SELECT that every list of contributions is made from."""
    supported = exists().where(
        Support.contribution_id == Contribution.id, Support.person_id == actor.person_id
    )
    return _LINES.add_columns(supported.label("supported")).where(visible_to(actor))


def read_line(row: Any, actor: Actor) -> ContributionLine:
    """Make a row of `select_lines` what its reader may see of it (rule 12)."""
    said: Contribution = row.Contribution
    own = said.author_id == actor.person_id
    named = own or said.name_shown is NameShown.NAME
    with_organisation = own or said.name_shown is not NameShown.NOBODY
    blind = is_blind(said.sharing, said.shared_from, actor.today)
    answer: Answer | None = row.Answer
    return ContributionLine(
        id=said.id,
        number=told_number(said.number, blind=blind),
        kind=said.kind,
        state=said.state,
        own=own,
        name=row.name if named else "",
        organisation=(row.organisation or "") if with_organisation else "",
        phase_id=said.phase_id,
        section_id=said.section_id,
        revision_id=said.revision_id,
        start=said.start,
        end=said.end,
        quote=said.quote,
        language=said.language,
        words=said.words,
        replacement=said.replacement,
        target_group=said.target_group,
        activity=said.activity,
        effect=said.effect,
        publish_consent=said.publish_consent,
        name_shown=said.name_shown,
        question_id=said.question_id,
        question=row.question,
        discussed_on=said.said_on if said.recorded_by_id is None else None,
        created_at=said.created_at,
        edited=said.version > 1,
        masked=said.masked_at is not None,
        supports=0 if blind else row.supports,
        supported=row.supported,
        late=_late(row.LateDecision) if own else None,
        answer=None
        if answer is None
        else AnswerLine(
            id=answer.id,
            kind=answer.kind,
            reason=answer.reason,
            published_at=answer.published_at,
            together_with=told_number(row.together_with, blind=blind),
            deferred_to=row.deferred_to,
        ),
        verdict=verdict_line(row.Verdict, answer) if own else None,
        of_statement=row.of_statement,
    )


def verdict_line(verdict: Verdict | None, answer: Answer | None) -> VerdictLine | None:
    """Tell what its author says of an answer that stands."""
    if verdict is None or answer is None:
        return None
    return VerdictLine(
        satisfied=verdict.satisfied,
        reason=verdict.reason,
        given_at=verdict.given_at,
        of_this_answer=verdict.answer_version == answer.version,
    )


def _late(decision: LateDecision | None) -> LateLine | None:
    if decision is None:
        return None
    return LateLine(decision.admitted, decision.reason, decision.decided_at)


def lines_of(session: Session, actor: Actor, ids: Sequence[str]) -> dict[str, ContributionLine]:
    """Read contributions that the actor sees, by their ids; 1 query."""
    rows = session.execute(select_lines(actor).where(Contribution.id.in_(ids))).all()
    return {line.id: line for line in _read(session, actor, rows)}


@dataclass(frozen=True)
class WholeContributions:
    """What has been said about the whole handbook: all of one's own, one page of the others'."""

    lines: tuple[ContributionLine, ...]
    page: int
    pages: int


A_PAGE = 40
"""How many contributions of others a page about the whole shows."""


def of_whole(session: Session, actor: Actor, page: int = 1) -> WholeContributions:
    """List the round's contributions on the whole handbook; 2 queries.

    One's own come on every page; of others, what they withdrew and what they answered to the
    questions isn't there.
    """
    mine = Contribution.author_id == actor.person_id
    query = select_lines(actor).where(
        Contribution.phase_id == actor.phase_id, Contribution.section_id.is_(None)
    )
    order = Contribution.created_at, Contribution.id
    own = session.execute(query.where(mine).order_by(*order)).all()
    page = max(page, 1)
    others = session.execute(
        query.add_columns(func.count().over().label("total"))
        .where(~mine, Contribution.question_id.is_(None))
        .order_by(*order)
        .offset((page - 1) * A_PAGE)
        .limit(A_PAGE)
    ).all()
    total = others[0].total if others else 0
    lines = _read(session, actor, (*own, *others))
    return WholeContributions(
        lines=tuple(sorted(lines, key=reading_key)), page=page, pages=pages_of(total, A_PAGE)
    )


def reading_key(line: ContributionLine) -> tuple[int, datetime, str]:
    """Give the order in which a text's contributions are read: by passage, the whole last."""
    return (line.start if line.start is not None else 1_000_000_000, line.created_at, line.id)


def own_of_handbook(session: Session, actor: Actor) -> list[ContributionLine]:
    """List all that somebody has said in the link's handbook, newest round first; 1 query."""
    rows = session.execute(
        select_lines(actor)
        .join(Phase, Phase.id == Contribution.phase_id)
        .where(
            Contribution.author_id == actor.person_id,
            Contribution.handbook_id == actor.handbook_id,
        )
        .order_by(Phase.created_at.desc(), Phase.position.desc(), Contribution.created_at)
    ).all()
    return _read(session, actor, rows)


def one(session: Session, actor: Actor, contribution_id: str) -> ContributionLine | None:
    """Read one contribution that the actor sees; 1 query."""
    row = session.execute(
        select_lines(actor).where(Contribution.id == contribution_id)
    ).one_or_none()
    return _read(session, actor, [row])[0] if row else None


def _read(session: Session, actor: Actor, rows: Iterable[Any]) -> list[ContributionLine]:
    """Make rows lines, with what proposals ask for, further texts, files, and replies."""
    rows = list(rows)
    lines = [read_line(row, actor) for row in rows]
    asks = asked_for(session, [one.id for one in lines if one.kind is ContributionKind.PROPOSAL])
    files = attached(session, [row.Contribution.id for row in rows if row.files])
    examples = [one.id for one in lines if one.kind is ContributionKind.EXAMPLE]
    also_for = further_texts(session, examples) if examples else {}
    replies = replies_to(session, actor, [one.id for one in lines])
    supported = [one.id for one in lines if one.supports]
    agreeing = organisations_agreeing(session, supported) if supported else {}
    return [
        replace(
            line,
            asks=asks.get(line.id, ""),
            agreeing=agreeing.get(line.id, ()),
            also_for=also_for.get(line.id, ()),
            files=tuple(files.get(line.id, ())),
            replies=tuple(replies.get(line.id, ())),
        )
        for line in lines
    ]
