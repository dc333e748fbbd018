"""Contributions: kinds, channels, states, and who may see them."""

from datetime import date
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


NEED_CONSENT = frozenset({ContributionKind.EXAMPLE, ContributionKind.INTERVIEW_NOTE})
"""Kinds that are published only where their author agreed to that, whatever was promised."""


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

    *from-day*: nobody until a day, from then on the participants: blind first, open later.
    *public*: the participants at once, and anyone beside the published text.
    """

    NOBODY = "nobody"
    AFTER_OWN = "after-own"
    FROM_DAY = "from-day"
    EVERYONE = "everyone"
    PUBLIC = "public"


READ_BY_ALL = frozenset({Sharing.EVERYONE, Sharing.PUBLIC})
"""Promises by which every participant of the round reads what is said at once."""


def is_blind(sharing: Sharing, shared_from: date | None, today: date | None) -> bool:
    """Tell whether nobody but the editors reads what is said under a promise, on a day.

    An unknown day opens nothing.
    """
    if sharing is Sharing.FROM_DAY:
        return shared_from is None or today is None or today < shared_from
    return sharing is Sharing.NOBODY


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
    """Kinds of a round's questions; choices and scales are figures, not contributions.

    *example*: an example from one's own work, with its parts; it is answered by a contribution of
    that kind.
    """

    FREE = "free"
    EXAMPLE = "example"
    CHOICE = "choice"
    SCALE = "scale"


WITH_OPTIONS = frozenset({QuestionKind.CHOICE, QuestionKind.SCALE})
"""Questions that are answered by choosing; the others are answered in words."""


def kind_of_answer(question: QuestionKind) -> ContributionKind:
    """Give the kind of contribution that answers a question in words."""
    if question is QuestionKind.EXAMPLE:
        return ContributionKind.EXAMPLE
    return ContributionKind.QUESTION_ANSWER


class QuestionScope(StrEnum):
    """What a question is asked about."""

    SECTION = "section"
    WHOLE = "whole"


MOST_CHARACTERS = 20_000
"""The longest words that one field of a contribution takes."""


def told_number(number: int | None, *, blind: bool) -> int | None:
    """Give a contribution's number, as its author may know it.

    Numbers run through the handbook: in a blind round one would tell how much others have said
    (rule 11), so there is none.
    """
    return None if blind else number
