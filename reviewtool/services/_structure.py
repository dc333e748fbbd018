"""Steps on the tree of sections: places among siblings, and what stands beneath a section."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from reviewtool.domain.actors import Actor
from reviewtool.domain.policy import Action
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.domain.sections import SectionKind
from reviewtool.infra.ids import new_id
from reviewtool.models.handbooks import Handbook
from reviewtool.models.sections import Section
from reviewtool.queries.facts import found, handbook_facts
from reviewtool.services._policy import require


@dataclass
class Tree:
    """The standing sections of a handbook while a use case changes them."""

    sections: dict[str, Section]
    children: dict[str | None, list[str]] = field(default_factory=dict)

    def parent_of(self, section_id: str) -> str | None:
        """Give the standing parent; None at the top, or where the parent was dropped."""
        parent = self.sections[section_id].parent_id
        return parent if parent in self.sections else None

    def siblings(self, section_id: str) -> list[str]:
        """List the sections under the same parent, in order, itself included."""
        return self.children[self.parent_of(section_id)]

    def beneath(self, section_id: str) -> list[str]:
        """List everything under a section, in reading order."""
        return [
            below
            for child in self.children.get(section_id, [])
            for below in (child, *self.beneath(child))
        ]

    def place(self, section_id: str, parent_id: str | None, index: int) -> None:
        """Put a section under a parent at an index among its siblings."""
        old = self.children.get(self.parent_of(section_id), [])
        if section_id in old:
            old.remove(section_id)
        new = self.children.setdefault(parent_id, [])
        new.insert(index, section_id)
        self.sections[section_id].parent_id = parent_id
        for ordered in (old, new):
            for position, one in enumerate(ordered):
                self.sections[one].position = position


def load_tree(session: Session, handbook_id: str) -> Tree:
    """Load the standing sections for a change, one change of the tree at a time."""
    session.execute(select(Handbook.id).where(Handbook.id == handbook_id).with_for_update())
    rows = session.scalars(
        select(Section)
        .where(Section.handbook_id == handbook_id, Section.dropped_at.is_(None))
        .order_by(Section.position, Section.id)
        # What was read before the lock may be older than what another change has committed.
        .execution_options(populate_existing=True)
    ).all()
    tree = Tree({row.id: row for row in rows})
    for row in rows:
        tree.children.setdefault(tree.parent_of(row.id), []).append(row.id)
    return tree


def new_section(
    session: Session,
    tree: Tree,
    now: datetime,
    *,
    handbook_id: str,
    kind: SectionKind,
    parent_id: str | None,
    after: str | None = None,
    before: str | None = None,
    section_id: str | None = None,
) -> Section:
    """Add a section without text under a parent: after a sibling, before one, or as the last.

    section_id: given where it has to be known before.
    """
    siblings: Sequence[str] = tree.children.get(parent_id, [])
    index = len(siblings)
    if after in siblings:
        index = siblings.index(after) + 1
    elif before in siblings:
        index = siblings.index(before)
    section = Section(
        id=section_id or new_id(),
        handbook_id=handbook_id,
        parent_id=parent_id,
        kind=kind,
        position=index,
        created_at=now,
    )
    session.add(section)
    session.flush()
    tree.sections[section.id] = section
    tree.place(section.id, parent_id, index)
    return section


def for_change(session: Session, actor: Actor, section_id: str) -> tuple[str, Tree]:
    """Load (handbook, tree) to change a standing section, for whoever may. Raises Refused."""
    section = found(session.get(Section, section_id))
    require(actor, Action.EDIT, handbook_facts(session, section.handbook_id))
    tree = load_tree(session, section.handbook_id)
    if section_id not in tree.sections:
        raise Refused(Reason.NOT_POSSIBLE_NOW)
    return section.handbook_id, tree
