"""What stands beside a text: all of it where it is little; where it is much, one's own, and what
others have said folded by paragraph, to be opened as it is needed.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from reviewtool.infra.i18n import gettext as _
from reviewtool.queries.contributions import ContributionLine
from reviewtool.queries.placing import Spot
from reviewtool.queries.statements import PointLine
from reviewtool.text.html.pieces import Mark
from reviewtool.text.layout import layout

AT_ONCE = 40
"""How many contributions of others are shown at once; more are folded."""

A_PAGE = 20
"""How many of a fold are shown with one press."""

MOST_LABELS = 3
"""How many contributions about the same words have a number each in the text; more are counted."""

WHOLE, APART = "whole", "apart"
"""The folds of what isn't about a passage, and of what is about words that are gone."""


MINE, UNANSWERED = "mine", "unanswered"
KINDS = ("comment", "suggestion", "example")
"""What may be chosen to be shown, besides all of it."""


def fits(spot: Spot, show: str) -> bool:
    """Tell whether a spot is among those that were asked for; an unknown wish asks for all."""
    if show == MINE:
        return spot.own
    if show == UNANSWERED:
        return not spot.answered
    return show not in KINDS or spot.kind.value == show


def ways_to_show(spots: Sequence[Spot]) -> list[tuple[str, int]]:
    """List (what, how many) for every choice that would leave some out and some in."""
    found = [(what, sum(fits(spot, what) for spot in spots)) for what in (MINE, *KINDS, UNANSWERED)]
    return [(what, number) for what, number in found if 0 < number < len(spots)]


@dataclass(frozen=True)
class Fold:
    """What others have said about one paragraph; page 0 is folded, others are open."""

    key: str
    spots: tuple[Spot, ...]
    page: int = 0

    @property
    def ids(self) -> list[str]:
        """List the contributions of the page that is open."""
        if not self.page:
            return []
        return [spot.id for spot in self.spots[(self.page - 1) * A_PAGE : self.page * A_PAGE]]

    @property
    def left(self) -> int:
        """Count those after the page."""
        return max(0, len(self.spots) - self.page * A_PAGE)

    @property
    def on_passages(self) -> bool:
        """Tell whether it is about passages of the text that is shown."""
        return self.key not in (WHOLE, APART)

    @property
    def mark_id(self) -> str:
        """Give the id of its mark in the text."""
        return f"b{self.key}"


