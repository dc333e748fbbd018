"""Findings of a check in words."""

from reviewtool.domain.checking import Fault, Finding
from reviewtool.infra.i18n import LazyText, lazy

FAULTS: dict[Fault, LazyText] = {
    Fault.SETTING: lazy("A setting is wrong."),
    Fault.SCHEMA_BEHIND: lazy(
        "The database is at another version than the program. Run: reviewtool migrate"
    ),
    Fault.ORPHAN: lazy("The row names another row that is not there."),
    Fault.TRACE_MISSING: lazy("The handbook has no trace."),
    Fault.TRACE_SEQUENCE: lazy("Rows of the trace are missing before this one."),
    Fault.TRACE_HASH: lazy("The row of the trace has been changed."),
    Fault.TRACE_COLUMN: lazy("The row of the trace says something else than what was hashed."),
    Fault.TRACE_HEAD: lazy("The trace does not end where its head says."),
    Fault.TEXT_HASH: lazy("The text has been changed after it was written."),
    Fault.TEXT_FORM: lazy("The text is not in its canonical form."),
    Fault.TEXT_TITLE: lazy("The title is not the one of the text."),
    Fault.TEXT_TRACED: lazy("The text is not the one that the trace says was written."),
    Fault.REVISION_NUMBERS: lazy("The numbers of the revisions have a gap."),
    Fault.WORKING_TEXT: lazy("The working text is not the newest revision."),
    Fault.DRAFT_ITEM: lazy("The draft holds a text at the wrong place."),
    Fault.DRAFT_EMPTY: lazy("The draft holds no texts."),
    Fault.DRAFT_NUMBERS: lazy("The numbers of the drafts have a gap."),
    Fault.PASSAGE_RANGE: lazy("The passage lies outside the text."),
    Fault.PASSAGE_WORDS: lazy("The passage has other words than those that were marked."),
    Fault.EVIDENCE_RANGE: lazy("The evidence lies outside the text."),
    Fault.CONTRIBUTION_NUMBERS: lazy("The numbers of the contributions have a gap."),
    Fault.APPROVAL_TEXT: lazy("The approval stands on another text than it says."),
    Fault.APPROVAL_TRACED: lazy("The approval is not the one that the trace says was given."),
    Fault.CARRY_TEXT: lazy("The approval was carried over to another text than it says."),
    Fault.FILE_CONTENT: lazy("The file has been changed after it was stored."),
}


def finding(found: Finding) -> str:
    """Say a finding in the present language, with the table and the row's id before it."""
    place = " ".join(part for part in (found.table, found.id) if part)
    detail = f" ({found.detail})" if found.detail else ""
    return f"{place + ': ' if place else ''}{FAULTS[found.fault]}{detail}"
