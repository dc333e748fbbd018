"""The published handbook, and what stands between a draft and its publication."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select, tuple_
from sqlalchemy.orm import Session

from reviewtool.domain.actors import Actor
from reviewtool.domain.answers import AnswerKind, AnswerState
from reviewtool.domain.contributions import ContributionKind, NameShown
from reviewtool.domain.handbooks import HandbookState
from reviewtool.domain.phases import ASKING, PhaseKind, PhaseState, PhaseTimes, is_open
from reviewtool.domain.policy import Action, Facts, may
from reviewtool.domain.refusals import Missing, Reason, Refused
from reviewtool.infra.i18n import localized
from reviewtool.models.answers import Answer
from reviewtool.models.contributions import Contribution
from reviewtool.models.drafts import Draft, DraftItem
from reviewtool.models.handbooks import Handbook, Localized
from reviewtool.models.organisations import Organisation
from reviewtool.models.people import Person
from reviewtool.models.phases import Phase, Question
from reviewtool.models.proposals import StructureChange, StructureChangeSection
from reviewtool.models.sections import Revision
from reviewtool.queries.agreeing import number_agreeing, organisations_agreeing
from reviewtool.queries.approvals import SectionTally, approvers, decisions, tally
from reviewtool.queries.asked_for import asked_for
from reviewtool.queries.changed_words import ChangedWords, changed_words
from reviewtool.queries.editions import newest_publication
from reviewtool.queries.facts import found
from reviewtool.queries.newest_draft import newest_draft
from reviewtool.queries.openness import standing_section
from reviewtool.queries.readers import readers_to_tell
from reviewtool.queries.tree import TreeLine, draft_tree
from reviewtool.queries.visible import of_statement, visible_to_all


@dataclass(frozen=True)
class Readiness:
    """A draft on its way to publication: its texts with their approvals, and what is missing."""

    draft_id: str | None
    draft_label: str
    phase_id: str | None
    tallies: tuple[SectionTally, ...]
    asked: int
    missing: tuple[Missing, ...]
    told: int = 0
    """How many who took part are mailed of the publication."""


def publication_readiness(
    session: Session, actor: Actor, handbook_id: str, now: datetime
) -> Readiness:
    """Read what publishing the newest draft would meet; a fixed number of queries.

    A process with an approval phase needs, for each text, an approval of exactly that text and
    no open request for changes; a process without one needs a frozen draft only. While a round or
    an approval is open, somebody's answer may be on its way.
    """
    if not may(actor, Action.RUN_PROCESS, Facts(handbook_id=handbook_id)):
        raise Refused(Reason.NOT_ALLOWED)
    language = found(session.scalar(select(Handbook.language).where(Handbook.id == handbook_id)))
    draft = newest_draft(session, handbook_id)
    if draft is None:
        return Readiness(None, "", None, (), 0, (Missing(Reason.DRAFT_MISSING),))
    lines = draft_tree(session, draft.id, language)
    phase_id = session.scalar(
        select(Phase.id)
        .where(Phase.process_id == draft.process_id, Phase.kind == PhaseKind.APPROVAL)
        .order_by(Phase.position.desc())
        .limit(1)
    )
    told = len(readers_to_tell(session, draft))
    under_way = _under_way(session, draft.process_id, now)
    if phase_id is None:
        return Readiness(
            draft.id, draft.label, None, tuple(tally(lines, [], 0)), 0, under_way, told
        )
    asked = len(approvers(session, actor, phase_id))
    shown = {line.section_id: line.text_hash for line in lines}
    given = decisions(session, actor, phase_id, shown, language)
    tallies = tuple(tally(lines, given, asked))
    missing = (*under_way, *_missing(tallies))
    return Readiness(draft.id, draft.label, phase_id, tallies, asked, missing, told)


def _under_way(session: Session, process_id: str, now: datetime) -> tuple[Missing, ...]:
    rows = session.execute(
        select(Phase, Handbook.time_zone)
        .join(Handbook, Handbook.id == Phase.handbook_id)
        .where(
            Phase.process_id == process_id,
            Phase.kind.in_(ASKING),
            Phase.state == PhaseState.OPEN,
        )
        .order_by(Phase.position)
    ).all()
    return tuple(
        Missing(Reason.PHASE_OPEN, "phase", phase.id, localized(phase.title))
        for phase, zone in rows
        if is_open(PhaseTimes(phase.state, phase.opens_on, phase.closes_on, zone), now)
    )


def _missing(tallies: tuple[SectionTally, ...]) -> tuple[Missing, ...]:
    objected = [t for t in tallies if t.open_objection]
    unapproved = [t for t in tallies if not t.open_objection and not t.ready]
    return tuple(
        Missing(reason, "section", t.line.section_id, t.line.title)
        for reason, group in (
            (Reason.OBJECTION_OPEN, objected),
            (Reason.APPROVALS_MISSING, unapproved),
        )
        for t in group
    )


def current_draft(session: Session, handbook_id: str) -> str | None:
    """Give the draft that the public reads now, a step; 1 query."""
    newest = newest_publication(session, handbook_id)
    return newest.draft_id if newest else None


def published_lines(session: Session, actor: Actor, handbook_id: str) -> list[TreeLine]:
    """List the sections of the published draft, in reading order; 3 queries.

    Raises Refused (not found) for a handbook that isn't published.
    """
    draft_id = found(current_draft(session, handbook_id))
    return draft_tree(session, draft_id, _readable_handbook(session, actor, handbook_id).language)


def _readable_handbook(session: Session, actor: Actor, handbook_id: str) -> Handbook:
    """Read a handbook that the actor may read as published. Raises Refused (not found)."""
    handbook = found(session.get(Handbook, handbook_id))
    facts = Facts(handbook_id=handbook_id, published=handbook.state is HandbookState.PUBLISHED)
    if not may(actor, Action.READ_PUBLISHED, facts):
        raise Refused(Reason.NOT_FOUND)
    return handbook


@dataclass(frozen=True)
class PublicContribution:
    """An answered contribution as the public may see it (rule 12, and the promise of its round).

    It has no number: numbers run through the handbook, and a gap would tell of what isn't shown.
    """

    kind: ContributionKind
    who: str
    organisation: str
    asks: str
    """What a proposal on the structure asks for, as a sentence."""
    question: Localized | None
    """What it answers."""
    quote: str
    words: str
    example: tuple[str, str, str]
    """For whom, what is done, what has come of it."""
    replacement: str | None
    language: str
    answer: AnswerKind
    reason: str
    changes: tuple[ChangedWords, ...]
    """What the answer changed in the text."""
    said_at: datetime
    answered_at: datetime | None
    masked: bool
    of_statement: bool
    """Whether it is part of an organisation's joint statement."""
    supports: int
    """How many agree with it."""
    agreeing: tuple[str, ...] = ()
    """The organisations among them."""


