"""Steps on texts: a revision is only ever added, never changed (rule 1)."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from reviewtool.domain.actors import Actor
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.domain.sections import Cause
from reviewtool.models.sections import Revision, RevisionContribution, SectionText
from reviewtool.text.canonical import canonical
from reviewtool.text.document import parse
from reviewtool.text.fingerprint import text_hash
from reviewtool.text.html import to_plain


def add_revision(
    session: Session,
    actor: Actor,
    now: datetime,
    *,
    section_id: str,
    language: str,
    text: str,
    cause: Cause,
    expected_version: int | None,
    note: str = "",
    contributions: Sequence[str] = (),
) -> Revision:
    """Add a revision and make it the working text.

    expected_version: the version of the section's text that the caller read; None for the first
    revision in a language. Raises Refused (edit conflict) when somebody saved meanwhile.
    contributions: ids of those that caused it.
    """
    head = session.scalar(
        select(SectionText)
        .where(SectionText.section_id == section_id, SectionText.language == language)
        .with_for_update()
    )
    if (head.version if head else None) != expected_version:
        raise Refused(Reason.EDIT_CONFLICT)
    revision = write_revision(
        session,
        actor,
        now,
        section_id=section_id,
        language=language,
        text=text,
        cause=cause,
        parent_id=head.working_revision_id if head else None,
        note=note,
    )
    if head is None:
        session.add(
            SectionText(
                section_id=section_id, language=language, working_revision_id=revision.id, version=1
            )
        )
    else:
        head.working_revision_id = revision.id
        head.version += 1
    session.add_all(
        RevisionContribution(revision_id=revision.id, contribution_id=contribution_id)
        for contribution_id in dict.fromkeys(contributions)
    )
    session.flush()
    return revision


def write_revision(
    session: Session,
    actor: Actor,
    now: datetime,
    *,
    section_id: str,
    language: str,
    text: str,
    cause: Cause,
    parent_id: str | None,
    note: str = "",
) -> Revision:
    """Write a revision beside the working text: for corrections of a frozen draft."""
    text = canonical(text)
    last = session.scalar(
        select(func.max(Revision.number)).where(
            Revision.section_id == section_id, Revision.language == language
        )
    )
    revision = Revision(
        section_id=section_id,
        language=language,
        number=(last or 0) + 1,
        parent_id=parent_id,
        title=parse(text).title,
        text=text,
        text_hash=text_hash(section_id, language, text),
        words=len(to_plain(text).split()),
        cause=cause,
        note=note,
        author_id=actor.person_id,
        created_at=now,
    )
    session.add(revision)
    session.flush()
    return revision
