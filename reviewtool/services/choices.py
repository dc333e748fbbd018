"""The use case of answering a round's questions: choices and scales, and free words."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from reviewtool.domain.actors import Actor
from reviewtool.domain.contributions import (
    Channel,
    ContributionKind,
    ContributionState,
    NameShown,
    QuestionKind,
    QuestionScope,
)
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.domain.trace import Act
from reviewtool.infra.installation import Installation
from reviewtool.models.contributions import Choice, Contribution
from reviewtool.models.invitations import Invitation
from reviewtool.models.phases import Question
from reviewtool.services._contributions import (
    Round,
    Words,
    add_contribution,
    check_words,
    find_round,
    require_writing,
    reword,
    shown_revision,
    something_said,
    state_now,
    trace_made,
)
from reviewtool.services._invitations import came_in, load_invitation
from reviewtool.services._trace import trace
from reviewtool.services._unsent import forget_unsent


@dataclass(frozen=True)
class Answers:
    """Answers to the questions about one section, or (None) about the whole handbook.

    options: question id -> place of the option from 0, or None to take the choice back.
    words: question id -> free words, of a free question or beside a choice; empty ones are left
    as they are. Choices and scales are figures, free words are contributions.
    """

    section_id: str | None = None
    revision_id: str | None = None
    options: Mapping[str, int | None] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)
    name_shown: NameShown = NameShown.ORGANISATION
    language: str = "fi"
    form: str = ""
    """The form that they were written in, whose private copy ends now."""


def answer_questions(
    installation: Installation, actor: Actor, answers: Answers, *, late: bool = False
) -> None:
    """Take all answers of one form; a second answer to a question replaces the first.

    After the round's end, with `late`, the free words are taken as late; the figures stand as
    they were when it ended. Raises Refused: round closed, not found, too long, empty.
    """
    now = installation.clock.now()
    with installation.database.write() as session:
        found_round = find_round(session, actor, now)
        require_writing(actor, found_round, late=late)
        invitation = load_invitation(session, actor.invitation_id)
        forget_unsent(session, actor, answers.form)
        questions = _questions(session, found_round, answers)
        revision_id = (
            shown_revision(session, found_round, answers.section_id, answers.revision_id).id
            if answers.section_id
            else None
        )
        chosen = found_round.is_open and _choose(session, invitation, questions, answers, now)
        made, edited = _say(session, actor, now, found_round, invitation, answers, revision_id)
        if made:
            something_said(session, actor, answers.section_id)
        if found_round.is_open:
            came_in(session, actor, invitation, now)
        _trace(session, actor, now, found_round, chosen, answers, made, edited)


def _questions(session: Session, found_round: Round, answers: Answers) -> dict[str, Question]:
    """Read the questions answered. Raises Refused (not found) for one asked elsewhere."""
    scope = QuestionScope.SECTION if answers.section_id else QuestionScope.WHOLE
    questions = {
        question.id: question
        for question in session.scalars(
            select(Question).where(
                Question.phase_id == found_round.phase.id, Question.scope == scope
            )
        )
    }
    if not {*answers.options, *answers.words} <= set(questions):
        raise Refused(Reason.NOT_FOUND)
    return questions


def _choose(
    session: Session,
    invitation: Invitation,
    questions: Mapping[str, Question],
    answers: Answers,
    now: datetime,
) -> bool:
    """Write the chosen options; gives whether any changed."""
    rows = {
        row.question_id: row
        for row in session.scalars(
            select(Choice).where(
                Choice.invitation_id == invitation.id, Choice.section_id == answers.section_id
            )
        )
    }
    changed = False
    for question_id, option in answers.options.items():
        question, row = questions[question_id], rows.get(question_id)
        if question.kind is QuestionKind.FREE or not (
            option is None or 0 <= option < len(question.options)
        ):
            raise Refused(Reason.NOT_FOUND)
        if option == (row.option if row else None):
            continue
        changed = True
        if option is None:
            session.delete(row)
        elif row is not None:
            row.option, row.updated_at = option, now
        else:
            session.add(
                Choice(
                    question_id=question_id,
                    invitation_id=invitation.id,
                    section_id=answers.section_id,
                    option=option,
                    updated_at=now,
                )
            )
    return changed


def _say(
    session: Session,
    actor: Actor,
    now: datetime,
    found_round: Round,
    invitation: Invitation,
    answers: Answers,
    revision_id: str | None,
) -> tuple[list[Contribution], list[Contribution]]:
    """Write the free words; gives the contributions made and those edited."""
    made: list[Contribution] = []
    edited: list[Contribution] = []
    for question_id, written in answers.words.items():
        words = Words(words=written.strip(), name_shown=answers.name_shown)
        if not words.words:
            continue
        check_words(ContributionKind.QUESTION_ANSWER, words)
        before = _said_before(session, actor, found_round, question_id, answers.section_id)
        if before is not None and before.words == words.words:
            continue
        if before is not None and found_round.is_open:
            reword(session, before, words, now)
            edited.append(before)
            continue
        made.append(
            add_contribution(
                session,
                actor,
                now,
                phase=found_round.phase,
                kind=ContributionKind.QUESTION_ANSWER,
                channel=Channel.WEB,
                author_id=invitation.person_id,
                organisation_id=invitation.organisation_id,
                language=answers.language,
                section_id=answers.section_id,
                revision_id=revision_id,
                question_id=question_id,
                words=words,
                state=state_now(found_round),
            )
        )
    return made, edited


def _said_before(
    session: Session, actor: Actor, found_round: Round, question_id: str, section_id: str | None
) -> Contribution | None:
    """Find the earlier answer; what came late waits as it was sent, also when a round reopens."""
    standing = {ContributionState.RECEIVED}
    if not found_round.is_open:
        standing.add(ContributionState.LATE)
    return session.scalar(
        select(Contribution)
        .where(
            Contribution.author_id == actor.person_id,
            Contribution.question_id == question_id,
            Contribution.section_id == section_id,
            Contribution.state.in_(standing),
        )
        .order_by(Contribution.created_at.desc())
        .limit(1)
    )


def _trace(
    session: Session,
    actor: Actor,
    now: datetime,
    found_round: Round,
    chosen: bool,
    answers: Answers,
    made: list[Contribution],
    edited: list[Contribution],
) -> None:
    handbook_id = found_round.phase.handbook_id
    if chosen:
        trace(
            session, actor, now, handbook_id, Act.QUESTION_ANSWERED, actor.invitation_id or "",
            {"section": answers.section_id},
        )  # fmt: skip
    for contribution in made:
        trace_made(session, actor, now, contribution)
    for contribution in edited:
        trace(
            session, actor, now, handbook_id, Act.CONTRIBUTION_EDITED, contribution.id,
            {"version": contribution.version},
        )  # fmt: skip
