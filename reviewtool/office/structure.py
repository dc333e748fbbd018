"""From the blocks of a file to the outline of a handbook."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from reviewtool.office.building import Builder
from reviewtool.office.captions import captioned
from reviewtool.office.errors import Place
from reviewtool.office.levels import (
    Levels,
    find_levels,
    has_own_sources,
    looks_like_activity,
)
from reviewtool.office.lines import is_bold, plain, plain_words
from reviewtool.office.names import Named, named
from reviewtool.office.outline import Leftover, Outline, SectionKind
from reviewtool.office.stream import (
    Block,
    Frame,
    Heading,
    LeftoverReason,
    Paragraph,
    Picture,
    Stream,
    Unplaced,
)
from reviewtool.office.tidying import INNER, tidied


def outline_of(stream: Stream) -> Outline:
    """Find title, chapters, areas, activities and stories; what fits nowhere is left over.

    Raises TextError when a section's text is too long.
    """
    shown, leftovers = _without_unplaced(stream.blocks)
    blocks = tidied(captioned(_joined_titles(shown)))
    walk = _Walk(blocks, find_levels(blocks))
    walk.run()
    title = walk.title
    if stream.title and not title:
        title = plain_words(stream.title)
    elif stream.title:
        place = Place()
        walk.before.append(Leftover(place, stream.title, LeftoverReason.FRONT_MATTER))
    sections = tuple(builder.finish() for builder in walk.builders)
    pictures = {
        key: content
        for key, content in stream.pictures.items()
        if any(f"\n::figure {key}\n" in section.text for section in sections)
    }
    return Outline(title, sections, (*walk.before, *leftovers), pictures)


def _without_unplaced(blocks: Iterable[Block]) -> tuple[list[Block], list[Leftover]]:
    shown: list[Block] = []
    leftovers: list[Leftover] = []
    heading = ""
    for block in blocks:
        if isinstance(block, Unplaced):
            place = replace(block.place, heading=heading)
            leftovers.append(Leftover(place, block.text.strip(), block.reason))
            continue
        if isinstance(block, Heading):
            heading = plain(block.line) or heading
        shown.append(block)
    return shown, leftovers


def _joined_titles(blocks: Sequence[Block]) -> list[Block]:
    """A title that was set on several lines, each a paragraph in the title's style, is one."""
    out: list[Block] = []
    for block in blocks:
        last = out[-1] if out else None
        if (
            isinstance(block, Heading)
            and isinstance(last, Heading)
            and block.depth == last.depth == 0
        ):
            out[-1] = replace(last, line=(*last.line, (" ", last.line[-1][1]), *block.line))
        elif not isinstance(block, Heading) or plain(block.line):
            out.append(block)
    return out


def _words(block: Block) -> str:
    if isinstance(block, Picture):
        return block.alt
    return "" if isinstance(block, Frame | Unplaced) else plain(block.line)


