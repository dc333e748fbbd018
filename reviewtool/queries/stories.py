"""Stories as pages show them: whose they are, their episodes, and the activities these lead to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from reviewtool.domain.actors import Actor
from reviewtool.domain.sections import SectionKind
from reviewtool.domain.stories import episodes_of, lines_of
from reviewtool.models.sections import Revision, Section, SectionText
from reviewtool.models.stories import Episode, Story
from reviewtool.queries.sections import editing


@dataclass(frozen=True)
class EpisodeLine:
    """An episode and the activity that it is about."""

    heading: str
    activity_id: str


@dataclass(frozen=True)
class StoryLine:
    """Whose a story is, and its episodes. ``consent`` is for editors only."""

    section_id: str
    person: str
    pseudonym: bool
    role: str
    consent: str
    picture_id: str | None
    picture_alt: str
    episodes: tuple[EpisodeLine, ...]


@dataclass(frozen=True)
class Told:
    """A story that an activity is told of in: the episode's heading, and its line where it is."""

    story_id: str
    title: str
    person: str
    heading: str
    line: int | None


def stories_of(session: Session, section_ids: Iterable[str]) -> dict[str, StoryLine]:
    """Read what is known of stories, by section; 2 queries, none without ids."""
    wanted = sorted(set(section_ids))
    if not wanted:
        return {}
    episodes: dict[str, list[EpisodeLine]] = defaultdict(list)
    for row in session.scalars(
        select(Episode).where(Episode.story_id.in_(wanted)).order_by(Episode.heading)
    ):
        episodes[row.story_id].append(EpisodeLine(row.heading, row.activity_id))
    return {
        story.section_id: StoryLine(
            section_id=story.section_id,
            person=story.person,
            pseudonym=story.pseudonym,
            role=story.role,
            consent=story.consent,
            picture_id=story.picture_id,
            picture_alt=story.picture_alt,
            episodes=tuple(episodes[story.section_id]),
        )
        for story in session.scalars(select(Story).where(Story.section_id.in_(wanted)))
    }


def told_of(
    session: Session, activity_ids: Iterable[str], revisions: Mapping[str, str]
) -> dict[str, tuple[Told, ...]]:
    """List the stories that tell of activities, by activity; 2 queries, the second where any does.

    revisions: story -> the revision that is shown of it; others are left out, so that nothing of
    an unpublished story shows.
    """
    rows = session.execute(
        select(Episode.story_id, Episode.heading, Episode.activity_id, Story.person)
        .outerjoin(Story, Story.section_id == Episode.story_id)
        .where(Episode.activity_id.in_(sorted(set(activity_ids))))
        .order_by(Episode.story_id, Episode.heading)
    ).all()
    shown = {row.story_id: revisions[row.story_id] for row in rows if row.story_id in revisions}
    if not shown:
        return {}
    texts = {
        row.id: row
        for row in session.execute(
            select(Revision.id, Revision.title, Revision.text).where(
                Revision.id.in_(sorted(shown.values()))
            )
        )
    }
    found: dict[str, list[Told]] = defaultdict(list)
    for row in rows:
        if row.story_id not in shown:
            continue
        text = texts[shown[row.story_id]]
        line = lines_of(text.text, [row.heading]).get(row.heading)
        found[row.activity_id].append(
            Told(row.story_id, text.title, row.person or "", row.heading, line)
        )
    return {activity_id: tuple(told) for activity_id, told in found.items()}


@dataclass(frozen=True)
class StoryState:
    """A story of the working texts, and how far it is told."""

    section_id: str
    title: str
    story: StoryLine | None
    episodes: int

    @property
    def tied(self) -> int:
        """Count the episodes that lead to an activity."""
        return len(self.story.episodes) if self.story else 0


def story_states(
    session: Session, actor: Actor, handbook_id: str, language: str
) -> list[StoryState]:
    """List a handbook's stories by title, for its editors; 3 queries. Raises Refused."""
    editing(actor, handbook_id)
    rows = session.execute(
        select(Section.id, Revision.title, Revision.text)
        .join(
            SectionText,
            (SectionText.section_id == Section.id) & (SectionText.language == language),
        )
        .join(Revision, Revision.id == SectionText.working_revision_id)
        .where(
            Section.handbook_id == handbook_id,
            Section.kind == SectionKind.STORY,
            Section.dropped_at.is_(None),
        )
        .order_by(Revision.title, Section.id)
    ).all()
    known = stories_of(session, [row.id for row in rows])
    return [
        StoryState(row.id, row.title, known.get(row.id), len(episodes_of(row.text))) for row in rows
    ]
