"""The messages: for each kind, what it says, and whether it is still worth saying.

docs/adding-a-message.md tells how to add one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from reviewtool.domain.messages import MessageKind
from reviewtool.domain.people import AddressState
from reviewtool.mail.messages import (
    answers,
    approvals,
    asking,
    interviews,
    late,
    published,
    receipt,
    replacing,
    replies,
    ways_in,
    workshops,
)
from reviewtool.mail.messages.frame import Mail
from reviewtool.mail.messages.rows import Rows


@dataclass(frozen=True)
class Kind:
    """One kind of message: its context function, and its relevance at sending time."""

    context: Callable[[Rows], Mail]
    relevant: Callable[[Rows], bool]


def _always(_rows: Rows) -> bool:
    return True


KINDS: dict[MessageKind, Kind] = {
    MessageKind.SIGN_IN: Kind(ways_in.sign_in, ways_in.link_lives),
    MessageKind.CONFIRMATION: Kind(ways_in.confirmation, ways_in.waits_for_confirmation),
    MessageKind.PUBLISHED: Kind(published.published, _always),
    MessageKind.SIGNED_UP: Kind(asking.request, asking.still_asked),
    MessageKind.NEW_LINK: Kind(ways_in.new_link, ways_in.link_lives),
    MessageKind.INVITATION: Kind(asking.request, asking.still_asked),
    MessageKind.APPROVAL_REQUEST: Kind(asking.request, asking.still_asked),
    MessageKind.PASSED_ON: Kind(asking.request, asking.still_passed_on),
    MessageKind.DEPUTY: Kind(replacing.deputy, replacing.still_standing_in),
    MessageKind.SUCCESSOR: Kind(replacing.successor, asking.still_passed_on),
    MessageKind.SUCCEEDED: Kind(replacing.succeeded, replacing.still_reads),
    MessageKind.STATEMENT_HOLDER: Kind(replacing.statement_holder, replacing.still_holds),
    MessageKind.WORKSHOP_INVITATION: Kind(workshops.workshop, workshops.still_invited),
    MessageKind.WORKSHOP_CHANGED: Kind(workshops.workshop, workshops.still_to_come),
    MessageKind.WORKSHOP_REMINDER: Kind(workshops.workshop, workshops.still_ahead),
    MessageKind.WORKSHOP_CANCELLED: Kind(workshops.workshop, workshops.is_off),
    MessageKind.WORKSHOP_MINUTES: Kind(workshops.minutes, workshops.are_newest),
    MessageKind.INTERVIEW_NOTES: Kind(interviews.notes, interviews.still_noted),
    MessageKind.REMINDER: Kind(asking.reminder, asking.still_to_remind),
    MessageKind.EXTENDED: Kind(asking.extended, asking.still_told),
    MessageKind.RECEIPT: Kind(receipt.receipt, _always),
    MessageKind.LATE_DECIDED: Kind(late.late_decided, late.still_decided),
    MessageKind.REPLIES: Kind(replies.replies, replies.still_replied),
    MessageKind.ANSWERS: Kind(answers.answers, answers.has_answers),
    MessageKind.APPROVAL_RECEIPT: Kind(approvals.approval_receipt, approvals.has_decisions),
    MessageKind.APPROVAL_CARRIED: Kind(approvals.carried, approvals.still_carried),
    MessageKind.APPROVAL_LAPSED: Kind(approvals.lapsed, approvals.still_lapsed),
}


def relevant(rows: Rows) -> bool:
    """Tell whether a message is still worth sending; a person who is gone gets nothing."""
    if rows.person.erased_at is not None or rows.address.state is AddressState.DEAD:
        return False
    return KINDS[rows.message.kind].relevant(rows)


def context(rows: Rows) -> Mail:
    """Give the context that a message's templates are filled from."""
    return KINDS[rows.message.kind].context(rows)
