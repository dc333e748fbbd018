"""Contributions: kinds, channels, states, and who may see them."""

from enum import StrEnum


class ContributionKind(StrEnum):
    """What a contribution is."""

    COMMENT = "comment"
    SUGGESTION = "suggestion"
    EXAMPLE = "example"
    QUESTION_ANSWER = "question-answer"
    PROPOSAL = "proposal"
    FEATURE = "feature"
    INTERVIEW_NOTE = "interview-note"


class Channel(StrEnum):
    """How a contribution came."""

    WEB = "web"
    EMAIL = "e-mail"
    WORKSHOP = "workshop"
    INTERVIEW = "interview"
    PHONE = "phone"
    PAPER = "paper"
    IMPORT = "import"


class ContributionState(StrEnum):
    """Whether a contribution stands; nothing is ever deleted (rule 2)."""

    LATE = "late"
    LEFT_OUT = "left-out"
    RECEIVED = "received"
    WITHDRAWN = "withdrawn"


class Sharing(StrEnum):
    """Who reads what a participant of a round says, besides the editors: the round's promise.

    *public*: the participants at once, and anyone beside the published text.
    """

    NOBODY = "nobody"
    AFTER_OWN = "after-own"
    EVERYONE = "everyone"
    PUBLIC = "public"


READ_BY_ALL = frozenset({Sharing.EVERYONE, Sharing.PUBLIC})
"""Promises by which every participant of the round reads what is said at once."""


class NameShown(StrEnum):
    """How a contributor consented to be shown (rule 12)."""

    ORGANISATION = "organisation"
    NAME = "name"
    NOBODY = "nobody"


class TurnVisibility(StrEnum):
    """Who sees a turn of a contribution's thread."""

    PARTICIPANTS = "participants"
    AUTHOR = "author"
    EDITORS = "editors"


class QuestionKind(StrEnum):
    """Kinds of a round's questions; choices and scales are figures, not contributions."""

    FREE = "free"
    CHOICE = "choice"
    SCALE = "scale"


class QuestionScope(StrEnum):
    """What a question is asked about."""

    SECTION = "section"
    WHOLE = "whole"


MOST_CHARACTERS = 20_000
"""The longest words that one field of a contribution takes."""


def told_number(number: int | None, sharing: Sharing) -> int | None:
    """Give a contribution's number, as its author may know it.

    Numbers run through the handbook: in a blind round one would tell how much others have said
    (rule 11), so there is none.
    """
    return None if sharing is Sharing.NOBODY else number
