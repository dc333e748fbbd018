"""Where the words of a section stand after it was split or merged (rule 4)."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from reviewtool.domain.sections import LineageKind
from reviewtool.text.anchors import Placement, Status, passage_at, place_many
from reviewtool.text.replacing import end_of, propose

_RANK = {Status.EXACT: 3, Status.MOVED: 2, Status.REWORDED: 1, Status.REMOVED: 0}


@dataclass(frozen=True)
class Descent:
    """One section came from another."""

    from_id: str
    to_id: str
    kind: LineageKind


@dataclass(frozen=True)
class Words:
    """What a contribution is about: a range of its text, and the words that it suggests there."""

    start: int
    end: int
    replacement: str | None = None


def heirs(section_id: str, lineage: Iterable[Descent], standing: Collection[str]) -> list[str]:
    """List the sections that may hold a section's words, the nearest first.

    A section is its own first heir, also when it was dropped: what was said on it stays there
    until it is moved. One that was merged into another is not, as long as it doesn't stand again.
    """
    after: dict[str, list[Descent]] = {}
    for one in lineage:
        after.setdefault(one.from_id, []).append(one)
    found: list[str] = []
    seen = {section_id}
    waiting = [section_id]
    while waiting:
        here = waiting.pop(0)
        onward = after.get(here, [])
        merged = here not in standing and any(one.kind is LineageKind.MERGED for one in onward)
        if not merged:
            found.append(here)
        for one in onward:
            if (one.kind is LineageKind.SPLIT or merged) and one.to_id not in seen:
                seen.add(one.to_id)
                waiting.append(one.to_id)
    return found


def origins(section_id: str, lineage: Iterable[Descent]) -> set[str]:
    """List a section and all those that it came from."""
    before: dict[str, list[str]] = {}
    for one in lineage:
        before.setdefault(one.to_id, []).append(one.from_id)
    found: set[str] = set()
    waiting = [section_id]
    while waiting:
        here = waiting.pop()
        if here not in found:
            found.add(here)
            waiting += before.get(here, [])
    return found


def heirs_for(text: str, about: Sequence[Words], texts: Sequence[tuple[str, str]]) -> list[str]:
    """Choose the heir of each of the passages of a text; the first where nothing tells.

    texts: (section, its newest text), the nearest heir first. A passage is placed straight from
    its own text on each; it belongs where it stands most surely.
    """
    if len(texts) == 1:
        return [texts[0][0]] * len(about)
    passages = [passage_at(text, one.start, one.end) for one in about]
    best: list[tuple[tuple[int, float], str]] = [((0, 0.0), texts[0][0])] * len(about)
    for section_id, newer in texts:
        for number, placed in enumerate(place_many(text, newer, passages)):
            surety = _surety(text, about[number], placed, newer)
            if surety > best[number][0]:
                best[number] = (surety, section_id)
    return [section_id for _, section_id in best]


def _surety(text: str, about: Words, placed: Placement, newer: str) -> tuple[int, float]:
    """Rank a place; suggested words that stand there already count as a reworded passage."""
    if placed.status is Status.REMOVED and about.replacement:
        suggested = propose(text, about.start, about.end, about.replacement)
        end = end_of(text, about.end, suggested)
        passage = passage_at(suggested, min(about.start, end), end)
        taken = place_many(suggested, newer, [passage])[0]
        if taken.status is not Status.REMOVED:
            return (_RANK[Status.REWORDED], taken.confidence)
    return (_RANK[placed.status], placed.confidence)
