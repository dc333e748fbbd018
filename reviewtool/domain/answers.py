"""Answers to contributions: kinds, what each needs, and what each leaves open (rule 3)."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from reviewtool.domain.contributions import ContributionKind
from reviewtool.domain.messages import MessageKind
from reviewtool.domain.policy import Action
from reviewtool.domain.refusals import Reason
from reviewtool.domain.tables import Refusal, Step, Table
from reviewtool.domain.trace import Act


class AnswerKind(StrEnum):
    """How a contribution is answered."""

    TAKEN = "taken"
    TAKEN_IN_PART = "taken-in-part"
    TAKEN_IN_OTHER_WORDS = "taken-in-other-words"
    ALREADY_IN_TEXT = "already-in-the-text"
    NOT_TAKEN = "not-taken"
    OUTSIDE = "outside-this-handbook"
    TOGETHER_WITH = "handled-together-with"
    DEFERRED = "deferred"
    MOVED = "moved-to-another-section"
    NOTED = "noted"
    USED = "used"
    NOT_USED = "not-used"


class AnswerState(StrEnum):
    """Whether the contributor sees the answer already."""

    DRAFT = "draft"
    PUBLISHED = "published"


class EvidenceKind(StrEnum):
    """What shows that a taken contribution is in the text."""

    HUNK = "hunk"
    PARAGRAPH = "paragraph"
    SECTION = "section"
    STRUCTURE = "structure"


@dataclass(frozen=True)
class Needs:
    """What an answer of a kind has to name besides its reason."""

    reason: bool = False
    evidence: bool = False
    place: bool = False
    other: bool = False
    phase: bool = False
    section: bool = False


NEEDS: dict[AnswerKind, Needs] = {
    AnswerKind.TAKEN: Needs(evidence=True),
    AnswerKind.TAKEN_IN_PART: Needs(reason=True, evidence=True),
    AnswerKind.TAKEN_IN_OTHER_WORDS: Needs(evidence=True),
    AnswerKind.ALREADY_IN_TEXT: Needs(place=True),
    AnswerKind.NOT_TAKEN: Needs(reason=True),
    AnswerKind.OUTSIDE: Needs(reason=True),
    AnswerKind.TOGETHER_WITH: Needs(other=True),
    AnswerKind.DEFERRED: Needs(phase=True),
    AnswerKind.MOVED: Needs(section=True),
    AnswerKind.NOTED: Needs(),
    AnswerKind.USED: Needs(),
    AnswerKind.NOT_USED: Needs(reason=True),
}

TAKING = frozenset({AnswerKind.TAKEN, AnswerKind.TAKEN_IN_PART, AnswerKind.TAKEN_IN_OTHER_WORDS})
"""Kinds that say words of the text changed because of the contribution."""

SIMPLE_CHOICES = (
    AnswerKind.TAKEN,
    AnswerKind.TAKEN_IN_PART,
    AnswerKind.NOT_TAKEN,
    AnswerKind.DEFERRED,
)
"""The four that screens offer first; the others are folded."""

MARKS = (AnswerKind.USED, AnswerKind.NOT_USED)
"""Answers to material that the texts are written from."""

USED_OR_NOT = frozenset({ContributionKind.FEATURE, ContributionKind.INTERVIEW_NOTE})
"""Kinds that are answered by marking them used or not used."""


class AnswerStage(StrEnum):
    """How far the answering of a contribution is."""

    UNANSWERED = "unanswered"
    DRAFT = "draft"
    PUBLISHED = "published"


class AnswerMove(StrEnum):
    """What can be done about the answer of a contribution."""

    ANSWER = "answer"
    REVISE = "revise"
    PUBLISH = "publish"


_NONE, _DRAFT, _PUBLISHED = AnswerStage.UNANSWERED, AnswerStage.DRAFT, AnswerStage.PUBLISHED

ANSWER_TABLE: Table[AnswerStage, AnswerMove] = {
    (_NONE, AnswerMove.ANSWER): Step(_DRAFT, Action.EDIT, Act.ANSWER_GIVEN),
    (_NONE, AnswerMove.REVISE): Refusal(Reason.UNANSWERED),
    (_NONE, AnswerMove.PUBLISH): Refusal(Reason.UNANSWERED),
    (_DRAFT, AnswerMove.ANSWER): Refusal(Reason.ALREADY_DONE),
    (_DRAFT, AnswerMove.REVISE): Step(_DRAFT, Action.EDIT, Act.ANSWER_REVISED),
    (_DRAFT, AnswerMove.PUBLISH): Step(
        _PUBLISHED, Action.EDIT, Act.ANSWERS_PUBLISHED, (MessageKind.ANSWERS,)
    ),
    (_PUBLISHED, AnswerMove.ANSWER): Refusal(Reason.ALREADY_DONE),
    # What was told stays told: a revision is shown at once, with its history.
    (_PUBLISHED, AnswerMove.REVISE): Step(_PUBLISHED, Action.EDIT, Act.ANSWER_REVISED),
    (_PUBLISHED, AnswerMove.PUBLISH): Refusal(Reason.ALREADY_DONE),
}


def stage(state: AnswerState | None) -> AnswerStage:
    """Tell how far the answering is from the answer's state, None where there is no answer."""
    return AnswerStage(state.value) if state is not None else AnswerStage.UNANSWERED


@dataclass(frozen=True)
class Given:
    """What an answer names, as far as its completeness goes."""

    reason: str = ""
    evidence: bool = False
    place: bool = False
    other: bool = False
    phase: bool = False
    section: bool = False


def missing_parts(kind: AnswerKind, given: Given) -> tuple[Reason, ...]:
    """List what an answer of a kind still lacks."""
    needs = NEEDS[kind]
    lacking = (
        (needs.reason and not given.reason.strip(), Reason.REASON_MISSING),
        (needs.evidence and not given.evidence, Reason.EVIDENCE_MISSING),
        (needs.place and not given.place, Reason.PLACE_MISSING),
        (needs.other and not given.other, Reason.OTHER_MISSING),
        (needs.phase and not given.phase, Reason.PHASE_MISSING),
        (needs.section and not given.section, Reason.SECTION_MISSING),
    )
    return tuple(reason for lacks, reason in lacking if lacks)


def keeps_open(kind: AnswerKind, *, phase_ahead: bool = False, other_open: bool = False) -> bool:
    """Tell whether a contribution is still open although it has this answer.

    *Deferred* is open again from when the turn of its phase has come; *moved* until it is
    answered in its new section; *handled together with* as long as the other one is.
    """
    if kind is AnswerKind.DEFERRED:
        return not phase_ahead
    if kind is AnswerKind.MOVED:
        return True
    return kind is AnswerKind.TOGETHER_WITH and other_open


def closes_circle(together: Mapping[str, str], contribution_id: str, other_id: str) -> bool:
    """Tell whether *handled together with* would lead back to where it began.

    together: contribution -> the one that it is handled together with, as it stands.
    """
    seen = {contribution_id}
    at: str | None = other_id
    while at is not None:
        if at in seen:
            return True
        seen.add(at)
        at = together.get(at)
    return False