@dataclass(frozen=True)
class Step:
    """One step of a section from draft to draft: its text, and the answers that led to it."""

    draft_label: str
    frozen_at: datetime
    reason: str
    text: str
    earlier: str | None
    contributions: tuple[PublicContribution, ...]


def steps_of(
    session: Session, actor: Actor, handbook_id: str, section_id: str, language: str
) -> list[Step]:
    """List the drafts of a section up to the published one, newest first, with their answers;
    at most 10 queries. A later draft is for those who work on it, until it is published.

    A contribution is public only where that was promised when it was said, and an example only
    with its author's consent to publish it; then it stands here whole, with its answer and what
    that changed. Of the others nothing does: that something was said is part of the promise.
    Names stand as consented.
    """
    _readable_handbook(session, actor, handbook_id)
    shown = found(session.get(Draft, current_draft(session, handbook_id)))
    drafts = session.execute(
        select(Draft, Revision.text, Revision.text_hash)
        .join(DraftItem, DraftItem.draft_id == Draft.id)
        .join(Revision, Revision.id == DraftItem.revision_id)
        .where(
            Draft.handbook_id == handbook_id,
            tuple_(Draft.number, Draft.correction) <= (shown.number, shown.correction),
            DraftItem.section_id == section_id,
            DraftItem.language == language,
        )
        .order_by(Draft.number, Draft.correction)
    ).all()
    answered = _answered(session, section_id)
    steps: list[Step] = []
    before: str | None = None
    for draft, text, _hash in drafts:
        said = tuple(answered.get(draft.id, ()))
        if before is None or text != before or said:
            steps.append(Step(draft.label, draft.frozen_at, draft.reason, text, before, said))
        before = text
    return list(reversed(steps))


