"""Steps on contributions: the round they belong to, their number, their earlier wordings."""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from reviewtool.domain.actors import Actor
from reviewtool.domain.answers import AnswerState
from reviewtool.domain.contributions import (
    MOST_CHARACTERS,
    Channel,
    ContributionKind,
    ContributionState,
    NameShown,
)
from reviewtool.domain.phases import PhaseState, PhaseTimes, is_open
from reviewtool.domain.policy import Action, Facts, participant
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.domain.trace import Act
from reviewtool.models.answers import Answer
from reviewtool.models.contributions import Contribution, ContributionVersion, NothingToSay
from reviewtool.models.drafts import Draft, DraftItem
from reviewtool.models.handbooks import Handbook
from reviewtool.models.phases import Phase, PhaseSection
from reviewtool.models.sections import Revision
from reviewtool.queries.extended import extended_to
from reviewtool.queries.facts import found
from reviewtool.services._policy import require
from reviewtool.services._trace import trace
from reviewtool.text.anchors import Passage


@dataclass(frozen=True)
class Round:
    """The round that a participant's link belongs to, at one moment."""

    phase: Phase
    facts: Facts
    is_open: bool


def find_round(session: Session, actor: Actor, now: datetime) -> Round:
    """Read the actor's round. Raises Refused (not allowed) for whoever is no participant."""
    row = session.execute(
        select(Phase, Handbook.time_zone, extended_to(actor.invitation_id))
        .join(Handbook, Handbook.id == Phase.handbook_id)
        .where(Phase.id == (actor.phase_id or ""))
    ).one_or_none()
    if row is None:
        raise Refused(Reason.NOT_ALLOWED)
    phase, zone, longer = row
    open_now = is_open(PhaseTimes(phase.state, phase.opens_on, phase.closes_on, zone, longer), now)
    facts = Facts(
        handbook_id=phase.handbook_id,
        phase_id=phase.id,
        phase_open=open_now,
        owner_person_id=actor.person_id,
        sharing=phase.sharing,
        shared_from=phase.shared_from,
    )
    if not participant(actor, facts):
        raise Refused(Reason.NOT_ALLOWED)
    return Round(phase, facts, open_now)


def require_writing(actor: Actor, found_round: Round, *, late: bool = False) -> None:
    """Go on if the actor may write in the round now, or send as late after its end.

    Raises Refused: round not open, round closed (late sending is possible), not allowed.
    """
    if not found_round.is_open and found_round.phase.state is PhaseState.PLANNED:
        raise Refused(Reason.ROUND_NOT_OPEN)
    if found_round.is_open:
        require(actor, Action.CONTRIBUTE, found_round.facts)
    elif late:
        require(actor, Action.CONTRIBUTE_LATE, found_round.facts)
    else:
        raise Refused(Reason.ROUND_CLOSED)


def shown_revision(
    session: Session, found_round: Round, section_id: str, revision_id: str | None
) -> Revision:
    """Give the revision of a section that a participant was shown.

    Without an id it is the one of the round's draft in the handbook's language. Only texts of a
    frozen draft of the handbook are ever shown to participants. Raises Refused (not found) where
    the section isn't in the round, or the revision was never in a draft.
    """
    phase = found_round.phase
    chosen = set(
        session.scalars(select(PhaseSection.section_id).where(PhaseSection.phase_id == phase.id))
    )
    if chosen and section_id not in chosen:
        raise Refused(Reason.NOT_FOUND)
    query = (
        select(Revision)
        .join(DraftItem, DraftItem.revision_id == Revision.id)
        .join(Draft, Draft.id == DraftItem.draft_id)
        .where(DraftItem.section_id == section_id, Draft.handbook_id == phase.handbook_id)
    )
    if revision_id is not None:
        query = query.where(Revision.id == revision_id)
    else:
        language = select(Handbook.language).where(Handbook.id == phase.handbook_id)
        query = query.where(
            DraftItem.draft_id == (phase.draft_id or ""),
            DraftItem.language == language.scalar_subquery(),
        )
    return found(session.scalars(query.limit(1)).one_or_none())


def check_length(*words: str | None) -> None:
    """Check that no field is too long. Raises Refused (too long)."""
    if any(len(field or "") > MOST_CHARACTERS for field in words):
        raise Refused(Reason.TOO_LONG)


def require_unanswered(session: Session, contribution_id: str) -> None:
    """Leave what has its published answer as it was answered. Raises Refused (answered)."""
    answered = select(Answer.id).where(
        Answer.contribution_id == contribution_id, Answer.state == AnswerState.PUBLISHED
    )
    if session.scalar(answered) is not None:
        raise Refused(Reason.ANSWERED)


@dataclass(frozen=True)
class Words:
    """What is said, in the parts that the kinds have."""

    words: str = ""
    replacement: str | None = None
    target_group: str = ""
    activity: str = ""
    effect: str = ""
    publish_consent: bool = False
    name_shown: NameShown = NameShown.ORGANISATION

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing is said."""
        return not any(
            (self.words, self.replacement, self.target_group, self.activity, self.effect)
        )

    @property
    def all(self) -> tuple[str, ...]:
        """List all of it: what a repeated press of a form is compared by."""
        return (
            self.words,
            "" if self.replacement is None else f"={self.replacement}",
            self.target_group,
            self.activity,
            self.effect,
            str(self.publish_consent),
            self.name_shown.value,
        )

    @property
    def columns(self) -> dict[str, Any]:
        """Give the parts by the names of the table's columns."""
        return asdict(self)


