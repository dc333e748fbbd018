"""Personal stories: their episodes, and which activity an episode seems to be about."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from reviewtool.domain.people import fold
from reviewtool.text.layout import Kind, layout

LONGEST_NAME, LONGEST_ROLE, LONGEST_CONSENT, LONGEST_ALT = 120, 200, 1000, 500
LIKE = 80
"""Likeness of a heading to an activity's title from which it is proposed, of 100."""

_LABEL = re.compile(r"^\s*(?:henkilötarina|personberättelse|personal story)\s*:\s*", re.IGNORECASE)


@dataclass(frozen=True)
class EpisodeText:
    """An episode as it stands in a story's text: its heading, that line's number, its words."""

    heading: str
    line: int
    words: str


def episodes_of(text: str) -> list[EpisodeText]:
    """List the episodes of a story's canonical text: its inner headings, in order."""
    lines = [line for line in layout(text) if line.part == "body"]
    starts = [at for at, line in enumerate(lines) if line.kind in (Kind.HEADING, Kind.SUBHEADING)]
    ends = [*starts[1:], len(lines)]
    return [
        EpisodeText(
            lines[start].visible,
            lines[start].number,
            " ".join(line.visible for line in lines[start + 1 : end]),
        )
        for start, end in zip(starts, ends, strict=False)
    ]


def person_of(title: str) -> str:
    """Give the name that a story's title holds: "Henkilötarina: Kaarlo" -> "Kaarlo"."""
    named = _LABEL.sub("", title)
    return named if named != title else ""


@dataclass(frozen=True)
class Proposal:
    """An activity that an episode seems to be about; sure where the heading is its title."""

    activity_id: str
    sure: bool


def proposals(
    episodes: Sequence[EpisodeText], activities: Mapping[str, str]
) -> dict[str, Proposal]:
    """Propose an activity for each heading, by likeness of titles, or by a title in the words.

    activities: section id -> title.
    """
    folded = {section_id: fold(title) for section_id, title in activities.items()}
    found: dict[str, Proposal] = {}
    for episode in episodes:
        best = _best(episode, folded)
        if best is not None:
            found[episode.heading] = best
    return found


def _best(episode: EpisodeText, folded: Mapping[str, str]) -> Proposal | None:
    heading, words = fold(episode.heading), fold(episode.words)
    for section_id, title in folded.items():
        if heading == title:
            return Proposal(section_id, True)
    scored = [
        (fuzz.token_set_ratio(heading, title), len(title), section_id)
        for section_id, title in folded.items()
    ]
    score, _length, section_id = max(scored, default=(0.0, 0, ""))
    if score >= LIKE:
        return Proposal(section_id, False)
    named = [(len(title), key) for key, title in folded.items() if title and title in words]
    return Proposal(max(named)[1], False) if named else None


def lines_of(text: str, headings: Iterable[str]) -> dict[str, int]:
    """Give the line numbers of a story's episodes by their headings; unknown ones are left out."""
    wanted = set(headings)
    found: dict[str, int] = {}
    for episode in episodes_of(text):
        if episode.heading in wanted:
            found.setdefault(episode.heading, episode.line)
    return found
