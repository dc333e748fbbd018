"""What a participant sends about a text, checked against the revision that they were shown."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from reviewtool.domain.contributions import ContributionKind, QuestionScope, kind_of_answer
from reviewtool.domain.passages import Place, check_suggestion, passage_in
from reviewtool.domain.phases import PhaseKind
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.models.contributions import Contribution
from reviewtool.models.phases import Question
from reviewtool.models.sections import Revision
from reviewtool.models.statements import StatementPoint
from reviewtool.queries.facts import found
from reviewtool.queries.lineage import heir_for
from reviewtool.services._contributions import Round, Words, check_words, shown_revision
from reviewtool.text.anchors import Passage

FROM_PARTICIPANTS = (
    ContributionKind.COMMENT,
    ContributionKind.SUGGESTION,
    ContributionKind.EXAMPLE,
    ContributionKind.QUESTION_ANSWER,
    ContributionKind.PROPOSAL,
)


@dataclass(frozen=True)
class Submission:
    """What a participant sends.

    section_id None is the whole handbook; place None is the section as a whole; revision_id is
    the revision that was shown (without it: the round's). language: of what is said.
    """

    kind: ContributionKind
    words: Words
    section_id: str | None = None
    revision_id: str | None = None
    place: Place = None
    question_id: str | None = None
    language: str = "fi"
    organisation_id: str | None = None
    """For whom its author speaks; none: for the invitation's organisation."""
    also: frozenset[str] = frozenset()
    """Further texts that an example fits."""
    form: str = ""
    """The form that it was written in, whose private copy ends now."""

    @property
    def key(self) -> tuple[str, ...]:
        """Spell all of it, to tell a repeated press from other words under the same id."""
        about = (self.kind.value, self.section_id or "", str(self.place))
        return (*about, self.organisation_id or "", *sorted(self.also), *self.words.all)


@dataclass(frozen=True)
class About:
    """The revision and the passage in it that a submission is about."""

    revision_id: str | None = None
    passage: Passage | None = None
    heir_id: str | None = None


def what_about(session: Session, found_round: Round, submission: Submission) -> About:
    """Check a submission against the text that was shown, and find its passage."""
    in_a_room = found_round.phase.kind is PhaseKind.WORKSHOP  # there one speaks in the room only
    if submission.kind not in FROM_PARTICIPANTS or in_a_room:
        raise Refused(Reason.NOT_ALLOWED)
    check_words(submission.kind, submission.words)
    _check_question(session, found_round, submission)
    if submission.section_id is None:
        if submission.kind is ContributionKind.SUGGESTION:
            raise Refused(Reason.TEXT_INVALID)
        return About()
    revision = shown_revision(session, found_round, submission.section_id, submission.revision_id)
    passage = passage_in(revision.text, submission.place)
    if submission.kind is ContributionKind.SUGGESTION:
        check_suggested(revision, passage, submission.words)
    handbook_id = found_round.phase.handbook_id
    replacement = submission.words.replacement
    heir_id = heir_for(session, handbook_id, revision, passage, replacement)
    return About(revision.id, passage, heir_id)


def is_about(made: Contribution | StatementPoint, submission: Submission, about: About) -> bool:
    """Tell whether what was made before is of the same kind and about the same as what is sent."""
    passage = (about.passage.start, about.passage.end) if about.passage else (None, None)
    return (
        made.kind is submission.kind
        and made.section_id == submission.section_id
        and made.revision_id == about.revision_id
        and (made.start, made.end) == passage
    )


def check_suggested(revision: Revision, passage: Passage | None, words: Words) -> None:
    """Check that the words can stand there. Raises Refused: text invalid, no change."""
    if passage is None or words.replacement is None:
        raise Refused(Reason.TEXT_INVALID)
    check_suggestion(revision.text, passage, words.replacement)


def _check_question(session: Session, found_round: Round, submission: Submission) -> None:
    if not submission.question_id:
        if submission.kind is ContributionKind.QUESTION_ANSWER:
            raise Refused(Reason.NOT_FOUND)
        return
    question = found(session.get(Question, submission.question_id))
    asked_of_section = question.scope is QuestionScope.SECTION
    if (
        submission.kind is not kind_of_answer(question.kind)
        or question.phase_id != found_round.phase.id
        or asked_of_section != bool(submission.section_id)
        or question.section_id not in (None, submission.section_id)
    ):
        raise Refused(Reason.NOT_FOUND)
