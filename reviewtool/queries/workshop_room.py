"""What is said in a workshop, as its room, its conveners and the projector show it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from reviewtool.domain.actors import Actor
from reviewtool.domain.contributions import ContributionKind, ContributionState
from reviewtool.domain.proposals import ProposalAct
from reviewtool.domain.sections import SectionKind
from reviewtool.models.contributions import Contribution
from reviewtool.models.proposals import Proposal
from reviewtool.models.trace import TraceHead
from reviewtool.models.workshops import WorkshopEntry, WorkshopGroup, WorkshopSignUp, WorkshopTheme
from reviewtool.queries.asked_for import asked_for
from reviewtool.queries.contributions import ContributionLine, read_line, select_lines
from reviewtool.queries.tree import TreeLine, working_tree

SAID = (ContributionKind.PROPOSAL, ContributionKind.FEATURE)
"""What is said in a room; anything else of the phase stands in the ledger only."""


def room_version(session: Session, handbook_id: str) -> int:
    """Give a number that grows with everything that is done in a handbook; 1 query by its key.

    Whatever changes a room is traced, so the length of the trace tells whether anything did: that
    is all that is asked every two seconds for each person in it.
    """
    length = session.scalar(select(TraceHead.length).where(TraceHead.handbook_id == handbook_id))
    return length or 0


@dataclass(frozen=True)
class GroupLine:
    """A group, with how many sit in it and how much it has said."""

    id: str
    name: str
    people: int
    said: int


@dataclass(frozen=True)
class ThemeLine:
    """A theme."""

    id: str
    title: str


@dataclass(frozen=True)
class RoomEntry:
    """What somebody said: a proposal, as a sentence and with its act, or a feature of a text."""

    line: ContributionLine
    act: ProposalAct | None
    sentence: str
    section: str
    """The title of the text that a feature is about; empty for the whole."""
    section_kind: SectionKind | None
    proposed_title: str
    parent_id: str | None
    group_id: str | None
    group: str
    theme_id: str | None
    theme: str

    @property
    def is_proposal(self) -> bool:
        """Tell whether it is about the structure, also where it is in free words only."""
        return self.line.kind is ContributionKind.PROPOSAL


@dataclass(frozen=True)
class Room:
    """All that has been said, the newest first, with its groups and themes."""

    groups: tuple[GroupLine, ...]
    themes: tuple[ThemeLine, ...]
    entries: tuple[RoomEntry, ...]
    tree: tuple[TreeLine, ...]

    @property
    def proposals(self) -> int:
        """Count the proposals about the structure."""
        return sum(one.is_proposal for one in self.entries)

    @property
    def features(self) -> int:
        """Count the features of texts."""
        return len(self.entries) - self.proposals

    def of_theme(self, theme_id: str | None) -> list[RoomEntry]:
        """List what stands under a theme, or (None) under none, the most supported first."""
        own = [one for one in self.entries if one.theme_id == theme_id]
        return sorted(own, key=lambda one: -one.line.supports)

    @property
    def group_names(self) -> dict[str, str]:
        """Name the groups by id."""
        return {one.id: one.name for one in self.groups}


def groups_of(session: Session, phase_id: str) -> tuple[GroupLine, ...]:
    """List a workshop's groups in their order; 1 query."""
    people = (
        select(func.count())
        .select_from(WorkshopSignUp)
        .where(WorkshopSignUp.group_id == WorkshopGroup.id)
        .scalar_subquery()
    )
    said = (
        select(func.count())
        .select_from(WorkshopEntry)
        .join(Contribution, Contribution.id == WorkshopEntry.contribution_id)
        .where(
            WorkshopEntry.group_id == WorkshopGroup.id,
            Contribution.state == ContributionState.RECEIVED,
        )
        .scalar_subquery()
    )
    rows = session.execute(
        select(WorkshopGroup.id, WorkshopGroup.name, people.label("people"), said.label("said"))
        .where(WorkshopGroup.phase_id == phase_id)
        .order_by(WorkshopGroup.position, WorkshopGroup.id)
    )
    return tuple(GroupLine(row.id, row.name, row.people, row.said) for row in rows)


