"""Stories in pages: who it is, and the ways between episodes and activities."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from flask import get_template_attribute
from markupsafe import Markup

from reviewtool.domain.stories import lines_of
from reviewtool.queries.pictures import PictureSize, picture_sizes
from reviewtool.queries.stories import StoryLine, Told, stories_of, told_of
from reviewtool.queries.tree import TreeLine
from reviewtool.web import current
from reviewtool.web.reading import picture_url

Address = Callable[[str, str], str]
"""(section, anchor or "") -> the address where that section is read."""


@dataclass(frozen=True)
class Storytelling:
    """What a set of texts needs to be shown with its stories; read once for all of them."""

    titles: Mapping[str, str]
    stories: Mapping[str, StoryLine]
    told: Mapping[str, tuple[Told, ...]]
    pictures: Mapping[str, PictureSize]
    address: Address

    def after(self, section_id: str, text: str) -> dict[int, str]:
        """Give what stands after the title and the episodes' headings of a story, by line.

        Plain strings of safe HTML: the engine joins them to its own, which Markup would escape.
        """
        story = self.stories.get(section_id)
        if story is None:
            return {}
        numbers = lines_of(text, [episode.heading for episode in story.episodes])
        link = get_template_attribute("stories/shown.html", "activity")
        found = {
            numbers[one.heading]: str(
                link(self.titles[one.activity_id], self.address(one.activity_id, ""))
            )
            for one in story.episodes
            if one.heading in numbers and one.activity_id in self.titles
        }
        if story.person or story.role or story.picture_id:
            found[0] = str(self.head(story))
        return found

    def head(self, story: StoryLine) -> Markup:
        """Give whose a story is: name, role, picture."""
        size = self.pictures.get(story.picture_id or "")
        url = picture_url(story.picture_id or "", small=True, ending=size.ending) if size else ""
        head: Markup = get_template_attribute("stories/shown.html", "head")(story, url, size)
        return head

    def links(self, activity_id: str) -> list[tuple[Told, str]]:
        """List the stories that tell of an activity, each with the address of its episode."""
        return [
            (one, self.address(one.story_id, f"p{one.line}" if one.line else ""))
            for one in self.told.get(activity_id, ())
        ]


def storytelling(
    lines: Iterable[TreeLine], address: Address, only: Iterable[str] | None = None
) -> Storytelling:
    """Read the stories among sections that are shown; at most 5 queries.

    only: the sections of this page; the others are where links may lead.
    """
    standing = list(lines)
    shown = {line.section_id for line in standing} if only is None else set(only)
    reader = current.reader()
    stories = stories_of(reader, shown)
    return Storytelling(
        titles={line.section_id: line.title for line in standing},
        stories=stories,
        told=told_of(reader, shown, {line.section_id: line.revision_id for line in standing}),
        pictures=picture_sizes(
            reader, (story.picture_id for story in stories.values() if story.picture_id)
        ),
        address=address,
    )
