"""Use cases of the tree: adding, renaming, moving, dropping and restoring sections."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from reviewtool.domain.actors import Actor
from reviewtool.domain.policy import Action
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.domain.sections import Cause, SectionKind
from reviewtool.domain.trace import Act
from reviewtool.infra.installation import Installation
from reviewtool.models.handbooks import Handbook
from reviewtool.models.sections import Revision, Section, SectionText
from reviewtool.queries.facts import found, handbook_facts
from reviewtool.services._policy import require
from reviewtool.services._requests import earlier, remember
from reviewtool.services._revisions import add_revision
from reviewtool.services._structure import Tree, load_tree, new_section
from reviewtool.services._trace import trace
from reviewtool.text.document import compose, parse

LONGEST_TITLE = 300


class Direction(StrEnum):
    """Which way a section is moved: among its siblings, beneath the one before it, or out."""

    UP = "up"
    DOWN = "down"
    IN = "in"
    OUT = "out"


def add_section(
    installation: Installation,
    actor: Actor,
    handbook_id: str,
    kind: SectionKind,
    title: str,
    parent_id: str | None = None,
    request_id: str | None = None,
) -> str:
    """Add a section with a title and no words yet, as the last under its parent; gives its id."""
    title = _checked(title)
    now = installation.clock.now()
    words = [kind.value, title, parent_id or ""]
    with installation.database.write() as session:
        require(actor, Action.EDIT, handbook_facts(session, handbook_id))
        before = earlier(session, actor, request_id, words) if request_id else None
        if before is not None:
            return before.object_id
        tree = load_tree(session, handbook_id)
        if parent_id is not None and parent_id not in tree.sections:
            raise Refused(Reason.NOT_FOUND)
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
    installation: Installation, actor: Actor, section_id: str, language: str, title: str
) -> str:
    """Give a section another title, as a new revision of its text; gives the revision's id.

    Raises Refused (edit conflict) when somebody saved the text at the same moment.
    """
    title = _checked(title)
    now = installation.clock.now()
    with installation.database.read() as session:
        section = found(session.get(Section, section_id))
        require(actor, Action.EDIT, handbook_facts(session, section.handbook_id))
        head, working = _head(session, section_id, language)
        document = parse(working.text)
    text = compose(title, document.points, document.body, document.sources)
    if text == working.text:
        return working.id
    with installation.database.write() as session:
        require(actor, Action.EDIT, handbook_facts(session, section.handbook_id))
        revision = add_revision(
            session,
            actor,
            now,
            section_id=section_id,
            language=language,
            text=text,
            cause=Cause.EDIT,
            expected_version=head.version,
        )
        trace(
            session,
            actor,
            now,
            section.handbook_id,
            Act.REVISION_MADE,
            revision.id,
            {"section": section_id, "hash": revision.text_hash, "cause": Cause.EDIT.value},
        )
        return revision.id


def move_section(
    installation: Installation, actor: Actor, section_id: str, direction: Direction
) -> bool:
    """Move a section one step; False where it can't go that way (at the top, at the end)."""
    now = installation.clock.now()
    with installation.database.write() as session:
        handbook_id, tree = _for_change(session, actor, section_id)
        target = _step(tree, section_id, direction)
        if target is None:
            return False
        tree.place(section_id, *target)
        _trace_move(session, actor, now, handbook_id, section_id, tree)
        return True


def place_section(
    installation: Installation, actor: Actor, section_id: str, parent_id: str | None
) -> None:
    """Put a section under another parent, as its last; its own sections come along.

    Raises Refused (not possible) for a parent that stands beneath the section itself.
    """
    now = installation.clock.now()
    with installation.database.write() as session:
        handbook_id, tree = _for_change(session, actor, section_id)
        if parent_id == tree.parent_of(section_id):
            return
        if parent_id is not None and parent_id not in tree.sections:
            raise Refused(Reason.NOT_FOUND)
        if parent_id == section_id or parent_id in tree.beneath(section_id):
            raise Refused(Reason.NOT_POSSIBLE_NOW)
        tree.place(section_id, parent_id, len(tree.children.get(parent_id, [])))
        _trace_move(session, actor, now, handbook_id, section_id, tree)


def drop_section(installation: Installation, actor: Actor, section_id: str) -> tuple[str, ...]:
    """Take a section, with those beneath it, out of the handbook; gives the ids of all of them.

    Nothing is deleted: revisions, contributions and answers stay, and it can be restored.
    """
    now = installation.clock.now()
    with installation.database.write() as session:
        handbook_id, tree = _for_change(session, actor, section_id)
        going = (section_id, *tree.beneath(section_id))
        for one in going:
            tree.sections[one].dropped_at = now
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


def restore_section(installation: Installation, actor: Actor, section_id: str) -> tuple[str, ...]:
    """Bring a dropped section back with those that went with it; gives the ids of all of them."""
    now = installation.clock.now()
    with installation.database.write() as session:
        section = found(session.get(Section, section_id))
        require(actor, Action.EDIT, handbook_facts(session, section.handbook_id))
        if section.dropped_at is None:
            raise Refused(Reason.ALREADY_DONE)
        together = session.scalars(
            select(Section).where(
                Section.handbook_id == section.handbook_id,
                Section.dropped_at == section.dropped_at,
            )
        ).all()
        beneath = {section_id}
        while more := {one.id for one in together if one.parent_id in beneath} - beneath:
            beneath |= more
        for one in together:
            if one.id in beneath:
                one.dropped_at = None
        trace(
            session,
            actor,
            now,
            section.handbook_id,
            Act.SECTION_RESTORED,
            section_id,
            {"sections": len(beneath)},
        )
        return tuple(sorted(beneath))


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


def _for_change(session: Session, actor: Actor, section_id: str) -> tuple[str, Tree]:
    section = found(session.get(Section, section_id))
    require(actor, Action.EDIT, handbook_facts(session, section.handbook_id))
    tree = load_tree(session, section.handbook_id)
    if section_id not in tree.sections:
        raise Refused(Reason.NOT_POSSIBLE_NOW)
    return section.handbook_id, tree


def _step(tree: Tree, section_id: str, direction: Direction) -> tuple[str | None, int] | None:
    parent = tree.parent_of(section_id)
    siblings = tree.siblings(section_id)
    index = siblings.index(section_id)
    match direction:
        case Direction.UP:
            return (parent, index - 1) if index > 0 else None
        case Direction.DOWN:
            return (parent, index + 1) if index < len(siblings) - 1 else None
        case Direction.IN:
            if index == 0:
                return None
            before = siblings[index - 1]
            return before, len(tree.children.get(before, []))
        case Direction.OUT:
            if parent is None:
                return None
            above = tree.siblings(parent)
            return tree.parent_of(parent), above.index(parent) + 1


def _trace_move(
    session: Session, actor: Actor, now: datetime, handbook_id: str, section_id: str, tree: Tree
) -> None:
    section = tree.sections[section_id]
    trace(
        session,
        actor,
        now,
        handbook_id,
        Act.SECTION_MOVED,
        section_id,
        {"parent": section.parent_id, "position": section.position},
    )
