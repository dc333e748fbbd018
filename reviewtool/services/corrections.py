"""Use case of corrections: a frozen draft is corrected only by a numbered correction (rule 1)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from reviewtool.domain.actors import Actor
from reviewtool.domain.joining import join
from reviewtool.domain.phases import PhaseState
from reviewtool.domain.policy import Action
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.domain.sections import LANGUAGES, Cause
from reviewtool.domain.trace import Act
from reviewtool.infra.installation import Installation
from reviewtool.models.drafts import Draft
from reviewtool.models.phases import Phase
from reviewtool.models.sections import Revision, Section, SectionText
from reviewtool.queries.editions import edition_of, newest_publication
from reviewtool.queries.facts import found, handbook_facts
from reviewtool.queries.tree import TreeLine, draft_tree
from reviewtool.services._drafts import (
    FrozenDraft,
    add_correction,
    draft_items,
    frozen,
    lock_drafts,
)
from reviewtool.services._lapse import tell_of_change
from reviewtool.services._policy import require
from reviewtool.services._publications import add_publication
from reviewtool.services._requests import earlier, remember
from reviewtool.services._revisions import add_revision, write_revision
from reviewtool.services._trace import trace
from reviewtool.text.canonical import TextError, canonical


@dataclass(frozen=True)
class Corrected:
    """A correction that was made, and whether the working text has it too.

    in_working_text is False where the same words had been changed there already: then an editor
    has to look at both.
    """

    draft: FrozenDraft
    in_working_text: bool
    edition: str
    """The number of the edition in which readers have it; empty where the draft isn't published."""


def correct_draft(
    installation: Installation,
    actor: Actor,
    draft_id: str,
    section_id: str,
    language: str,
    *,
    base_revision_id: str,
    text: str,
    reason: str,
    request_id: str | None = None,
) -> Corrected:
    """Correct one section of a frozen draft: draft 2 becomes 2.1, and all else stays as it was.

    The gate doesn't block it. Of the draft that the public reads, readers have the correction from
    now on, as the next correction of its edition. Phases that look at the draft and aren't closed
    look at the correction from now on; contributions keep the revision that they were made on. Who
    has decided on the text in an approval phase is told that it changed. Raises Refused: reason
    missing, edit conflict (corrected meanwhile), no change.
    """
    reason, text = reason.strip(), _canonical(text)
    if not reason:
        raise Refused(Reason.REASON_MISSING)
    now = installation.clock.now()
    words = [draft_id, section_id, language, base_revision_id, text, reason]
    with installation.database.read() as session:
        done = _done(session, actor, draft_id, request_id, words)
        if done is not None:
            return done
        base = found(session.get(Revision, base_revision_id))
        if base.text == text:
            raise Refused(Reason.NO_CHANGE)
        head = _head(session, section_id, language)
        carried = _carry(session, base, head, text)
    with installation.database.write() as session:
        draft = found(session.get(Draft, draft_id))
        lock_drafts(session, draft.handbook_id)
        done = _done(session, actor, draft_id, request_id, words)
        if done is not None:
            return done
        newest = _newest(session, draft)
        made = add_correction(session, actor, now, newest, reason)
        revision = _write(session, actor, now, base, head, text, carried, reason)
        for code in LANGUAGES:
            lines = draft_tree(session, newest.id, code)
            if code == language:
                lines = _with(lines, section_id, base.id, revision)
            session.add_all(draft_items(made.id, lines))
        _show_in_phases(session, now, draft, made, revision)
        remember(session, actor, request_id, words, made.id, now)
        edition = _publish(session, actor, now, made)
        facts = {"draft": made.label, "section": section_id, "hash": revision.text_hash}
        if edition:
            facts["edition"] = edition
        trace(session, actor, now, draft.handbook_id, Act.DRAFT_CORRECTED, made.id, facts)
        return Corrected(frozen(made), carried is not None, edition)


