"""`reviewtool check`: whether what is stored is whole, and says what it said when written."""

from __future__ import annotations

import sys
from contextlib import closing

import click

from reviewtool.config.start import settings_of_process
from reviewtool.domain.actors import SYSTEM
from reviewtool.domain.checking import Fault, Finding
from reviewtool.infra.installation import Installation

FAULTS: dict[Fault, str] = {
    Fault.SETTING: "A setting is wrong.",
    Fault.SCHEMA_BEHIND: (
        "The database is at another version than the program. Run: reviewtool migrate"
    ),
    Fault.ORPHAN: "The row names another row that is not there.",
    Fault.TRACE_MISSING: "The handbook has no trace.",
    Fault.TRACE_SEQUENCE: "Rows of the trace are missing before this one.",
    Fault.TRACE_HASH: "The row of the trace has been changed.",
    Fault.TRACE_COLUMN: "The row of the trace says something else than what was hashed.",
    Fault.TRACE_HEAD: "The trace does not end where its head says.",
    Fault.TEXT_HASH: "The text has been changed after it was written.",
    Fault.TEXT_FORM: "The text is not in its canonical form.",
    Fault.TEXT_TITLE: "The title is not the one of the text.",
    Fault.TEXT_TRACED: "The text is not the one that the trace says was written.",
    Fault.REVISION_NUMBERS: "The numbers of the revisions have a gap.",
    Fault.WORKING_TEXT: "The working text is not the newest revision.",
    Fault.DRAFT_ITEM: "The draft holds a text at the wrong place.",
    Fault.DRAFT_EMPTY: "The draft holds no texts.",
    Fault.DRAFT_TRACED: "The draft has other texts than the trace says were frozen.",
    Fault.DRAFT_NUMBERS: "The numbers of the drafts have a gap.",
    Fault.PASSAGE_RANGE: "The passage lies outside the text.",
    Fault.PASSAGE_WORDS: "The passage has other words than those that were marked.",
    Fault.EVIDENCE_RANGE: "The evidence lies outside the text.",
    Fault.CONTRIBUTION_NUMBERS: "The numbers of the contributions have a gap.",
    Fault.APPROVAL_TEXT: "The approval stands on another text than it says.",
    Fault.APPROVAL_TRACED: "The approval is not the one that the trace says was given.",
    Fault.CARRY_TEXT: "The approval was carried over to another text than it says.",
    Fault.FILE_CONTENT: "The file has been changed after it was stored.",
}
"""What a finding means."""


@click.command("check")
def check_command() -> None:
    """Verify traces, texts, drafts, numbers, passages, approvals, files, references, settings.

    Prints what is wrong, a line each, with table and id; ends with status 1 if anything is.
    """
    from reviewtool.services.checking import check

    installation = Installation.start(settings_of_process())
    with closing(installation.database):
        findings = check(installation, SYSTEM)
    for finding in findings:
        click.echo(told(finding))
    if findings:
        click.echo(f"{len(findings)} findings.", err=True)
        sys.exit(1)
    click.echo("Nothing is wrong.")


def told(finding: Finding) -> str:
    """Say a finding in one line."""
    place = " ".join(part for part in (finding.table, finding.id) if part)
    detail = f" ({finding.detail})" if finding.detail else ""
    return f"{place + ': ' if place else ''}{FAULTS[finding.fault]}{detail}"
