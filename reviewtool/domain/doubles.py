"""Doubles: when two rows are probably one person, or one organisation."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import combinations

from reviewtool.domain.people import search_key

NEARLY = 0.86
"""From how alike two names are taken for a slip of the pen: about one letter in seven."""

MOST_IN_A_GROUP = 60
"""A word that more names than this have in common says nothing about them."""

_LEGAL_FORM = frozenset({"ry", "rf", "sr", "oy", "ab", "oyj"})
_WORDS = re.compile(r"[\w&]+")


class Likeness(StrEnum):
    """Why two rows are taken for doubles, the surest first."""

    SAME_ADDRESS = "same-address"
    SAME_NAME = "same-name"
    SIMILAR_NAME = "similar-name"


@dataclass(frozen=True)
class Candidate:
    """A person or an organisation as it is compared."""

    id: str
    name: str
    addresses: frozenset[str] = frozenset()
    """Folded addresses; organisations have none."""
    organisations: frozenset[str] = frozenset()
    """For whom a person speaks."""


@dataclass(frozen=True)
class Pair:
    """Two rows that may be one."""

    first_id: str
    second_id: str
    likeness: Likeness


def person_doubles(people: Sequence[Candidate]) -> list[Pair]:
    """Find persons who are probably one, the surest first.

    A shared address alone says nothing: several may read one box. With the same or a similar name
    it does; without it the name has to be the same, or similar within one organisation.
    """

    def likeness(one: Candidate, other: Candidate) -> Likeness | None:
        same = sorted_words(one.name) == sorted_words(other.name)
        near = same or alike(one.name, other.name)
        if near and one.addresses & other.addresses:
            return Likeness.SAME_ADDRESS
        if same:
            return Likeness.SAME_NAME
        if near and one.organisations & other.organisations:
            return Likeness.SIMILAR_NAME
        return None

    return _pairs(people, _person_keys, likeness)


def organisation_doubles(organisations: Sequence[Candidate]) -> list[Pair]:
    """Find organisations that are probably one: the same or nearly the same name.

    The legal form and the punctuation don't count: "Apu ry" and "Apu r.y." are one.
    """

    def likeness(one: Candidate, other: Candidate) -> Likeness | None:
        mine, theirs = bare_name(one.name), bare_name(other.name)
        if mine == theirs:
            return Likeness.SAME_NAME
        return Likeness.SIMILAR_NAME if alike(mine, theirs) else None

    return _pairs(organisations, lambda one: bare_name(one.name).split(), likeness)


def bare_name(name: str) -> str:
    """Give the words of an organisation's name without its legal form."""
    plain = search_key(name).replace("r.y.", "ry").replace("r.f.", "rf")
    words = [word for word in _WORDS.findall(plain) if word not in _LEGAL_FORM]
    return " ".join(words) or search_key(name)


def sorted_words(name: str) -> tuple[str, ...]:
    """Give the words of a name in alphabetical order: "Kallio Anna" is "Anna Kallio"."""
    return tuple(sorted(_WORDS.findall(search_key(name))))


def alike(one: str, other: str) -> bool:
    """Tell whether two names are the same but for a slip: the same words, or nearly."""
    mine, theirs = " ".join(sorted_words(one)), " ".join(sorted_words(other))
    digits = [re.findall(r"\d+", words) for words in (mine, theirs)]
    if digits[0] != digits[1]:
        return False
    matcher = SequenceMatcher(None, mine, theirs, autojunk=False)
    return matcher.real_quick_ratio() >= NEARLY and matcher.ratio() >= NEARLY


def _person_keys(one: Candidate) -> list[str]:
    return [*sorted_words(one.name), *one.addresses]


def _pairs(
    rows: Sequence[Candidate],
    keys: Callable[[Candidate], Iterable[str]],
    likeness: Callable[[Candidate, Candidate], Likeness | None],
) -> list[Pair]:
    """Compare only rows that have a word in common, so that thousands stay quick."""
    groups: dict[str, list[Candidate]] = {}
    for row in rows:
        for key in set(keys(row)):
            groups.setdefault(key, []).append(row)
    found: dict[tuple[str, str], Pair] = {}
    for group in groups.values():
        if len(group) > MOST_IN_A_GROUP:
            continue
        for one, other in combinations(group, 2):
            ids = (min(one.id, other.id), max(one.id, other.id))
            if ids in found:
                continue
            alike_by = likeness(one, other)
            if alike_by is not None:
                found[ids] = Pair(one.id, other.id, alike_by)
    order = list(Likeness)
    names = {row.id: search_key(row.name) for row in rows}
    return sorted(
        found.values(),
        key=lambda pair: (order.index(pair.likeness), names[pair.first_id], pair.first_id),
    )