def _answered(session: Session, section_id: str) -> dict[str, list[PublicContribution]]:
    rows = session.execute(
        select(
            Contribution,
            Answer,
            Person.name,
            Organisation.name.label("organisation"),
            Question.words.label("question"),
            of_statement().label("of_statement"),
            number_agreeing(for_editors=False).label("supports"),
        )
        .join(Answer, Answer.contribution_id == Contribution.id)
        .join(Person, Person.id == Contribution.author_id)
        .outerjoin(Organisation, Organisation.id == Contribution.organisation_id)
        .outerjoin(Question, Question.id == Contribution.question_id)
        .where(
            _about(section_id),
            visible_to_all(),
            Answer.state == AnswerState.PUBLISHED,
            Answer.published_draft_id.is_not(None),
        )
        .order_by(Contribution.number)
    ).all()
    proposals = [
        row.Contribution.id for row in rows if row.Contribution.kind is ContributionKind.PROPOSAL
    ]
    asks = asked_for(session, proposals)
    changes = changed_words(session, [row.Answer.id for row in rows])
    agreeing = organisations_agreeing(session, [row.Contribution.id for row in rows])
    by_draft: dict[str, list[PublicContribution]] = defaultdict(list)
    for row in rows:
        changed = tuple(changes.get(row.Answer.id, ()))
        said = _public(row, asks.get(row.Contribution.id, ""), changed)
        said = replace(said, agreeing=agreeing.get(row.Contribution.id, ()))
        by_draft[row.Answer.published_draft_id].append(said)
    return by_draft


def _about(section_id: str) -> ColumnElement[bool]:
    """The condition on what was said of a section or of what it came from, or led to it."""
    led_to_it = (
        select(StructureChange.contribution_id)
        .outerjoin(StructureChangeSection, StructureChangeSection.change_id == StructureChange.id)
        .where(
            StructureChange.contribution_id.is_not(None),
            or_(
                StructureChange.section_id == section_id,
                and_(
                    StructureChangeSection.section_id == section_id,
                    StructureChangeSection.came_of_it,
                ),
            ),
        )
    )
    return or_(
        Contribution.section_id == section_id,
        standing_section() == section_id,
        Contribution.id.in_(led_to_it),
    )


def _public(row: Any, asks: str, changes: tuple[ChangedWords, ...]) -> PublicContribution:
    said: Contribution = row.Contribution
    answer: Answer = row.Answer
    return PublicContribution(
        kind=said.kind,
        who=row.name if said.name_shown is NameShown.NAME else "",
        organisation="" if said.name_shown is NameShown.NOBODY else row.organisation or "",
        asks=asks,
        question=row.question,
        quote=said.quote,
        words=said.words,
        example=(said.target_group, said.activity, said.effect),
        replacement=said.replacement,
        language=said.language,
        answer=answer.kind,
        reason=answer.reason,
        changes=changes,
        said_at=said.created_at,
        answered_at=answer.published_at,
        masked=said.masked_at is not None,
        of_statement=row.of_statement,
        supports=row.supports,
    )
