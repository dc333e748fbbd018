"""Steps on stories: what a new one begins with, and what of it goes along in a split or merger."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from reviewtool.domain.sections import SectionKind
from reviewtool.domain.stories import episodes_of, person_of, proposals
from reviewtool.models.sections import Revision, Section, SectionText
from reviewtool.models.stories import Episode, Story


def begin_stories(
    session: Session, handbook_id: str, language: str, section_ids: Sequence[str]
) -> None:
    """Let new stories begin with the person of their title, and the episodes that bear the very
    title of an activity; what only seems to be so, an editor confirms. That a name was changed
    nobody has said yet.
    """
    rows = session.execute(
        select(Section.id, Section.kind, Revision.title, Revision.text)
        .join(SectionText, SectionText.section_id == Section.id)
        .join(Revision, Revision.id == SectionText.working_revision_id)
        .where(
            Section.handbook_id == handbook_id,
            Section.dropped_at.is_(None),
            SectionText.language == language,
            Section.kind.in_((SectionKind.STORY, SectionKind.ACTIVITY)),
        )
    ).all()
    activities = {row.id: row.title for row in rows if row.kind is SectionKind.ACTIVITY}
    for row in rows:
        if row.kind is not SectionKind.STORY or row.id not in section_ids:
            continue
        session.add(Story(section_id=row.id, person=person_of(row.title), pseudonym=False))
        found = proposals(episodes_of(row.text), activities)
        session.add_all(
            Episode(story_id=row.id, heading=heading, activity_id=one.activity_id)
            for heading, one in found.items()
            if one.sure
        )
    session.flush()


def part_story(session: Session, story_id: str, kept: str, new: Mapping[str, str]) -> None:
    """Let the episodes of a story that is split go with their headings; at most 3 queries a story.

    kept: the text that stays; new: section -> its text. Each is the same person's, with what they
    agreed to; the picture stays.
    """
    stays = {one.heading for one in episodes_of(kept)}
    story = session.get(Story, story_id)
    for section_id, text in new.items():
        if story is not None:
            session.add(_copied(story, section_id, with_picture=False))
        headings = {one.heading for one in episodes_of(text)} - stays
        session.execute(
            update(Episode)
            .where(Episode.story_id == story_id, Episode.heading.in_(headings))
            .values(story_id=section_id)
        )
    session.flush()


def join_stories(session: Session, merged: Sequence[str], heir_id: str) -> None:
    """Let a story have the episodes of those that were merged into it; 4 queries.

    They keep their own too, for being restored. A new heir is the first one's person's; of an
    episode that two tell under the same heading, the heir's or the first one's tie counts.
    """
    stories = {
        one.section_id: one
        for one in session.scalars(select(Story).where(Story.section_id.in_([heir_id, *merged])))
    }
    first = next((stories[one] for one in merged if one in stories), None)
    if heir_id not in stories and first is not None:
        session.add(_copied(first, heir_id, with_picture=True))
    rows = session.scalars(select(Episode).where(Episode.story_id.in_([heir_id, *merged]))).all()
    told = {row.heading for row in rows if row.story_id == heir_id}
    for one in merged:
        for row in rows:
            if row.story_id == one and row.heading not in told:
                told.add(row.heading)
                session.add(
                    Episode(story_id=heir_id, heading=row.heading, activity_id=row.activity_id)
                )
    session.flush()


def _copied(story: Story, section_id: str, *, with_picture: bool) -> Story:
    return Story(
        section_id=section_id,
        person=story.person,
        pseudonym=story.pseudonym,
        role=story.role,
        consent=story.consent,
        picture_id=story.picture_id if with_picture else None,
        picture_alt=story.picture_alt if with_picture else "",
    )
