"""The use case of answering a round's questions: choices and scales, free words, examples."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from reviewtool.domain.actors import Actor
from reviewtool.domain.contributions import (
    WITH_OPTIONS,
    Channel,
    ContributionKind,
    ContributionState,
    NameShown,
    QuestionKind,
    QuestionScope,
    kind_of_answer,
)
from reviewtool.domain.passages import quoted_passage
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.domain.trace import Act
from reviewtool.infra.installation import Installation
from reviewtool.models.contributions import Choice, Contribution
from reviewtool.models.invitations import Invitation
from reviewtool.models.phases import Question
from reviewtool.models.sections import Revision
from reviewtool.queries.lineage import heir_for
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
    words_of,
)
from reviewtool.services._further import set_further
from reviewtool.services._invitations import came_in, load_invitation
from reviewtool.services._trace import trace
from reviewtool.services._unsent import forget_unsent


@dataclass(frozen=True)
class Answers:
    """Answers to the questions about one section, or (None) about the whole handbook.

    options: question id -> place of the option from 0, or None to take the choice back.
    words: question id -> free words, of a free question or beside a choice. examples: question id
    -> an example with its parts; also: -> further texts that it fits. What is empty is left as it
    is. Choices and scales are figures, words and examples are contributions.
    """

    section_id: str | None = None
    revision_id: str | None = None
    options: Mapping[str, int | None] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)
    examples: Mapping[str, Words] = field(default_factory=dict)
    also: Mapping[str, Collection[str]] = field(default_factory=dict)
    name_shown: NameShown = NameShown.ORGANISATION
    language: str = "fi"
    form: str = ""
    """The form that they were written in, whose private copy ends now."""

    def said(self, questions: Mapping[str, Question]) -> Iterator[tuple[Question, Words]]:
        """Give what is said, question by question, as far as anything is."""
        for question_id, written in self.words.items():
            question = questions[question_id]
            words = Words(words=written.strip(), name_shown=self.name_shown)
            if words.is_empty:
                continue
            yield question, words
        for question_id, words in self.examples.items():
            if not words.is_empty:
                yield questions[question_id], replace(words, name_shown=self.name_shown)


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
        shown = (
            shown_revision(session, found_round, answers.section_id, answers.revision_id)
            if answers.section_id
            else None
        )
        chosen = found_round.is_open and _choose(session, invitation, questions, answers, now)
        said = _Saying(session, actor, now, found_round, invitation, answers, shown)
        made, edited = said.say(questions)
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
                Question.phase_id == found_round.phase.id,
                Question.scope == scope,
                or_(Question.section_id.is_(None), Question.section_id == answers.section_id),
            )
        )
    }
    example = {key for key, one in questions.items() if one.kind is QuestionKind.EXAMPLE}
    in_words = {*answers.options, *answers.words}
    if not in_words <= set(questions) - example or not set(answers.examples) <= example:
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
        if question.kind not in WITH_OPTIONS or not (
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


@dataclass(frozen=True)
class _Saying:
    """The words of one form, on their way into the ledger."""

    session: Session
    actor: Actor
    now: datetime
    round: Round
    invitation: Invitation
    answers: Answers
    shown: Revision | None
    """The text that was asked about."""

    def say(
        self, questions: Mapping[str, Question]
    ) -> tuple[list[Contribution], list[Contribution]]:
        """Write what is said; gives the contributions made and those edited."""
        made: list[Contribution] = []
        edited: list[Contribution] = []
        for question, words in self.answers.said(questions):
            kind = kind_of_answer(question.kind)
            check_words(kind, words)
            before = self._said_before(question)
            if before is None or (not self.round.is_open and words_of(before) != words):
                contribution = self._add(question, kind, words)
                made.append(contribution)
                self._say_also(contribution, question)
                continue
            reworded = words_of(before) != words
            if reworded:
                reword(self.session, before, words, self.now)
            if self._say_also(before, question) or reworded:
                edited.append(before)
        return made, edited

    def _say_also(self, contribution: Contribution, question: Question) -> bool:
        also = self.answers.also.get(question.id, ())
        return set_further(self.session, self.round.phase, contribution, also)

    def _add(self, question: Question, kind: ContributionKind, words: Words) -> Contribution:
        handbook_id, shown = self.round.phase.handbook_id, self.shown
        passage = quoted_passage(shown.text, question.quote) if shown and question.quote else None
        return add_contribution(
            self.session,
            self.actor,
            self.now,
            phase=self.round.phase,
            kind=kind,
            channel=Channel.WEB,
            author_id=self.invitation.person_id,
            organisation_id=self.invitation.organisation_id,
            language=self.answers.language,
            section_id=self.answers.section_id,
            revision_id=shown.id if shown else None,
            passage=passage,
            heir_id=heir_for(self.session, handbook_id, shown, passage) if shown else None,
            question_id=question.id,
            words=words,
            state=state_now(self.round),
        )

    def _said_before(self, question: Question) -> Contribution | None:
        """Find the earlier answer; what came late waits as it was sent, if a round reopens too."""
        standing = {ContributionState.RECEIVED}
        if not self.round.is_open:
            standing.add(ContributionState.LATE)
        return self.session.scalar(
            select(Contribution)
            .where(
                Contribution.author_id == self.actor.person_id,
                Contribution.question_id == question.id,
                Contribution.section_id == self.answers.section_id,
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
