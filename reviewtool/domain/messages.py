"""Messages: the names of all mails, and the states of one outgoing mail."""

from enum import StrEnum


class MessageKind(StrEnum):
    """Every mail that the product sends; each has its templates in all languages."""

    SIGN_IN = "sign-in"
    INVITATION = "invitation"
    CONFIRMATION = "confirmation"
    SIGNED_UP = "signed-up"
    NEW_LINK = "new-link"
    RECEIPT = "receipt"
    LATE_DECIDED = "late-decided"
    REPLIES = "replies"
    REMINDER = "reminder"
    ANSWERS = "answers"
    APPROVAL_REQUEST = "approval-request"
    APPROVAL_RECEIPT = "approval-receipt"
    APPROVAL_CARRIED = "approval-carried"
    APPROVAL_LAPSED = "approval-lapsed"
    PASSED_ON = "passed-on"
    DEPUTY = "deputy"
    SUCCESSOR = "successor"
    SUCCEEDED = "succeeded"
    STATEMENT_HOLDER = "statement-holder"
    EXTENDED = "extended"
    WORKSHOP_INVITATION = "workshop-invitation"
    WORKSHOP_CHANGED = "workshop-changed"
    WORKSHOP_REMINDER = "workshop-reminder"
    WORKSHOP_CANCELLED = "workshop-cancelled"
    WORKSHOP_MINUTES = "workshop-minutes"
    PUBLISHED = "published"
    INTERVIEW_NOTES = "interview-notes"


class MessageState(StrEnum):
    """Where an outgoing mail is."""

    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    DEFERRED = "deferred"
    FAILED = "failed"
    CANCELLED = "cancelled"