class _Walk:
    """Goes through the blocks once and hands each to the section that it belongs to."""

    def __init__(self, blocks: Sequence[Block], levels: Levels) -> None:
        self._blocks = blocks
        self._levels = levels
        self.title = ""
        self.before: list[Leftover] = []
        self.builders: list[Builder] = []
        self._top = -1
        self._current = -1
        self._children_are_stories = False

    def run(self) -> None:
        for index, block in enumerate(self._blocks):
            if index == self._levels.title and isinstance(block, Heading):
                self.title = plain(block.line)
            elif isinstance(block, Heading):
                self._heading(index, block)
            elif self._is_bold_title(index, block):
                self.title = _words(block)
            elif self._current < 0:
                self._leave_over(block)
            else:
                self.builders[self._current].add(block)

    def _is_bold_title(self, index: int, block: Block) -> bool:
        """A bold line that opens a file whose headings name no title."""
        first = index == 0 and self._levels.title < 0
        return first and isinstance(block, Paragraph) and is_bold(block.line)

    def _leave_over(self, block: Block) -> None:
        if isinstance(block, Frame):
            for inner in block.blocks:
                self._leave_over(inner)
        elif not isinstance(block, Unplaced):
            reason = LeftoverReason.BEFORE_FIRST_SECTION
            if isinstance(block, Picture):
                reason = LeftoverReason.IMAGE
            self.before.append(Leftover(block.place, _words(block), reason))

    def _heading(self, index: int, heading: Heading) -> None:
        words = plain(heading.line)
        name = named(words)
        if heading.depth <= self._levels.top:
            self._open_top(index, heading, words, name)
        elif name is Named.STORY or self._is_story_of_chapter(heading):
            self._open("story", heading, words, self._parent())
        elif name is Named.SOURCES and self._current >= 0:
            self._sources(heading, words)
        elif name is Named.POINTS and self._current >= 0 and self._points(words):
            return
        elif self._current < 0:
            self._leave_over(heading)
        elif self._in_area() and heading.depth <= self._levels.activity:
            self._open("activity", heading, words, self._top)
        else:
            self._inner(heading)

    def _points(self, words: str) -> bool:
        return self.builders[self._current].begin_points(words)

    def _open_top(self, index: int, heading: Heading, words: str, name: Named) -> None:
        kind = self._top_kind(index, name)
        self._open(kind, heading, words, None)
        self._top = self._current if kind != "story" else -1
        self._children_are_stories = name is Named.STORIES

    def _open(self, kind: SectionKind, heading: Heading, words: str, parent: int | None) -> None:
        self.builders.append(Builder(kind, words, heading.depth, parent, heading.place))
        self._current = len(self.builders) - 1

    def _parent(self) -> int | None:
        return self._top if self._top >= 0 else None

    def _in_area(self) -> bool:
        return self._top >= 0 and self.builders[self._top].kind == "area"

    def _is_story_of_chapter(self, heading: Heading) -> bool:
        """Under a chapter called "Personal stories" each heading one below it is a story."""
        if not self._children_are_stories or self._top < 0:
            return False
        first = self._current == self._top or heading.depth <= self.builders[self._current].depth
        return first and named(plain(heading.line)) is Named.NOTHING

    def _top_kind(self, index: int, name: Named) -> SectionKind:
        if name is Named.STORY:
            return "story"
        if name in (Named.CHAPTER, Named.STORIES, Named.SOURCES):
            return "chapter"
        if name is Named.AREA or self._has_activities(index):
            return "area"
        if self._levels.activity == self._levels.top and looks_like_activity(self._blocks, index):
            return "activity"
        return "chapter"

    def _has_activities(self, index: int) -> bool:
        """Whether key points stand below a heading under this one, or sources below two.

        Headings beside a personal story are activities too: stories stand in areas.
        """
        with_sources = stories = others = 0
        for at in range(index + 1, len(self._blocks)):
            block = self._blocks[at]
            if not isinstance(block, Heading):
                continue
            if block.depth <= self._levels.top:
                break
            name = named(plain(block.line))
            stories += name is Named.STORY
            if block.depth > self._levels.activity or name is not Named.NOTHING:
                continue
            others += 1
            if looks_like_activity(self._blocks, at):
                return True
            with_sources += has_own_sources(self._blocks, at)
        return with_sources > 1 or (stories > 0 and others > 0)

    def _sources(self, heading: Heading, words: str) -> None:
        """Sources of the open section; of its area where the section has its own already."""
        current = self.builders[self._current]
        at_activities = 0 < heading.depth <= self._levels.activity
        if current.sources_heading and at_activities and self._top >= 0:
            self._current = self._top
        self.builders[self._current].begin_sources(words, heading.depth)

    def _inner(self, heading: Heading) -> None:
        """An inner heading; one that stands as high as a story's own ends the story."""
        current = self.builders[self._current]
        ends = current.kind == "story" and heading.depth <= current.depth and heading.depth < INNER
        if ends and self._top >= 0:
            self._current = self._top
        self.builders[self._current].add(heading)
