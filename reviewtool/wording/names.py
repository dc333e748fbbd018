"""Names of kinds and states in the reader's language (the terms of docs/glossary.md)."""

from enum import StrEnum

from reviewtool.domain.answers import AnswerKind, AnswerState
from reviewtool.domain.approvals import Capacity, Decision, Standing
from reviewtool.domain.contributions import (
    Channel,
    ContributionKind,
    ContributionState,
    NameShown,
    QuestionKind,
    QuestionScope,
    Sharing,
)
from reviewtool.domain.invitations import InvitationState, Origin
from reviewtool.domain.messages import MessageKind, MessageState
from reviewtool.domain.people import AddressState, OrganisationKind, Role
from reviewtool.domain.phases import PhaseKind, PhaseMove, PhaseState
from reviewtool.domain.sections import Cause, SectionKind
from reviewtool.infra.i18n import LazyText, lazy
from reviewtool.infra.i18n import gettext as _

_NAMED: tuple[tuple[StrEnum, LazyText], ...] = (
    (SectionKind.CHAPTER, lazy("Chapter")),
    (SectionKind.AREA, lazy("Area")),
    (SectionKind.ACTIVITY, lazy("Activity")),
    (SectionKind.STORY, lazy("Personal story")),
    (Cause.IMPORT, lazy("Imported from a file")),
    (Cause.EDIT, lazy("Edited")),
    (Cause.MERGE, lazy("Two saved texts joined")),
    (Cause.TAKE, lazy("A suggestion taken")),
    (Cause.UNDO, lazy("A change undone")),
    (Cause.CORRECTION, lazy("Corrected")),
    (Cause.SPLIT, lazy("The text split")),
    (Cause.JOIN, lazy("Texts merged")),
    (Role.EDITOR, lazy("Editor")),
    (Role.ADMINISTRATOR, lazy("Administrator")),
    (AddressState.UNCONFIRMED, lazy("Address not confirmed")),
    (AddressState.OK, lazy("Address works")),
    (AddressState.DEAD, lazy("Address doesn't work")),
    (OrganisationKind.NGO, lazy("NGO")),
    (OrganisationKind.MUNICIPALITY, lazy("Municipality")),
    (OrganisationKind.JOINT_AUTHORITY, lazy("Joint authority")),
    (OrganisationKind.WELLBEING_COUNTY, lazy("Wellbeing services county")),
    (OrganisationKind.NETWORK, lazy("Network")),
    (OrganisationKind.OTHER, lazy("Other organisation")),
    (PhaseKind.DRAFTING, lazy("Writing")),
    (PhaseKind.WORKSHOP, lazy("Workshop")),
    (PhaseKind.ROUND, lazy("Comment round")),
    (PhaseKind.INTERVIEWS, lazy("Interviews")),
    (PhaseKind.APPROVAL, lazy("Approval")),
    (PhaseKind.PUBLICATION, lazy("Publication")),
    (PhaseState.PLANNED, lazy("Planned")),
    (PhaseState.OPEN, lazy("Open")),
    (PhaseState.CLOSED, lazy("Closed")),
    (PhaseMove.PLAN, lazy("Change the plan")),
    (PhaseMove.OPEN, lazy("Open")),
    (PhaseMove.EXTEND, lazy("Extend")),
    (PhaseMove.CLOSE, lazy("Close")),
    (PhaseMove.REOPEN, lazy("Reopen")),
    (ContributionKind.COMMENT, lazy("Comment")),
    (ContributionKind.SUGGESTION, lazy("Suggestion")),
    (ContributionKind.EXAMPLE, lazy("Example")),
    (ContributionKind.QUESTION_ANSWER, lazy("Answer to a question")),
    (ContributionKind.PROPOSAL, lazy("Structure proposal")),
    (ContributionKind.FEATURE, lazy("Special feature")),
    (ContributionKind.INTERVIEW_NOTE, lazy("Interview note")),
    (Channel.WEB, lazy("On the web")),
    (Channel.EMAIL, lazy("By e-mail")),
    (Channel.WORKSHOP, lazy("In a workshop")),
    (Channel.INTERVIEW, lazy("In an interview")),
    (Channel.PHONE, lazy("By phone")),
    (Channel.PAPER, lazy("On paper")),
    (Channel.IMPORT, lazy("Imported from a file")),
    (ContributionState.LATE, lazy("After the deadline")),
    (ContributionState.LEFT_OUT, lazy("After the deadline, left out")),
    (ContributionState.RECEIVED, lazy("Received")),
    (ContributionState.WITHDRAWN, lazy("Withdrawn")),
    (Sharing.NOBODY, lazy("Only the editors see what you say")),
    (Sharing.AFTER_OWN, lazy("You see what others say once you have commented")),
    (Sharing.FROM_DAY, lazy("Participants see what others say from a certain day on")),
    (Sharing.EVERYONE, lazy("Participants see what others say")),
    (
        Sharing.PUBLIC,
        lazy(
            "Participants see what others say, and the public may read it beside the published "
            "text, without your name unless you agree"
        ),
    ),
    (NameShown.ORGANISATION, lazy("Only the organisation is shown")),
    (NameShown.NAME, lazy("Name and organisation are shown")),
    (NameShown.NOBODY, lazy("Neither name nor organisation is shown")),
    (QuestionKind.FREE, lazy("Free text")),
    (QuestionKind.EXAMPLE, lazy("An example: for whom, what is done, what has come of it")),
    (QuestionKind.CHOICE, lazy("Choice")),
    (QuestionKind.SCALE, lazy("Scale")),
    (QuestionScope.SECTION, lazy("Asked about each text")),
    (QuestionScope.WHOLE, lazy("Asked about the whole")),
    (InvitationState.UNCONFIRMED, lazy("Waiting for confirmation")),
    (InvitationState.PREPARED, lazy("Not invited yet")),
    (InvitationState.INVITED, lazy("Invited")),
    (InvitationState.CAME_IN, lazy("Started")),
    (InvitationState.READY, lazy("Ready")),
    (InvitationState.DECLINED, lazy("Declined")),
    (InvitationState.PASSED_ON, lazy("Passed on to a colleague")),
    (InvitationState.CANCELLED, lazy("Cancelled")),
    (Origin.INVITED, lazy("Invited by the editors")),
    (Origin.SIGNED_UP, lazy("Signed up")),
    (Origin.JOINED, lazy("Came in with the room's code")),
    (Origin.PASSED_ON, lazy("Named by a colleague")),
    (Origin.SUCCESSOR, lazy("Took the task over")),
    (Origin.RECORDED, lazy("Recorded by the editors")),
    (Origin.DEPUTY, lazy("Stands in for a colleague")),
    (Origin.BOX, lazy("Answers from a shared mailbox")),
    (AnswerKind.TAKEN, lazy("Taken into the text")),
    (AnswerKind.TAKEN_IN_PART, lazy("Taken in part")),
    (AnswerKind.TAKEN_IN_OTHER_WORDS, lazy("Taken in other words")),
    (AnswerKind.ALREADY_IN_TEXT, lazy("Already in the text")),
    (AnswerKind.NOT_TAKEN, lazy("Not taken")),
    (AnswerKind.OUTSIDE, lazy("Not dealt with in this handbook")),
    (AnswerKind.TOGETHER_WITH, lazy("Handled together with another comment")),
    (AnswerKind.DEFERRED, lazy("We return to this later")),
    (AnswerKind.MOVED, lazy("Moved to another text")),
    (AnswerKind.NOTED, lazy("Noted")),
    (AnswerKind.USED, lazy("Used in the text")),
    (AnswerKind.NOT_USED, lazy("Not used")),
    (AnswerState.DRAFT, lazy("Not yet shown to the contributor")),
    (AnswerState.PUBLISHED, lazy("Shown to the contributor")),
    (Decision.APPROVED, lazy("Approved")),
    (Decision.WITH_COMMENTS, lazy("Approved, with comments")),
    (Decision.CHANGES_REQUESTED, lazy("Changes requested")),
    (Decision.NO_POSITION, lazy("No position")),
    (Decision.NOTHING_TO_SAY, lazy("Nothing to say")),
    (Capacity.EXPERT, lazy("My own view as an expert")),
    (Capacity.WORKING_GROUP, lazy("A working group's view")),
    (Capacity.BOARD, lazy("A board's decision")),
    (Standing.CURRENT, lazy("Given to this text")),
    (Standing.CARRIED, lazy("Carried over an editorial change")),
    (Standing.EARLIER_TEXT, lazy("Given to an earlier text")),
    (Standing.SILENT, lazy("No answer")),
    (MessageKind.SIGN_IN, lazy("Sign-in link")),
    (MessageKind.INVITATION, lazy("Invitation")),
    (MessageKind.CONFIRMATION, lazy("Confirmation of the address")),
    (MessageKind.PUBLISHED, lazy("News of the publication")),
    (MessageKind.SIGNED_UP, lazy("The own link of who signed up")),
    (MessageKind.NEW_LINK, lazy("New link")),
    (MessageKind.RECEIPT, lazy("Receipt")),
    (
        MessageKind.LATE_DECIDED,
        lazy("Whether a comment that came after the deadline is considered"),
    ),
    (MessageKind.REMINDER, lazy("Reminder")),
    (MessageKind.ANSWERS, lazy("Answers to the comments")),
    (MessageKind.APPROVAL_REQUEST, lazy("Request for approval")),
    (MessageKind.APPROVAL_RECEIPT, lazy("Receipt of the approval")),
    (MessageKind.APPROVAL_CARRIED, lazy("Notice of an editorial change")),
    (MessageKind.APPROVAL_LAPSED, lazy("Notice of a changed text")),
    (MessageKind.PASSED_ON, lazy("A colleague passed this on")),
    (MessageKind.DEPUTY, lazy("Standing in for a colleague")),
    (MessageKind.SUCCESSOR, lazy("A task taken over")),
    (MessageKind.REPLIES, lazy("Replies of other participants")),
    (MessageKind.STATEMENT_HOLDER, lazy("Notice of who submits a statement")),
    (MessageKind.SUCCEEDED, lazy("Notice that the task was taken over")),
    (MessageKind.EXTENDED, lazy("More time to answer")),
    (MessageKind.WORKSHOP_INVITATION, lazy("Invitation to a workshop")),
    (MessageKind.WORKSHOP_CHANGED, lazy("Workshop's new time or place")),
    (MessageKind.WORKSHOP_REMINDER, lazy("Reminder of a workshop")),
    (MessageKind.WORKSHOP_CANCELLED, lazy("Workshop is cancelled")),
    (MessageKind.WORKSHOP_MINUTES, lazy("Minutes of a workshop")),
    (MessageKind.INTERVIEW_NOTES, lazy("Notes from an interview")),
    (MessageState.QUEUED, lazy("Waiting")),
    (MessageState.SENDING, lazy("Being sent")),
    (MessageState.SENT, lazy("Sent")),
    (MessageState.DEFERRED, lazy("Tried again later")),
    (MessageState.FAILED, lazy("Not delivered")),
    (MessageState.CANCELLED, lazy("Not needed any more")),
)

NAMES = {(type(value), value.value): name for value, name in _NAMED}
"""By kind and value: members of different enums with one value are equal as keys."""


def wording(value: StrEnum) -> str:
    """Give the name of a kind or state in the present language."""
    return str(NAMES[type(value), value.value])


def kind_of_organisation(kind: str) -> str:
    """Name a kind of organisation; kinds are data, so that an unknown one names itself."""
    if not kind:
        return _("Without an organisation")
    return wording(OrganisationKind(kind)) if kind in set(OrganisationKind) else kind


OF_STRUCTURE = {
    AnswerKind.TAKEN: lazy("Carried out"),
    AnswerKind.TAKEN_IN_PART: lazy("Carried out in part"),
    AnswerKind.TAKEN_IN_OTHER_WORDS: lazy("Carried out in another way"),
    AnswerKind.NOT_TAKEN: lazy("Not carried out"),
}
"""What is decided about the structure: no words go into a text."""


def answered_as(kind: str, of: str) -> str:
    """Name an answer to a contribution of a kind."""
    answer = AnswerKind(kind)
    if of == ContributionKind.PROPOSAL and answer in OF_STRUCTURE:
        return str(OF_STRUCTURE[answer])
    return wording(answer)
