"""Use cases of working texts: saving without overwriting anybody, and undoing (rules 1, 10)."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from reviewtool.domain.actors import Actor
from reviewtool.domain.policy import Action
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.domain.sections import Cause
from reviewtool.infra.installation import Installation
from reviewtool.models.contributions import Contribution
from reviewtool.models.sections import Revision, SectionText
from reviewtool.queries.facts import found, section_facts
from reviewtool.queries.sections import undone
from reviewtool.services._policy import require
from reviewtool.services._requests import earlier, remember
from reviewtool.services._revisions import add_revision
from reviewtool.services._working import Saved, save_working, trace_revision
from reviewtool.text.canonical import TextError, canonical
from reviewtool.text.document import parse

__all__ = ["Saved", "save_text", "undo_revision"]

SAVING = (Cause.EDIT, Cause.MERGE, Cause.UNDO)


def save_text(
    installation: Installation,
    actor: Actor,
    section_id: str,
    language: str,
    *,
    base_revision_id: str,
    text: str,
    note: str = "",
    cause: Cause = Cause.EDIT,
    contributions: Sequence[str] = (),
    request_id: str | None = None,
) -> Saved:
    """Save a text as a new revision, and clear the editor's buffer.

    base_revision_id: the working revision that the editor began from. contributions: the
    handbook's contributions that caused the change. Raises Refused (edit
    conflict) when a colleague saved meanwhile: nothing is overwritten, the caller keeps the text
    in the buffer and lets the two be joined; (empty) without a title; (text invalid, too long).
    """
    text = _checked(text)
    assert cause in SAVING
    now = installation.clock.now()
    words = [section_id, language, base_revision_id, text, note]
    with installation.database.write() as session:
        facts = section_facts(session, section_id)
        require(actor, Action.EDIT, facts)
        before = earlier(session, actor, request_id, words)
        if before is not None and before.same_words:
            return Saved(before.object_id, False)
        saved = save_working(
            session,
            actor,
            now,
            facts.handbook_id or "",
            section_id,
            language,
            base_revision_id,
            text,
            cause=cause,
            note=note,
            contributions=_causes(session, facts.handbook_id, contributions),
        )
        if saved.changed:
            remember(session, actor, request_id, words, saved.revision_id, now)
        return saved


def undo_revision(
    installation: Installation, actor: Actor, revision_id: str, *, note: str = ""
) -> Saved:
    """Take back what one revision changed, as a new revision; later changes stay (rule 1).

    Raises Refused (merge conflict) where later changes touched the same words: then the editor
    is shown both (`undone`), and saves the result with the cause *undo*.
    """
    now = installation.clock.now()
    with installation.database.read() as session:
        revision = found(session.get(Revision, revision_id))
        facts = section_facts(session, revision.section_id)
        require(actor, Action.EDIT, facts)
        head = _head(session, revision.section_id, revision.language)
        result = undone(session, actor, facts.handbook_id or "", revision_id)
    if not result.clean:
        raise Refused(Reason.MERGE_CONFLICT)
    with installation.database.write() as session:
        require(actor, Action.EDIT, facts)
        working = found(session.get(Revision, head.working_revision_id))
        if working.text == result.text:
            return Saved(working.id, False)
        made = add_revision(
            session,
            actor,
            now,
            section_id=revision.section_id,
            language=revision.language,
            text=_checked(result.text),
            cause=Cause.UNDO,
            expected_version=head.version,
            note=note,
        )
        trace_revision(session, actor, now, facts.handbook_id or "", made)
        return Saved(made.id, True)


def _causes(session: Session, handbook_id: str | None, ids: Sequence[str]) -> Sequence[str]:
    """Give the causes of an edit back. Raises Refused (not found) for another handbook's."""
    known = session.scalars(
        select(Contribution.id).where(
            Contribution.id.in_(ids), Contribution.handbook_id == handbook_id
        )
    )
    if ids and set(known) != set(ids):
        raise Refused(Reason.NOT_FOUND)
    return ids


def _checked(text: str) -> str:
    try:
        text = canonical(text)
    except TextError as error:
        raise Refused(Reason.TOO_LONG) from error
    if not parse(text).title.strip():
        raise Refused(Reason.EMPTY)
    return text


def _head(session: Session, section_id: str, language: str) -> SectionText:
    return found(
        session.scalar(
            select(SectionText).where(
                SectionText.section_id == section_id, SectionText.language == language
            )
        )
    )