def _canonical(text: str) -> str:
    try:
        return canonical(text)
    except TextError as error:
        raise Refused(Reason.TOO_LONG) from error


def _done(
    session: Session, actor: Actor, draft_id: str, request_id: str | None, words: list[str]
) -> Corrected | None:
    draft = found(session.get(Draft, draft_id))
    require(actor, Action.EDIT, handbook_facts(session, draft.handbook_id))
    before = earlier(session, actor, request_id, words)
    if before is None or not before.same_words:
        return None
    made = found(session.get(Draft, before.object_id))
    return Corrected(frozen(made), True, edition_of(session, made.id))


def _head(session: Session, section_id: str, language: str) -> SectionText:
    return found(
        session.scalar(
            select(SectionText)
            .join(Section, Section.id == SectionText.section_id)
            .where(SectionText.section_id == section_id, SectionText.language == language)
        )
    )


def _carry(session: Session, base: Revision, head: SectionText, text: str) -> str | None:
    """Give the working text with the correction in it; None where the two clash."""
    working = found(session.get(Revision, head.working_revision_id))
    if working.id == base.id:
        return text
    joined = join(base.text, working.text, text)
    return joined.text if joined.clean else None


def _publish(session: Session, actor: Actor, now: datetime, made: Draft) -> str:
    """Let readers have the correction of what they read; gives its edition, "" for a draft that
    isn't published. The gate is for what is new, and nothing is; the edition's first date and why
    it was published all the same stay with its first publication.
    """
    published = newest_publication(session, made.handbook_id)
    if published is None or published.draft_number != made.number:
        return ""
    require(actor, Action.RUN_PROCESS, handbook_facts(session, made.handbook_id))
    return str(add_publication(session, actor, now, made).number)


def _newest(session: Session, draft: Draft) -> Draft:
    return session.scalars(
        select(Draft)
        .where(Draft.handbook_id == draft.handbook_id, Draft.number == draft.number)
        .order_by(Draft.correction.desc())
        .limit(1)
    ).one()


def _write(
    session: Session,
    actor: Actor,
    now: datetime,
    base: Revision,
    head: SectionText,
    text: str,
    carried: str | None,
    note: str,
) -> Revision:
    """Write the corrected revision, and bring the working text along where that is clean."""
    place = {"section_id": base.section_id, "language": base.language, "note": note}
    if head.working_revision_id == base.id:
        return add_revision(
            session,
            actor,
            now,
            text=text,
            cause=Cause.CORRECTION,
            expected_version=head.version,
            **place,
        )
    revision = write_revision(
        session, actor, now, text=text, cause=Cause.CORRECTION, parent_id=base.id, **place
    )
    working = found(session.get(Revision, head.working_revision_id))
    if carried is not None and carried != working.text:
        add_revision(
            session,
            actor,
            now,
            text=carried,
            cause=Cause.MERGE,
            expected_version=head.version,
            **place,
        )
    return revision


def _with(
    lines: list[TreeLine], section_id: str, base_id: str, revision: Revision
) -> list[TreeLine]:
    """Put the corrected revision in its place. Raises Refused if another stands there by now."""
    if not any((one.section_id, one.revision_id) == (section_id, base_id) for one in lines):
        raise Refused(Reason.EDIT_CONFLICT)
    return [
        replace(one, revision_id=revision.id, title=revision.title)
        if one.section_id == section_id
        else one
        for one in lines
    ]


def _show_in_phases(
    session: Session, now: datetime, draft: Draft, made: Draft, revision: Revision
) -> None:
    same_number = select(Draft.id).where(
        Draft.handbook_id == draft.handbook_id, Draft.number == draft.number
    )
    session.execute(
        update(Phase)
        .where(Phase.draft_id.in_(same_number), Phase.state != PhaseState.CLOSED)
        .values(draft_id=made.id)
    )
    tell_of_change(session, now, made.id, revision)