def passage_columns(passage: Passage | None) -> dict[str, Any]:
    """Give a passage by the names of the columns of whatever is about it; empty without one."""
    if passage is None:
        return {"start": None, "end": None, "quote": "", "prefix": "", "suffix": ""}
    return {
        "start": passage.start,
        "end": passage.end,
        "quote": passage.quote,
        "prefix": passage.prefix,
        "suffix": passage.suffix,
    }


def words_of(contribution: Contribution) -> Words:
    """Give what a contribution says now."""
    return Words(
        words=contribution.words,
        replacement=contribution.replacement,
        target_group=contribution.target_group,
        activity=contribution.activity,
        effect=contribution.effect,
        publish_consent=contribution.publish_consent,
        name_shown=contribution.name_shown,
    )


def check_words(kind: ContributionKind, words: Words) -> None:
    """Check that something is said, and not too much of it. Raises Refused (empty, too long)."""
    said = [words.words, words.target_group, words.activity, words.effect]
    suggestion = kind is ContributionKind.SUGGESTION and words.replacement is not None
    if not suggestion and not any(part.strip() for part in said):
        raise Refused(Reason.EMPTY)
    check_length(*said, words.replacement)


def add_contribution(
    session: Session,
    actor: Actor,
    now: datetime,
    *,
    phase: Phase,
    kind: ContributionKind,
    channel: Channel,
    author_id: str,
    organisation_id: str | None,
    language: str,
    section_id: str | None = None,
    revision_id: str | None = None,
    passage: Passage | None = None,
    heir_id: str | None = None,
    question_id: str | None = None,
    words: str | Words = "",
    state: ContributionState = ContributionState.RECEIVED,
    said_on: date | None = None,
) -> Contribution:
    """Add a contribution to the one ledger, by its author or recorded on behalf of them.

    Takes the handbook's next number, which locks the handbook's row: call it late.
    """
    said = Words(words=words) if isinstance(words, str) else words
    contribution = Contribution(
        handbook_id=phase.handbook_id,
        number=next_number(session, phase.handbook_id),
        phase_id=phase.id,
        kind=kind,
        channel=channel,
        state=state,
        author_id=author_id,
        organisation_id=organisation_id,
        recorded_by_id=actor.person_id if actor.person_id != author_id else None,
        said_on=said_on,
        section_id=section_id,
        heir_id=heir_id,
        revision_id=revision_id,
        question_id=question_id,
        language=language,
        sharing=phase.sharing,
        shared_from=phase.shared_from,
        created_at=now,
        updated_at=now,
        **passage_columns(passage),
        **said.columns,
    )
    session.add(contribution)
    session.flush()
    return contribution


def reword(session: Session, contribution: Contribution, words: Words, now: datetime) -> None:
    """Give a contribution other words; the earlier ones are kept beside it."""
    session.add(
        ContributionVersion(
            contribution_id=contribution.id,
            version=contribution.version,
            content={
                "words": contribution.words,
                "replacement": contribution.replacement,
                "target_group": contribution.target_group,
                "activity": contribution.activity,
                "effect": contribution.effect,
            },
            created_at=contribution.updated_at,
        )
    )
    for column, value in words.columns.items():
        setattr(contribution, column, value)
    contribution.version += 1
    contribution.updated_at = now


def next_number(session: Session, handbook_id: str) -> int:
    """Take the handbook's next number; locks the handbook's row, so take it late."""
    number: int | None = session.scalar(
        update(Handbook)
        .where(Handbook.id == handbook_id)
        .values(last_number=Handbook.last_number + 1)
        .returning(Handbook.last_number)
    )
    assert number is not None
    return number


def something_said(session: Session, actor: Actor, section_id: str | None) -> None:
    """Who says something about a text no longer has nothing to say about it."""
    session.execute(
        delete(NothingToSay).where(
            NothingToSay.invitation_id == actor.invitation_id,
            NothingToSay.section_id == section_id,
        )
    )


def state_now(found_round: Round) -> ContributionState:
    """Give the state of what is said now: late where the round is over."""
    return ContributionState.RECEIVED if found_round.is_open else ContributionState.LATE


def trace_made(session: Session, actor: Actor, now: datetime, contribution: Contribution) -> None:
    """Trace that a contribution was made: its ids and states, none of its words."""
    trace(
        session,
        actor,
        now,
        contribution.handbook_id,
        Act.CONTRIBUTION_MADE,
        contribution.id,
        {
            "channel": contribution.channel.value,
            "kind": contribution.kind.value,
            "number": contribution.number,
            "phase": contribution.phase_id,
            "revision": contribution.revision_id,
            "section": contribution.section_id,
            "state": contribution.state.value,
        },
    )
