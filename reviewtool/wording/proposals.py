"""Proposals about the structure, and the changes made to it, as sentences."""

from collections.abc import Sequence
from dataclasses import dataclass

from reviewtool.domain.proposals import ProposalAct, StructureAct
from reviewtool.infra.i18n import LazyText, lazy
from reviewtool.infra.i18n import gettext as _

ACTS: dict[ProposalAct, LazyText] = {
    ProposalAct.ADD: lazy("Add a text"),
    ProposalAct.RENAME: lazy("Give another name"),
    ProposalAct.MOVE: lazy("Move to another place"),
    ProposalAct.MERGE: lazy("Merge texts"),
    ProposalAct.SPLIT: lazy("Split a text"),
    ProposalAct.DROP: lazy("Leave a text out"),
    ProposalAct.RELATE: lazy("Relate texts"),
}


@dataclass(frozen=True)
class Named:
    """What a sentence on the structure names, by title; empty where there is none."""

    section: str = ""
    others: Sequence[str] = ()
    title: str = ""
    old_title: str = ""
    parent: str = ""
    old_parent: str = ""

    @property
    def listed(self) -> str:
        """Write the other titles one after another, in quotes."""
        return ", ".join(quoted(one) for one in self.others)


def quoted(title: str) -> str:
    """Put a title in the quotation marks of the present language."""
    return _("“%(title)s”", title=title)


def act_name(act: ProposalAct) -> str:
    """Name what can be proposed."""
    return str(ACTS[act])


def proposed(act: ProposalAct, named: Named) -> str:
    """Say what a proposal asks for, in the present language."""
    match act:
        case ProposalAct.ADD if named.parent:
            return _(
                "A new text “%(title)s” under “%(parent)s”",
                title=named.title,
                parent=named.parent,
            )
        case ProposalAct.ADD:
            return _("A new text “%(title)s” at the top", title=named.title)
        case ProposalAct.RENAME:
            return _("“%(section)s” to be called “%(title)s”", **_pair(named))
        case ProposalAct.MOVE if named.parent:
            return _(
                "“%(section)s” to be moved under “%(parent)s”",
                section=named.section,
                parent=named.parent,
            )
        case ProposalAct.MOVE:
            return _("“%(section)s” to be moved to the top", section=named.section)
        case ProposalAct.MERGE if named.title:
            return _(
                "“%(section)s” to be merged with %(others)s as “%(title)s”",
                others=named.listed,
                **_pair(named),
            )
        case ProposalAct.MERGE:
            return _(
                "“%(section)s” to be merged with %(others)s",
                section=named.section,
                others=named.listed,
            )
        case ProposalAct.SPLIT if named.title:
            return _("“%(section)s” to be split: “%(title)s” on its own", **_pair(named))
        case ProposalAct.SPLIT:
            return _("“%(section)s” to be split", section=named.section)
        case ProposalAct.DROP:
            return _("“%(section)s” to be left out", section=named.section)
        case ProposalAct.RELATE:
            return _(
                "“%(section)s” to be related with %(others)s",
                section=named.section,
                others=named.listed,
            )


def changed(act: StructureAct, named: Named) -> str:
    """Say what was changed, in the present language."""
    top = _("the top")
    match act:
        case StructureAct.ADD:
            return _("“%(title)s” was added", title=named.title or named.section)
        case StructureAct.RENAME:
            return _("“%(old)s” was named “%(new)s”", old=named.old_title, new=named.title)
        case StructureAct.MOVE:
            return _(
                "“%(section)s” was moved: from %(old)s to %(new)s",
                section=named.section,
                old=quoted(named.old_parent) if named.old_parent else top,
                new=quoted(named.parent) if named.parent else top,
            )
        case StructureAct.MERGE:
            return _(
                "%(others)s was merged into “%(section)s”",
                section=named.section,
                others=named.listed,
            )
        case StructureAct.SPLIT:
            return _(
                "“%(section)s” was split: %(others)s", section=named.section, others=named.listed
            )
        case StructureAct.DROP:
            return _("“%(section)s” was left out", section=named.section)
        case StructureAct.RESTORE:
            return _("“%(section)s” was brought back", section=named.section)
        case StructureAct.RELATE:
            return _(
                "“%(section)s” was related with %(others)s",
                section=named.section,
                others=named.listed,
            )
        case StructureAct.UNRELATE:
            return _(
                "“%(section)s” is no longer related with %(others)s",
                section=named.section,
                others=named.listed,
            )


def _pair(named: Named) -> dict[str, str]:
    return {"section": named.section, "title": named.title}
