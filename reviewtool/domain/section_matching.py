"""Which section of a file is which section of the handbook; a renaming is proposed, never guessed.

Pure: compares what was read with what stands. The order of trust: kind and title; kind, title and
parent where a title stands twice; the title of the last import; the order among the same; then,
as proposals only, likeness of the words, and the place between neighbours that are known.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, replace

from rapidfuzz import fuzz
from rapidfuzz.distance import Indel

from reviewtool.domain.people import fold

LIKE = 0.6
"""Share of words in common from which a renamed section is proposed wherever it stands."""
NEAR = 0.3
"""The same for one that stands between the same neighbours."""
FEW_WORDS = 5
"""Texts shorter than this are told apart by their titles."""


@dataclass(frozen=True)
class Piece:
    """A section as it is compared: `key` is its number in the file, or its id in the handbook."""

    key: str
    kind: str
    title: str
    parent_title: str
    words: tuple[str, ...]


@dataclass(frozen=True)
class Matches:
    """file key -> handbook key: sure ones, and renamings that somebody has to confirm."""

    sure: dict[str, str]
    proposed: dict[str, str]


def match(
    read: Sequence[Piece], standing: Sequence[Piece], imported: Mapping[str, str] | None = None
) -> Matches:
    """Match the sections of a file, in order, with those of a handbook, in order.

    imported: handbook key -> the title under which a file last brought it in. A section that was
    renamed in the handbook is known by that, without a proposal.
    """
    sure: dict[str, str] = {}
    _by(read, standing, sure, lambda one: (one.kind, fold(one.title)))
    _by(read, standing, sure, lambda one: (one.kind, fold(one.title), fold(one.parent_title)))
    earlier = [replace(one, title=(imported or {}).get(one.key, one.title)) for one in standing]
    _by(read, earlier, sure, lambda one: (one.kind, fold(one.title)))
    _in_order(read, standing, sure)
    return Matches(sure, _renamed(read, standing, sure))


def _free(pieces: Sequence[Piece], taken: set[str]) -> list[Piece]:
    return [one for one in pieces if one.key not in taken]


def _by(
    read: Sequence[Piece],
    standing: Sequence[Piece],
    sure: dict[str, str],
    key_of: Callable[[Piece], Hashable],
) -> None:
    """Match what one key names once on both sides."""
    left, free = _free(read, set(sure)), _free(standing, set(sure.values()))
    counts, places = Counter(map(key_of, left)), Counter(map(key_of, free))
    by_key = {key_of(one): one.key for one in free}
    for one in left:
        key = key_of(one)
        if counts[key] == places[key] == 1:
            sure[one.key] = by_key[key]


def _in_order(read: Sequence[Piece], standing: Sequence[Piece], sure: dict[str, str]) -> None:
    """Match what stands several times under one title and parent, first with first."""
    free: dict[Hashable, list[str]] = defaultdict(list)
    for one in _free(standing, set(sure.values())):
        free[one.kind, fold(one.title), fold(one.parent_title)].append(one.key)
    for one in _free(read, set(sure)):
        waiting = free[one.kind, fold(one.title), fold(one.parent_title)]
        if waiting:
            sure[one.key] = waiting.pop(0)


def _renamed(
    read: Sequence[Piece], standing: Sequence[Piece], sure: dict[str, str]
) -> dict[str, str]:
    neighbours = _neighbours(read, standing, sure)
    scored = sorted(
        (
            (likeness(one, other), one.key, other.key)
            for one in _free(read, set(sure))
            for other in _free(standing, set(sure.values()))
            if one.kind == other.kind
        ),
        key=lambda row: -row[0],
    )
    proposed: dict[str, str] = {}
    for score, key, other in scored:
        floor = NEAR if (key, other) in neighbours else LIKE
        if score >= floor and key not in proposed and other not in proposed.values():
            proposed[key] = other
    return proposed


def likeness(one: Piece, other: Piece) -> float:
    """Tell how much of two texts is the same words in the same order, from 0 to 1."""
    if min(len(one.words), len(other.words)) < FEW_WORDS:
        return fuzz.ratio(fold(one.title), fold(other.title)) / 100
    return Indel.normalized_similarity(one.words, other.words)


def _neighbours(
    read: Sequence[Piece], standing: Sequence[Piece], sure: dict[str, str]
) -> set[tuple[str, str]]:
    """List the unmatched pairs that stand between the same two matched sections (or the ends)."""
    keys = [one.key for one in standing]
    around: dict[tuple[str, str], str] = {
        (before, after): key
        for before, key, after in zip(["", *keys], keys, [*keys[1:], ""], strict=False)
    }
    pairs = set()
    for index, one in enumerate(read):
        before = sure.get(read[index - 1].key, "?") if index else ""
        after = sure.get(read[index + 1].key, "?") if index + 1 < len(read) else ""
        if one.key not in sure and (before, after) in around:
            pairs.add((one.key, around[before, after]))
    return pairs