def themes_of(session: Session, phase_id: str) -> tuple[ThemeLine, ...]:
    """List a workshop's themes in their order; 1 query."""
    rows = session.execute(
        select(WorkshopTheme.id, WorkshopTheme.title)
        .where(WorkshopTheme.phase_id == phase_id)
        .order_by(WorkshopTheme.position, WorkshopTheme.id)
    )
    return tuple(ThemeLine(row.id, row.title) for row in rows)


def room(session: Session, actor: Actor, handbook_id: str, phase_id: str, language: str) -> Room:
    """Read what has been said in a workshop, as far as the actor sees it; 8 queries at the most.

    language: the handbook's, in which its texts are named.
    """
    groups, themes = groups_of(session, phase_id), themes_of(session, phase_id)
    tree = tuple(working_tree(session, handbook_id, language))
    rows = session.execute(
        select_lines(actor)
        .add_columns(Proposal, WorkshopEntry.group_id, WorkshopEntry.theme_id)
        .outerjoin(Proposal, Proposal.contribution_id == Contribution.id)
        .outerjoin(WorkshopEntry, WorkshopEntry.contribution_id == Contribution.id)
        .where(
            Contribution.phase_id == phase_id,
            Contribution.kind.in_(SAID),
            Contribution.state == ContributionState.RECEIVED,
        )
        .order_by(Contribution.number.desc())
    ).all()
    lines = [(read_line(row, actor), row.Proposal, row.group_id, row.theme_id) for row in rows]
    sentences = asked_for(session, [line.id for line, proposal, *_ in lines if proposal])
    names = {one.id: one.name for one in groups}
    titles = {one.id: one.title for one in themes}
    texts = {one.section_id: one for one in tree}
    entries = tuple(
        RoomEntry(
            line=line,
            act=proposal.act if proposal else None,
            sentence=sentences.get(line.id, ""),
            section=texts[line.section_id].title if line.section_id in texts else "",
            section_kind=proposal.section_kind if proposal else None,
            proposed_title=proposal.title if proposal else "",
            parent_id=proposal.parent_id if proposal else None,
            group_id=group_id,
            group=names.get(group_id or "", ""),
            theme_id=theme_id,
            theme=titles.get(theme_id or "", ""),
        )
        for line, proposal, group_id, theme_id in lines
    )
    return Room(groups, themes, entries, tree)


@dataclass(frozen=True)
class TreeNode:
    """A text of the structure with the proposals that concern it, for the projector."""

    title: str
    kind: SectionKind
    depth: int
    new: bool
    proposals: tuple[RoomEntry, ...]
    features: int


def growing_tree(said: Room) -> list[TreeNode]:
    """Give the structure in reading order, with what is proposed about each text, and new ones."""
    nodes: list[TreeNode] = []
    added = [one for one in reversed(said.entries) if one.act is ProposalAct.ADD]
    by_section: dict[str | None, list[RoomEntry]] = {}
    for one in reversed(said.entries):
        if one.act is not ProposalAct.ADD:
            by_section.setdefault(one.line.section_id, []).append(one)
    for at, line in enumerate(said.tree):
        own = by_section.get(line.section_id, [])
        nodes.append(
            TreeNode(
                line.title,
                line.kind,
                line.depth,
                False,
                tuple(one for one in own if one.is_proposal),
                sum(not one.is_proposal for one in own),
            )
        )
        for parent, depth in _closing(said.tree, at):
            nodes += _new(added, parent, depth + 1)
    return nodes + _new(added, None, 0)


def _closing(tree: Sequence[TreeLine], at: int) -> list[tuple[str, int]]:
    """List the texts whose last descendant is the one at a place, the deepest first."""
    following = tree[at + 1].depth if at + 1 < len(tree) else 0
    closed: list[tuple[str, int]] = []
    depth = tree[at].depth + 1
    for line in reversed(tree[: at + 1]):
        if line.depth < following:
            break
        if line.depth < depth:
            closed.append((line.section_id, line.depth))
            depth = line.depth
    return closed


def _new(added: Sequence[RoomEntry], parent_id: str | None, depth: int) -> list[TreeNode]:
    return [
        TreeNode(
            one.proposed_title, one.section_kind or SectionKind.ACTIVITY, depth, True, (one,), 0
        )
        for one in added
        if one.parent_id == parent_id
    ]
