"""Refusals in words: what happened, what it means, what to do."""

from reviewtool.domain.refusals import Reason
from reviewtool.infra.i18n import LazyText, lazy

REFUSALS: dict[Reason, LazyText] = {
    Reason.NOT_ALLOWED: lazy("You don't have the rights for this. Ask the handbook's editors."),
    Reason.NOT_FOUND: lazy("There is nothing at this address. Check the address or go back."),
    Reason.NOT_POSSIBLE_NOW: lazy("This can't be done at this point. Load the page again."),
    Reason.ROUND_CLOSED: lazy(
        "The comment round has closed. Your text is kept on this page: you can still send it "
        "after the deadline, and the editors will tell you whether it can be considered."
    ),
    Reason.ROUND_NOT_OPEN: lazy("The comment round has not opened yet. Come back when it opens."),
    Reason.EDIT_CONFLICT: lazy(
        "This text has been saved elsewhere meanwhile. Both texts are kept: join them below."
    ),
    Reason.TEXT_CHANGED: lazy(
        "The text has changed since you opened the page. Nothing was recorded: read the new text "
        "and answer again."
    ),
    Reason.TEXT_INVALID: lazy("The text can't be saved as it is. Check the marked place."),
    Reason.NO_CHANGE: lazy("Your suggestion is the same as the text. Change some words first."),
    Reason.ACROSS_PARTS: lazy(
        "A suggestion changes the key points, the text, a box, one line of a figure or the "
        "sources, not several of them at once. Mark a place in one of them, "
        "or comment without suggesting a change."
    ),
    Reason.NOTHING_TO_FREEZE: lazy("Nothing has changed since the last draft."),
    Reason.ANSWERED: lazy(
        "The editors have answered this already, so it can't be changed or withdrawn any more. "
        "What you want to add can be sent as a new comment."
    ),
    Reason.UNANSWERED: lazy("Contributions without an answer"),
    Reason.EVIDENCE_GONE: lazy("Taken contributions whose words are no longer in the text"),
    Reason.EVIDENCE_MISSING: lazy("Show where the contribution is seen in the text."),
    Reason.REASON_MISSING: lazy("Write the reason: the contributor will read it."),
    Reason.PLACE_MISSING: lazy("Show the place where the text says this already."),
    Reason.OTHER_MISSING: lazy("Choose the comment that this one is handled together with."),
    Reason.PHASE_MISSING: lazy("Choose the phase in which this is taken up."),
    Reason.SECTION_MISSING: lazy("Choose the text that this belongs to."),
    Reason.OTHER_STATEMENT: lazy(
        "You chose to speak for one organisation, and the statement is another one's. Choose that "
        "one, or say it in your own name."
    ),
    Reason.OTHER_SECTION_MISSING: lazy("Choose the other text that this is about."),
    Reason.TITLE_MISSING: lazy("Write the name."),
    Reason.PHASE_OPEN: lazy("A phase is still open. Close it first."),
    Reason.DRAFT_MISSING: lazy("No draft has been frozen yet. Freeze a draft first."),
    Reason.DATES_MISSING: lazy("Choose the last day on which answers are taken."),
    Reason.DATES_WRONG: lazy("The last day must come after the first day, and not be in the past."),
    Reason.SHARING_DAY_MISSING: lazy("Choose the day from which participants see what others say."),
    Reason.CONTACT_MISSING: lazy(
        "Nobody is named whom people can ask. Name a person, with an e-mail address or a phone "
        "number."
    ),
    Reason.CONTROLLER_MISSING: lazy(
        "It isn't said which association asks, and is responsible for the personal data."
    ),
    Reason.TIME_MISSING: lazy("The workshop has no time yet. Say when and where it is held."),
    Reason.PEOPLE_MISSING: lazy("Nobody has been invited. Invite people first."),
    Reason.APPROVALS_MISSING: lazy("Texts without the approvals that they need"),
    Reason.OBJECTION_OPEN: lazy("Texts with an open objection or a request for changes"),
    Reason.MERGE_CONFLICT: lazy(
        "The same words have been changed in different ways. Choose or write the wording."
    ),
    Reason.PASSAGE_GONE: lazy("The passage is no longer in the text. Choose its place by hand."),
    Reason.EMPTY: lazy("Write something first."),
    Reason.TOO_LONG: lazy("The text is too long. Shorten it, or send it in parts."),
    Reason.BAD_ADDRESS: lazy("Check the e-mail address."),
    Reason.NAME_HOLDS_ADDRESS: lazy("Write the name without a web or e-mail address."),
    Reason.ADDRESS_OF_ANOTHER: lazy(
        "This address is known under another name. Check the name and the address. If several "
        "people read it, say so."
    ),
    Reason.BAD_FILE: lazy(
        "This kind of file isn't taken, or the file isn't what its name says. Attach a PDF, Word, "
        "text or picture file."
    ),
    Reason.TOO_MANY_FILES: lazy(
        "You can attach at most five files to a contribution. Remove one first."
    ),
    Reason.FILE_TOO_LARGE: lazy("The file is too large. Make it smaller or split it."),
    Reason.NO_SUCH_WORDS: lazy("These words are not there. Copy them exactly as they stand."),
    Reason.ALREADY_DONE: lazy("This has been done already."),
    Reason.CARRIED_OUT: lazy(
        "The editors have changed the handbook by this proposal already. Write to them if "
        "something in it isn't right."
    ),
    Reason.SAME_TITLE: lazy(
        "A text of this name stands there already. Answer the proposal together with the one that "
        "it came from, or give the text another name."
    ),
    Reason.LINK_EXPIRED: lazy("The link is no longer valid. Ask for a new one."),
}


def refusal(reason: Reason) -> str:
    """Say a refusal in the present language."""
    return str(REFUSALS[reason])
