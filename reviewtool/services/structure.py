"""Use cases of the tree: adding, renaming, dropping and restoring sections."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from reviewtool.domain.actors import Actor
from reviewtool.domain.people import search_key
from reviewtool.domain.policy import Action
from reviewtool.domain.proposals import LONGEST_TITLE, StructureAct
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.domain.sections import Cause, SectionKind
from reviewtool.domain.trace import Act
from reviewtool.infra.installation import Installation
from reviewtool.models.handbooks import Handbook
from reviewtool.models.sections import Revision, Section, SectionText
from reviewtool.queries.facts import found, handbook_facts
from reviewtool.services._heirs import Planned, lead, plan_heirs
from reviewtool.services._policy import require
from reviewtool.services._requests import earlier, is_repeat, remember
from reviewtool.services._revisions import add_revision
from reviewtool.services._structure import for_change, load_tree, new_section
from reviewtool.services._structure_changes import (
    Change,
    Decision,
    record_change,
    settle_proposal,
    trace_texts,
)
from reviewtool.services._trace import trace
from reviewtool.text.document import compose, parse


def add_section(
    installation: Installation,
    actor: Actor,
    handbook_id: str,
    kind: SectionKind,
    title: str,
    parent_id: str | None = None,
    request_id: str | None = None,
    decision: Decision | None = None,
) -> str:
    """Add a section with a title and no words yet, as the last under its parent; gives its id."""
    title = _checked(title)
    now = installation.clock.now()
    words = [kind.value, title, parent_id or "", *(decision.words if decision else ())]
    with installation.database.write() as session:
        require(actor, Action.EDIT, handbook_facts(session, handbook_id))
        before = earlier(session, actor, request_id, words) if request_id else None
        if before is not None and before.same_words:
            return before.object_id
        tree = load_tree(session, handbook_id)
        if parent_id is not None and parent_id not in tree.sections:
            raise Refused(Reason.NOT_FOUND)
        if decision is not None and decision.proposal_id:
            _check_new(session, handbook_id, parent_id, title)
        section = new_section(
            session, tree, now, handbook_id=handbook_id, kind=kind, parent_id=parent_id
        )
        add_revision(
            session,
            actor,
            now,
            section_id=section.id,
            language=_language(session, handbook_id),
            text=compose(title, (), "", ()),
            cause=Cause.EDIT,
            expected_version=None,
        )
        if request_id:
            remember(session, actor, request_id, words, section.id, now)
        change = Change(StructureAct.ADD, section.id, title=title, parent_id=parent_id)
        record_change(session, actor, now, handbook_id, change, decision)
        trace(
            session,
            actor,
            now,
            handbook_id,
            Act.SECTION_ADDED,
            section.id,
            {"kind": kind.value, "parent": parent_id},
        )
        return section.id


def rename_section(
    installation: Installation,
    actor: Actor,
    section_id: str,
    language: str,
    title: str,
    request_id: str | None = None,
    decision: Decision | None = None,
) -> str:
    """Give a section another title, as a new revision of its text; gives the revision's id.

    Raises Refused (edit conflict) when somebody saved the text at the same moment.
    """
    title = _checked(title)
    now = installation.clock.now()
    words = ["rename", section_id, language, title, *(decision.words if decision else ())]
    with installation.database.read() as session:
        section = found(session.get(Section, section_id))
        require(actor, Action.EDIT, handbook_facts(session, section.handbook_id))
        head, working = _head(session, section_id, language)
        document = parse(working.text)
    text = compose(title, document.points, document.body, document.sources)
    change = Change(StructureAct.RENAME, section_id, old_title=document.title, title=title)
    with installation.database.write() as session:
        require(actor, Action.EDIT, handbook_facts(session, section.handbook_id))
        before = earlier(session, actor, request_id, words) if request_id else None
        if before is not None and before.same_words:
            return before.object_id
        if text == working.text:
            settle_proposal(session, actor, now, section.handbook_id, change, decision)
            return working.id
        revision = add_revision(
            session,
            actor,
            now,
            section_id=section_id,
            language=language,
            text=text,
            cause=Cause.EDIT,
            expected_version=head.version,
            note=decision.reason.strip() if decision else "",
        )
        if request_id:
            remember(session, actor, request_id, words, revision.id, now)
        record_change(session, actor, now, section.handbook_id, change, decision)
        trace_texts(session, actor, now, section.handbook_id, [revision])
        trace(session, actor, now, section.handbook_id, Act.SECTION_RENAMED, section_id)
        return revision.id


def drop_section(
    installation: Installation,
    actor: Actor,
    section_id: str,
    request_id: str | None = None,
    decision: Decision | None = None,
) -> tuple[str, ...]:
    """Take a section, with those beneath it, out of the handbook; gives the ids of all of them
    (of none where the form that asks for it has done so already).

    Nothing is deleted: revisions, contributions and answers stay, and it can be restored.
    """
    now = installation.clock.now()
    words = ["drop", section_id, *(decision.words if decision else ())]
    with installation.database.write() as session:
        if is_repeat(session, actor, request_id, words):
            return ()
        handbook_id, tree = for_change(session, actor, section_id)
        going = (section_id, *tree.beneath(section_id))
        for one in going:
            tree.sections[one].dropped_at = now
        remember(session, actor, request_id, words, section_id, now)
        change = Change(StructureAct.DROP, section_id, took_part=going)
        record_change(session, actor, now, handbook_id, change, decision)
        trace(
            session,
            actor,
            now,
            handbook_id,
            Act.SECTION_DROPPED,
            section_id,
            {"sections": len(going)},
        )
        return going


def restore_section(
    installation: Installation, actor: Actor, section_id: str, request_id: str | None = None
) -> tuple[str, ...]:
    """Bring a dropped section back with those that went with it; gives the ids of all of them.

    What was said on one that had been merged into another is dealt with in it again.
    """
    now = installation.clock.now()
    words = ["restore", section_id]
    with installation.database.read() as session:
        section = found(session.get(Section, section_id))
        require(actor, Action.EDIT, handbook_facts(session, section.handbook_id))
        coming = frozenset(_went_together(session, section))
        leads = plan_heirs(session, section.handbook_id, Planned(coming=coming))
    with installation.database.write() as session:
        section = found(session.get(Section, section_id))
        require(actor, Action.EDIT, handbook_facts(session, section.handbook_id))
        if is_repeat(session, actor, request_id, words):
            return ()
        if section.dropped_at is None:
            raise Refused(Reason.ALREADY_DONE)
        back = _went_together(session, section)
        for one in back.values():
            one.dropped_at = None
        lead(session, leads)
        remember(session, actor, request_id, words, section_id, now)
        change = Change(StructureAct.RESTORE, section_id, took_part=back)
        record_change(session, actor, now, section.handbook_id, change, None)
        facts = {"sections": len(back)}
        trace(session, actor, now, section.handbook_id, Act.SECTION_RESTORED, section_id, facts)
        return tuple(sorted(back))


def _went_together(session: Session, section: Section) -> dict[str, Section]:
    """Read a dropped section with those beneath it that were dropped at the same moment."""
    together = session.scalars(
        select(Section).where(
            Section.handbook_id == section.handbook_id,
            Section.dropped_at == section.dropped_at,
        )
    ).all()
    beneath = {section.id}
    while more := {one.id for one in together if one.parent_id in beneath} - beneath:
        beneath |= more
    return {one.id: one for one in together if one.id in beneath}


def _check_new(session: Session, handbook_id: str, parent_id: str | None, title: str) -> None:
    """Refuse to make two texts of one name beside each other from two like proposals."""
    titles = session.scalars(
        select(Revision.title)
        .join(SectionText, SectionText.working_revision_id == Revision.id)
        .join(Section, Section.id == SectionText.section_id)
        .where(
            Section.handbook_id == handbook_id,
            Section.parent_id == parent_id,
            Section.dropped_at.is_(None),
        )
    )
    if search_key(title) in {search_key(one) for one in titles}:
        raise Refused(Reason.SAME_TITLE)


def _checked(title: str) -> str:
    title = " ".join(title.split())
    if not title:
        raise Refused(Reason.EMPTY)
    if len(title) > LONGEST_TITLE:
        raise Refused(Reason.TOO_LONG)
    return title


def _language(session: Session, handbook_id: str) -> str:
    return found(session.scalar(select(Handbook.language).where(Handbook.id == handbook_id)))


def _head(session: Session, section_id: str, language: str) -> tuple[SectionText, Revision]:
    row = found(
        session.execute(
            select(SectionText, Revision)
            .join(Revision, Revision.id == SectionText.working_revision_id)
            .where(SectionText.section_id == section_id, SectionText.language == language)
        ).one_or_none()
    )
    return row.SectionText, row.Revision