@dataclass(frozen=True)
class Beside:
    """The spots that are shown at once, in reading order, and the folds by their keys."""

    spots: tuple[Spot, ...]
    folds: dict[str, Fold] = field(default_factory=dict)
    ways: Sequence[tuple[str, int]] = ()
    """What may be chosen to be shown instead, with how many there are."""
    total: int = 0
    drafts: tuple[PointLine, ...] = ()
    """Points of its reader's own statement that haven't been submitted."""

    @property
    def ids(self) -> list[str]:
        """List the contributions whose words are shown."""
        return [*(spot.id for spot in self.spots), *(i for f in self.folds.values() for i in f.ids)]

    @property
    def all_spots(self) -> list[Spot]:
        """List every spot, shown or folded."""
        return [*self.spots, *(spot for fold in self.folds.values() for spot in fold.spots)]

    @property
    def in_margin(self) -> list[Spot | Fold | PointLine]:
        """List what stands beside the passages, in reading order."""
        shown = [spot for spot in self.spots if spot.place and not spot.is_apart]
        folds = [fold for fold in self.folds.values() if fold.on_passages]
        drafts = [point for point in self.drafts if point.place and not point.is_apart]
        return sorted([*shown, *folds, *drafts], key=_position)

    @property
    def drafts_below(self) -> list[PointLine]:
        """List the drafts that are about no passage of the text that is shown."""
        return [point for point in self.drafts if point.place is None or point.is_apart]

    def open(self, key: str, page: int) -> Beside:
        """Open a page of a fold; one that isn't there opens nothing."""
        fold = self.folds.get(key)
        if fold is None or not 0 < page <= -(-len(fold.spots) // A_PAGE):
            return self
        return replace(self, folds={**self.folds, key: replace(fold, page=page)})

    def open_at(self, contribution_id: str) -> Beside:
        """Open the page of a fold on which a contribution stands."""
        for key, fold in self.folds.items():
            ids = [spot.id for spot in fold.spots]
            if contribution_id in ids:
                return self.open(key, ids.index(contribution_id) // A_PAGE + 1)
        return self


def arrange(spots: Sequence[Spot], text: str) -> Beside:
    """Choose what is shown at once, and fold the rest by paragraph."""
    ordered = sorted(spots, key=_position)
    others = [spot for spot in ordered if not spot.own]
    if len(others) <= AT_ONCE:
        return Beside(tuple(ordered))
    starts = [line.start for line in layout(text)]
    folded: dict[str, list[Spot]] = {}
    for spot in others:
        folded.setdefault(_key(spot, starts), []).append(spot)
    return Beside(
        tuple(spot for spot in ordered if spot.own),
        {key: Fold(key, tuple(own)) for key, own in folded.items()},
    )


def marks_of(beside: Beside, lines: dict[str, ContributionLine]) -> list[Mark]:
    """Give the marks in the text: one for each passage that is shown, one for the passages of a
    fold that touch. Words that many speak of are followed by how many these are, once.
    """
    marks: list[Mark] = []
    shown = [one for one in beside.in_margin if isinstance(one, Spot)]
    several = Counter(_position(spot) for spot in shown)
    counted: set[tuple[int, int]] = set()
    for number, spot in enumerate(beside.in_margin, 1):
        if isinstance(spot, Fold):
            marks.extend(_folded(spot))
        elif isinstance(spot, PointLine):
            marks.append(_drafted(spot, number))
        elif spot.place is not None:
            place, own = (spot.place.start, spot.place.end), "own" if spot.own else ""
            label, spoken = str(lines[spot.id].number or number), _("Contribution")
            if several[place] > MOST_LABELS:
                label = "" if place in counted else str(several[place])
                counted.add(place)
                spoken = _("Contributions about these words:")
            elif spot.own:
                spoken = _("Your contribution")
            href = f"#c-{spot.id}" if label else ""
            marks.append(Mark(*place, spot.id, own, label, href, spoken))
    return marks


def _drafted(point: PointLine, number: int) -> Mark:
    assert point.place is not None
    start, end = point.place.start, point.place.end
    spoken = _("Point of our statement, not sent yet")
    return Mark(start, end, point.id, "draft", str(number), f"#d-{point.id}", spoken)


def _folded(fold: Fold) -> list[Mark]:
    stretches: list[tuple[int, int]] = []
    for spot in fold.spots:
        assert spot.place is not None
        start, end = spot.place.start, spot.place.end
        if stretches and start <= stretches[-1][1]:
            stretches[-1] = stretches[-1][0], max(end, stretches[-1][1])
        else:
            stretches.append((start, end))
    number = len(fold.spots)
    spoken = _("Contributions by others:")
    first = Mark(*stretches[0], fold.mark_id, "", str(number), f"#{fold.mark_id}", spoken)
    rest = [Mark(*at, f"{fold.mark_id}-{n}") for n, at in enumerate(stretches[1:], 2)]
    return [first, *rest]


def _position(one: Spot | Fold | PointLine) -> tuple[int, int]:
    spot = one.spots[0] if isinstance(one, Fold) else one
    return (spot.place.start, spot.place.end) if spot.place else (1_000_000_000, 0)


def _key(spot: Spot, starts: Sequence[int]) -> str:
    if spot.place is None:
        return WHOLE
    if spot.is_apart:
        return APART
    return str(bisect_right(starts, spot.place.start) - 1)
