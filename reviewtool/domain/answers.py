"""Answers to contributions: kinds, what each needs, and what each leaves open (rule 3)."""

from dataclasses import dataclass
from enum import StrEnum


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
