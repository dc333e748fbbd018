"""Proposals about the structure: what can be proposed, what each names, and what changes."""

from dataclasses import dataclass
from enum import StrEnum

from reviewtool.domain.refusals import Reason
from reviewtool.domain.sections import SectionKind

LONGEST_TITLE = 300


class ProposalAct(StrEnum):
    """What a proposal asks for."""

    ADD = "add"
    RENAME = "rename"
    MOVE = "move"
    MERGE = "merge"
    SPLIT = "split"
    DROP = "drop"
    RELATE = "relate"


class StructureAct(StrEnum):
    """What was changed in the tree: all that can be proposed, and the ways back."""

    ADD = "add"
    RENAME = "rename"
    MOVE = "move"
    MERGE = "merge"
    SPLIT = "split"
    DROP = "drop"
    RELATE = "relate"
    UNRELATE = "unrelate"
    RESTORE = "restore"


@dataclass(frozen=True)
class Proposed:
    """What somebody proposes.

    section_id: what it is about (none for adding). others: with which it is merged or related.
    title: the new name. parent_id: where it goes, None is the top. kind: of a section to add.
    """

    act: ProposalAct
    section_id: str | None = None
    others: tuple[str, ...] = ()
    title: str = ""
    parent_id: str | None = None
    kind: SectionKind | None = None

    @property
    def all(self) -> tuple[str, ...]:
        """List all of it: what a repeated press of a form is compared by."""
        return (
            self.act.value,
            self.section_id or "",
            *self.others,
            self.title,
            self.parent_id or "",
            self.kind.value if self.kind else "",
        )


@dataclass(frozen=True)
class _Names:
    """What a proposal of an act has to name."""

    section: bool = True
    others: bool = False
    title: bool = False


_NAMES: dict[ProposalAct, _Names] = {
    ProposalAct.ADD: _Names(section=False, title=True),
    ProposalAct.RENAME: _Names(title=True),
    ProposalAct.MOVE: _Names(),
    ProposalAct.MERGE: _Names(others=True),
    ProposalAct.SPLIT: _Names(),
    ProposalAct.DROP: _Names(),
    ProposalAct.RELATE: _Names(others=True),
}


def lacking(proposed: Proposed) -> Reason | None:
    """Tell what a proposal still has to name, the first of it; None where it is whole."""
    names = _NAMES[proposed.act]
    if names.section and not proposed.section_id:
        return Reason.SECTION_MISSING
    if names.others and not set(proposed.others) - {proposed.section_id}:
        return Reason.OTHER_SECTION_MISSING
    if names.title and not proposed.title.strip():
        return Reason.TITLE_MISSING
    if len(proposed.title) > LONGEST_TITLE:
        return Reason.TOO_LONG
    return None


def only_what_counts(proposed: Proposed) -> Proposed:
    """Leave out what a proposal of its act doesn't name, and spell the rest in one way."""
    names = _NAMES[proposed.act]
    adding = proposed.act is ProposalAct.ADD
    titled = names.title or proposed.act in (ProposalAct.MERGE, ProposalAct.SPLIT)
    others = dict.fromkeys(one for one in proposed.others if one and one != proposed.section_id)
    return Proposed(
        proposed.act,
        section_id=proposed.section_id if names.section else None,
        others=tuple(others) if names.others else (),
        title=" ".join(proposed.title.split()) if titled else "",
        parent_id=proposed.parent_id if adding or proposed.act is ProposalAct.MOVE else None,
        kind=(proposed.kind or SectionKind.ACTIVITY) if adding else None,
    )
