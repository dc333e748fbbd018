"""Use cases of a round's questions: asking, rewording, taking back, putting in order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from reviewtool.domain.actors import Actor
from reviewtool.domain.contributions import WITH_OPTIONS, QuestionKind, QuestionScope
from reviewtool.domain.phases import PHASE_TABLE, PhaseMove
from reviewtool.domain.policy import Action
from reviewtool.domain.quoting import find_words
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.domain.tables import step
from reviewtool.infra.installation import Installation
from reviewtool.models.contributions import Choice, Contribution
from reviewtool.models.phases import Phase, Question
from reviewtool.queries.facts import found, phase_facts
from reviewtool.queries.speakers import spoken_of
from reviewtool.services._phases import load_phase, note_change
from reviewtool.services._policy import require
from reviewtool.services._requests import earlier, is_repeat, remember

LONGEST_QUESTION = 500
MOST_QUESTIONS = 30
MOST_OPTIONS = 12


@dataclass(frozen=True)
class QuestionWords:
    """A question as an editor writes it; words and options by language.

    options: the choices, or the steps of a scale from the least to the most; none for words.
    section_id: the only text that it is asked of, and quote: words of it that it is about.
    """

    kind: QuestionKind
    scope: QuestionScope
    words: Mapping[str, str]
    options: Sequence[Mapping[str, str]] = ()
    section_id: str | None = None
    quote: str = ""

    @property
    def spelled(self) -> list[str]:
        """Spell the question for telling a repeated form from an edit."""
        texts = [self.words, *self.options]
        parts = [f"{code}={text[code]}" for text in texts for code in sorted(text)]
        about = [self.section_id or "", self.quote]
        return [self.kind.value, self.scope.value, *about, *parts]


def ask(
    installation: Installation,
    actor: Actor,
    phase_id: str,
    question: QuestionWords,
    request_id: str,
) -> str:
    """Add a question at the end; gives its id. Raises Refused."""
    _check(question)
    now = installation.clock.now()
    with installation.database.write() as session:
        phase = _phase(installation, session, actor, phase_id)
        _check_place(session, actor, phase, question)
        before = earlier(session, actor, request_id, question.spelled)
        if before is not None and before.same_words:
            return before.object_id
        asked = _questions(session, phase_id)
        if len(asked) >= MOST_QUESTIONS:
            raise Refused(Reason.TOO_LONG)
        row = Question(
            phase_id=phase_id,
            position=max((other.position for other in asked), default=-1) + 1,
            kind=question.kind,
            scope=question.scope,
            words=dict(question.words),
            options=[dict(option) for option in question.options],
            section_id=question.section_id,
            quote=question.quote,
        )
        session.add(row)
        session.flush()
        remember(session, actor, request_id, question.spelled, row.id, now)
        note_change(session, actor, phase, PhaseMove.PLAN, now, facts={"question": row.id})
        return row.id


def reword(
    installation: Installation,
    actor: Actor,
    question_id: str,
    question: QuestionWords,
    request_id: str | None = None,
) -> None:
    """Change a question; once it has been answered, only its wording. Raises Refused."""
    _check(question)
    now = installation.clock.now()
    with installation.database.write() as session:
        row = found(session.get(Question, question_id))
        phase = _phase(installation, session, actor, row.phase_id)
        _check_place(session, actor, phase, question)
        if is_repeat(session, actor, request_id, question.spelled):
            return
        same_shape = (row.kind, row.scope, len(row.options), row.section_id, row.quote) == (
            question.kind,
            question.scope,
            len(question.options),
            question.section_id,
            question.quote,
        )
        if not same_shape and is_answered(session, question_id):
            raise Refused(Reason.NOT_POSSIBLE_NOW)
        row.kind, row.scope = question.kind, question.scope
        row.section_id, row.quote = question.section_id, question.quote
        row.words = dict(question.words)
        row.options = [dict(option) for option in question.options]
        remember(session, actor, request_id, question.spelled, question_id, now)
        note_change(session, actor, phase, PhaseMove.PLAN, now, facts={"question": row.id})


def take_back(installation: Installation, actor: Actor, question_id: str) -> None:
    """Remove a question that nobody has answered; removing it again does nothing. Raises Refused.

    What has been said is never lost: an answered question stays.
    """
    now = installation.clock.now()
    with installation.database.write() as session:
        row = session.get(Question, question_id, with_for_update=True)
        if row is None:
            return
        phase = _phase(installation, session, actor, row.phase_id)
        if is_answered(session, question_id):
            raise Refused(Reason.NOT_POSSIBLE_NOW)
        session.delete(row)
        session.flush()
        note_change(session, actor, phase, PhaseMove.PLAN, now, facts={"question": question_id})


def is_answered(session: Session, question_id: str) -> bool:
    """Tell whether anybody has answered a question, in words or by a choice."""
    said = select(Contribution.id).where(Contribution.question_id == question_id).limit(1)
    chosen = select(Choice.id).where(Choice.question_id == question_id).limit(1)
    return session.scalar(said) is not None or session.scalar(chosen) is not None


def _phase(installation: Installation, session: Session, actor: Actor, phase_id: str) -> Phase:
    phase = load_phase(session, phase_id)
    require(actor, Action.RUN_PROCESS, phase_facts(session, phase_id, installation.clock.now()))
    step(PHASE_TABLE, phase.state, PhaseMove.PLAN)
    return phase


def _questions(session: Session, phase_id: str) -> list[Question]:
    return list(session.scalars(select(Question).where(Question.phase_id == phase_id)))


def _check_place(session: Session, actor: Actor, phase: Phase, question: QuestionWords) -> None:
    """Check that the words stand in the text that is asked about, once.

    Raises Refused: not found, section missing, no such words.
    """
    if question.section_id is None:
        if question.quote:
            raise Refused(Reason.SECTION_MISSING)
        return
    if question.scope is not QuestionScope.SECTION:
        raise Refused(Reason.NOT_POSSIBLE_NOW)
    text = spoken_of(session, actor, phase.handbook_id, phase.id, question.section_id).text
    if question.quote and len(find_words(text, question.quote)) != 1:
        raise Refused(Reason.NO_SUCH_WORDS)


def _check(question: QuestionWords) -> None:
    texts = [question.words, *question.options]
    if not any(words.strip() for words in question.words.values()):
        raise Refused(Reason.EMPTY)
    if any(len(words) > LONGEST_QUESTION for text in texts for words in text.values()):
        raise Refused(Reason.TOO_LONG)
    if question.kind not in WITH_OPTIONS:
        if question.options:
            raise Refused(Reason.NOT_POSSIBLE_NOW)
    elif not 2 <= len(question.options) <= MOST_OPTIONS:
        raise Refused(Reason.EMPTY, details={"field": "options"})
