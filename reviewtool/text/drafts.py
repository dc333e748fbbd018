"""What changed between two drafts, from what is known of their sections without reading a text.

Lazy by design: equal fingerprints are equal texts, so that a page of a hundred sections computes no
comparison of texts; the reader opens those that changed.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from reviewtool.text.patience import heaviest_chain


class Fate(StrEnum):
    """What became of a section; several hold at once."""

    UNCHANGED = "unchanged"
    CHANGED = "changed"
    NEW = "new"
    DROPPED = "dropped"
    RENAMED = "renamed"
    MOVED = "moved"


@dataclass(frozen=True, slots=True)
class Entry:
    """One section in a draft: its id, title, parent's id (or None), place there, and text hash."""

    id: str
    title: str
    parent: str | None
    position: int
    text_hash: str


@dataclass(frozen=True, slots=True)
class SectionChange:
    """What became of one section; ``old`` is None for a new one, ``new`` for a dropped one.

    ``changed_words`` says that the texts differ, and are worth comparing.
    """

    id: str
    fates: frozenset[Fate]
    old: Entry | None
    new: Entry | None

    @property
    def changed_words(self) -> bool:
        return Fate.CHANGED in self.fates


def compare_drafts(old: Iterable[Entry], new: Iterable[Entry]) -> list[SectionChange]:
    """Return what became of each section, in the order of the new draft.

    Dropped ones stand after the section that they followed. A section has *moved* when its parent
    changed, or its order among the siblings that stayed; of those as few as possible.
    """
    before = {entry.id: entry for entry in old}
    after = {entry.id: entry for entry in new}
    moved = _moved(before, after)
    changes = {key: _change(before.get(key), after[key], moved) for key in _in_order(after)}
    order = list(changes)
    previous: str | None = None
    for key in _in_order(before):
        if key not in after:
            at = order.index(previous) + 1 if previous is not None else 0
            order.insert(at, key)
            changes[key] = SectionChange(key, frozenset({Fate.DROPPED}), before[key], None)
        previous = key
    return [changes[key] for key in order]


def _in_order(entries: Mapping[str, Entry]) -> list[str]:
    """Return the ids of a tree in reading order; what has no known parent stands at the top."""
    children: dict[str | None, list[Entry]] = {}
    for entry in entries.values():
        parent = entry.parent if entry.parent in entries else None
        children.setdefault(parent, []).append(entry)
    out: list[str] = []
    todo = _reversed(children.get(None, ()))
    while todo:
        entry = todo.pop()
        out.append(entry.id)
        todo += _reversed(children.get(entry.id, ()))
    return out


def _reversed(entries: Sequence[Entry]) -> list[Entry]:
    return sorted(entries, key=lambda entry: (entry.position, entry.id), reverse=True)


def _moved(before: Mapping[str, Entry], after: Mapping[str, Entry]) -> set[str]:
    moved = {k for k, e in after.items() if k in before and before[k].parent != e.parent}
    siblings: dict[str | None, list[str]] = {}
    for key, entry in after.items():
        if key in before and key not in moved:
            siblings.setdefault(entry.parent, []).append(key)
    for keys in siblings.values():
        keys.sort(key=lambda key: (before[key].position, key))
        places = sorted(keys, key=lambda key: (after[key].position, key))
        pairs = [(i, places.index(key)) for i, key in enumerate(keys)]
        _, off = heaviest_chain(pairs, [1] * len(pairs))
        moved.update(keys[i] for i, _ in off)
    return moved


def _change(old: Entry | None, new: Entry, moved: set[str]) -> SectionChange:
    if old is None:
        return SectionChange(new.id, frozenset({Fate.NEW}), None, new)
    fates = set()
    if old.text_hash != new.text_hash:
        fates.add(Fate.CHANGED)
    if old.title != new.title:
        fates.add(Fate.RENAMED)
    if new.id in moved:
        fates.add(Fate.MOVED)
    return SectionChange(new.id, frozenset(fates or {Fate.UNCHANGED}), old, new)
