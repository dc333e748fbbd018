"""Use cases of moving sections in the tree: by a step, to another parent, or by dragging."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy.orm import Session

from reviewtool.domain.actors import Actor
from reviewtool.domain.proposals import StructureAct
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.domain.trace import Act
from reviewtool.infra.installation import Installation
from reviewtool.services._requests import is_repeat, remember
from reviewtool.services._structure import Tree, for_change
from reviewtool.services._structure_changes import (
    Change,
    Decision,
    record_change,
    settle_proposal,
)
from reviewtool.services._trace import trace


class Direction(StrEnum):
    """Which way a section is moved: among its siblings, beneath the one before it, or out."""

    UP = "up"
    DOWN = "down"
    IN = "in"
    OUT = "out"


class Where(StrEnum):
    """Where a section is put, seen from another one."""

    BEFORE = "before"
    AFTER = "after"
    UNDER = "under"


def move_section(
    installation: Installation,
    actor: Actor,
    section_id: str,
    direction: Direction,
    request_id: str | None = None,
) -> bool:
    """Move a section one step; False where it can't go that way (at the top, at the end)."""
    now = installation.clock.now()
    words = ["move", section_id, direction.value]
    with installation.database.write() as session:
        _handbook_id, tree = for_change(session, actor, section_id)
        if is_repeat(session, actor, request_id, words):
            return True
        target = _step(tree, section_id, direction)
        if target is None:
            return False
        _put(session, actor, now, tree, section_id, *target)
        remember(session, actor, request_id, words, section_id, now)
        return True


def place_section(
    installation: Installation,
    actor: Actor,
    section_id: str,
    parent_id: str | None,
    request_id: str | None = None,
    decision: Decision | None = None,
) -> None:
    """Put a section under another parent, as its last; its own sections come along.

    Raises Refused (not possible) for a parent that stands beneath the section itself.
    """
    now = installation.clock.now()
    words = ["place", section_id, parent_id or "", *(decision.words if decision else ())]
    with installation.database.write() as session:
        handbook_id, tree = for_change(session, actor, section_id)
        if is_repeat(session, actor, request_id, words):
            return
        if parent_id == tree.parent_of(section_id):
            change = Change(StructureAct.MOVE, section_id, parent_id=parent_id)
            settle_proposal(session, actor, now, handbook_id, change, decision)
            return
        _check_parent(tree, section_id, parent_id)
        last = len(tree.children.get(parent_id, []))
        remember(session, actor, request_id, words, section_id, now)
        _put(session, actor, now, tree, section_id, parent_id, last, decision)


def put_section(
    installation: Installation,
    actor: Actor,
    section_id: str,
    target_id: str,
    where: Where,
    request_id: str | None = None,
) -> bool:
    """Put a section before, after or under another one, as it is dragged; False: it stands there.

    Raises Refused (not possible) for a target that is the section itself or stands beneath it.
    """
    now = installation.clock.now()
    words = ["put", section_id, target_id, where.value]
    with installation.database.write() as session:
        _handbook_id, tree = for_change(session, actor, section_id)
        if is_repeat(session, actor, request_id, words):
            return True
        if target_id not in tree.sections:
            raise Refused(Reason.NOT_FOUND)
        parent_id = target_id if where is Where.UNDER else tree.parent_of(target_id)
        _check_parent(tree, section_id, parent_id)
        siblings = [one for one in tree.children.get(parent_id, []) if one != section_id]
        if where is not Where.UNDER and target_id not in siblings:
            raise Refused(Reason.NOT_POSSIBLE_NOW)
        index = len(siblings)
        if where is not Where.UNDER:
            index = siblings.index(target_id) + (where is Where.AFTER)
        if [*siblings[:index], section_id, *siblings[index:]] == tree.children.get(parent_id):
            return False
        remember(session, actor, request_id, words, section_id, now)
        _put(session, actor, now, tree, section_id, parent_id, index)
        return True


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


def _check_parent(tree: Tree, section_id: str, parent_id: str | None) -> None:
    if parent_id is not None and parent_id not in tree.sections:
        raise Refused(Reason.NOT_FOUND)
    if parent_id == section_id or parent_id in tree.beneath(section_id):
        raise Refused(Reason.NOT_POSSIBLE_NOW)


def _put(
    session: Session,
    actor: Actor,
    now: datetime,
    tree: Tree,
    section_id: str,
    parent_id: str | None,
    index: int,
    decision: Decision | None = None,
) -> None:
    """Move a section; another parent is a change to be written down, another order is not."""
    section = tree.sections[section_id]
    before = tree.parent_of(section_id)
    tree.place(section_id, parent_id, index)
    if parent_id != before:
        change = Change(StructureAct.MOVE, section_id, old_parent_id=before, parent_id=parent_id)
        record_change(session, actor, now, section.handbook_id, change, decision)
    facts = {"parent": section.parent_id, "position": section.position}
    trace(session, actor, now, section.handbook_id, Act.SECTION_MOVED, section_id, facts)
