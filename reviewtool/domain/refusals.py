"""Refusals: what a rule says no to, as data; the wording is the page's."""

from dataclasses import dataclass, field
from enum import StrEnum


class Reason(StrEnum):
    """Why an act was refused."""

    NOT_ALLOWED = "not-allowed"
    NOT_FOUND = "not-found"
    NOT_POSSIBLE_NOW = "not-possible-now"
    ROUND_CLOSED = "round-closed"
    ROUND_NOT_OPEN = "round-not-open"
    EDIT_CONFLICT = "edit-conflict"
    TEXT_CHANGED = "text-changed"
    TEXT_INVALID = "text-invalid"
    NO_CHANGE = "no-change"
    ACROSS_PARTS = "across-parts"
    NOTHING_TO_FREEZE = "nothing-to-freeze"
    UNANSWERED = "unanswered"
    ANSWERED = "answered"
    EVIDENCE_GONE = "evidence-gone"
    EVIDENCE_MISSING = "evidence-missing"
    REASON_MISSING = "reason-missing"
    PLACE_MISSING = "place-missing"
    OTHER_MISSING = "other-missing"
    PHASE_MISSING = "phase-missing"
    OTHER_STATEMENT = "other-statement"
    SECTION_MISSING = "section-missing"
    OTHER_SECTION_MISSING = "other-section-missing"
    TITLE_MISSING = "title-missing"
    PHASE_OPEN = "phase-open"
    DRAFT_MISSING = "draft-missing"
    DATES_MISSING = "dates-missing"
    DATES_WRONG = "dates-wrong"
    SHARING_DAY_MISSING = "sharing-day-missing"
    CONTACT_MISSING = "contact-missing"
    CONTROLLER_MISSING = "controller-missing"
    TIME_MISSING = "time-missing"
    PEOPLE_MISSING = "people-missing"
    APPROVALS_MISSING = "approvals-missing"
    OBJECTION_OPEN = "objection-open"
    MERGE_CONFLICT = "merge-conflict"
    PASSAGE_GONE = "passage-gone"
    EMPTY = "empty"
    TOO_LONG = "too-long"
    BAD_ADDRESS = "bad-address"
    NAME_HOLDS_ADDRESS = "name-holds-address"
    ADDRESS_OF_ANOTHER = "address-of-another"
    BAD_FILE = "bad-file"
    TOO_MANY_FILES = "too-many-files"
    FILE_TOO_LARGE = "file-too-large"
    NO_SUCH_WORDS = "no-such-words"
    ALREADY_DONE = "already-done"
    CARRIED_OUT = "carried-out"
    SAME_TITLE = "same-title"
    LINK_EXPIRED = "link-expired"


@dataclass(frozen=True)
class Missing:
    """One thing that stands in the way: what it is, of what, and how often.

    kind and id name the object that a page can link to ("contribution", "section", "phase");
    name is what a person calls it.
    """

    reason: Reason
    kind: str = ""
    id: str = ""
    name: str = ""
    count: int = 1


@dataclass
class Refused(Exception):  # noqa: N818 (a refusal is an answer, not an error)
    """An act was refused; nothing has been changed."""

    reason: Reason
    missing: tuple[Missing, ...] = ()
    details: dict[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        """Give the reason, for logs."""
        return f"{self.reason.value} {self.details or ''}".strip()
