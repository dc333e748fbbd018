"""Use case: check that what is stored is whole and says what it said when it was written."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from sqlalchemy.orm import Session

from reviewtool.config.settings import SettingsError
from reviewtool.domain.actors import Actor
from reviewtool.domain.checking import Fault, Finding
from reviewtool.domain.policy import Action, Facts
from reviewtool.infra import schema
from reviewtool.infra.installation import Installation
from reviewtool.queries import checked_records, checked_texts
from reviewtool.services._policy import require

CHECKS: tuple[Callable[[Session], Iterator[Finding]], ...] = (
    checked_records.orphans,
    checked_records.chains,
    checked_records.traced_texts,
    checked_texts.revisions,
    checked_texts.drafts,
    checked_records.traced_drafts,
    checked_records.numbers,
    checked_texts.passages,
    checked_texts.evidence,
    checked_records.approvals,
    checked_records.files,
)


def check(installation: Installation, actor: Actor) -> list[Finding]:
    """Check settings, schema and all handbooks, on one snapshot; gives what is wrong.

    Without the present schema the rows are not looked at. Raises Refused (not allowed).
    """
    require(actor, Action.ADMINISTER, Facts())
    findings = list(_settings(installation))
    here, head = schema.current_revision(installation.database), schema.head_revision()
    if here != head:
        return [*findings, Finding(Fault.SCHEMA_BEHIND, "", "", f"{here} / {head}")]
    with installation.database.read() as session:
        for one in CHECKS:
            findings += one(session)
    return findings


def _settings(installation: Installation) -> Iterator[Finding]:
    try:
        installation.settings.check()
    except SettingsError as error:
        yield Finding(Fault.SETTING, "", "", str(error))
