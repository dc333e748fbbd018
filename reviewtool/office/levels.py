"""Which heading levels of a file are its title, its areas and chapters, and its activities."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from reviewtool.office.lines import plain
from reviewtool.office.names import Named, named
from reviewtool.office.stream import Block, Frame, Heading, Item, Paragraph
from reviewtool.office.tidying import INNER

_MOST_POINTS = 12


@dataclass(frozen=True)
class Levels:
    """`title`: index of the block that is the handbook's title, -1 for none; `top` and
    `activity`: depths of the headings of areas and chapters, and of activities (0: none has any).

    A heading is of a level when its depth is at most the level's, and over the one above.
    """

    title: int
    top: int
    activity: int


@dataclass(frozen=True)
class _Mark:
    index: int
    depth: int
    name: Named
    points: bool
    sources: bool


def find_levels(blocks: Sequence[Block]) -> Levels:
    """Deduce the levels from where key points, sources, stories and named areas stand."""
    marks = _marks(blocks)
    if not marks:
        return Levels(-1, 1, 0)
    named_areas = Counter(mark.depth for mark in marks if mark.name is Named.AREA)
    activity = _activity_depth(marks)
    if named_areas:
        top = named_areas.most_common(1)[0][0]
        below = [mark.depth for mark in marks if mark.depth > top]
        activity = activity if activity > top else min(below, default=0)
    elif activity:
        top = _depth_above(marks, activity)
    else:
        top = _top_without_activities(marks)
    if not top:
        # Activities that stand in no area.
        return Levels(_title(marks, activity), activity, activity)
    return Levels(_title(marks, top), top, activity)


def looks_like_activity(blocks: Sequence[Block], index: int) -> bool:
    """Whether the heading at `index` is followed by key points and then by text."""
    after = _after_points(blocks, index)
    if after is None:
        return False
    if isinstance(after, Heading):
        return after.depth > _depth(blocks[index])
    return isinstance(after, Paragraph | Frame)


def has_own_sources(blocks: Sequence[Block], index: int) -> bool:
    """Whether a deeper heading of sources stands below the heading at `index`, and no other's."""
    depth = _depth(blocks[index])
    for block in blocks[index + 1 :]:
        if isinstance(block, Heading):
            if named(plain(block.line)) is Named.SOURCES:
                return block.depth > depth
            if block.depth <= depth or block.depth < INNER:
                return False
    return False


def _depth(block: Block) -> int:
    return block.depth if isinstance(block, Heading) else 0


def _marks(blocks: Sequence[Block]) -> list[_Mark]:
    marks = []
    for index, block in enumerate(blocks):
        if not isinstance(block, Heading) or block.depth == INNER:
            continue
        name = named(plain(block.line))
        if name in (Named.SOURCES, Named.POINTS):
            continue
        points = name is not Named.STORY and looks_like_activity(blocks, index)
        marks.append(_Mark(index, block.depth, name, points, has_own_sources(blocks, index)))
    return marks


def _after_points(blocks: Sequence[Block], index: int) -> Block | None:
    """The block after the key points that follow a heading; None where there are none."""
    count = 0
    for block in blocks[index + 1 :]:
        if isinstance(block, Item):
            count += 1
        elif count:
            return block if count <= _MOST_POINTS else None
        elif not isinstance(block, Frame) and not _is_label(block):
            return None
    return None


def _is_label(block: Block) -> bool:
    return isinstance(block, Heading) and named(plain(block.line)) is Named.POINTS


def _activity_depth(marks: Sequence[_Mark]) -> int:
    with_points = Counter(mark.depth for mark in marks if mark.points)
    if with_points:
        most = max(with_points.values())
        return min(depth for depth, count in with_points.items() if count == most)
    with_sources = Counter(mark.depth for mark in marks if mark.sources)
    for depth, _ in with_sources.most_common():
        parents = {index for index in _parents(marks, depth) if index >= 0}
        if parents - {_sole_first(marks)}:
            return depth
    stories = Counter(mark.depth for mark in marks if mark.name is Named.STORY)
    others = {mark.depth for mark in marks if mark.name is Named.NOTHING}
    beside = (depth for depth, _ in stories.most_common() if depth in others)
    return next((depth for depth in beside if any(mark.depth < depth for mark in marks)), 0)


def _parents(marks: Sequence[_Mark], depth: int) -> list[int]:
    """For each heading of a depth the index of the nearest one above it, -1 for none."""
    found = []
    for number, mark in enumerate(marks):
        if mark.depth == depth:
            above = (other.index for other in reversed(marks[:number]) if other.depth < depth)
            found.append(next(above, -1))
    return found


def _depth_above(marks: Sequence[_Mark], activity: int) -> int:
    """The most usual depth of the headings right above activities; 0 when none stands above."""
    depths = {mark.index: mark.depth for mark in marks}
    above = Counter(
        depths[index] for index in _parents(marks, activity) if index >= 0 and depths[index] > 0
    )
    return above.most_common(1)[0][0] if above else 0


def _sole_first(marks: Sequence[_Mark]) -> int:
    """The index of the first heading when no other stands as high; else -1."""
    first = marks[0]
    others = marks[1:]
    if others and all(mark.depth > first.depth for mark in others):
        return first.index
    return -1


def _top_without_activities(marks: Sequence[_Mark]) -> int:
    below_title = marks[1:] if _sole_first(marks) >= 0 else marks
    depths = [mark.depth for mark in below_title if mark.depth > 0]
    return min(depths, default=1)


def _title(marks: Sequence[_Mark], top: int) -> int:
    first = marks[0]
    return first.index if first.depth < top else -1
