"""Steps on stories: what a new one begins with."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from reviewtool.domain.sections import SectionKind
from reviewtool.domain.stories import episodes_of, person_of, proposals
from reviewtool.models.sections import Revision, Section, SectionText
from reviewtool.models.stories import Episode, Story


def begin_stories(
    session: Session, handbook_id: str, language: str, section_ids: Sequence[str]
) -> None:
    """Let new stories begin with the person of their title, and the episodes that bear the very
    title of an activity; what only seems to be so, an editor confirms.
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
        session.add(Story(section_id=row.id, person=person_of(row.title)))
        found = proposals(episodes_of(row.text), activities)
        session.add_all(
            Episode(story_id=row.id, heading=heading, activity_id=one.activity_id)
            for heading, one in found.items()
            if one.sure
        )
    session.flush()
