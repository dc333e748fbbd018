"""The use case of saying whose a story is, and which activity each episode is about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from reviewtool.domain.actors import Actor
from reviewtool.domain.policy import Action
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.domain.sections import SectionKind
from reviewtool.domain.stories import LONGEST_ALT, LONGEST_CONSENT, LONGEST_NAME, LONGEST_ROLE
from reviewtool.domain.trace import Act
from reviewtool.infra.installation import Installation
from reviewtool.models.files import File
from reviewtool.models.pictures import Picture
from reviewtool.models.sections import Section
from reviewtool.models.stories import Episode, Story
from reviewtool.queries.facts import found, section_facts
from reviewtool.services._pictures import remove_unused
from reviewtool.services._policy import require
from reviewtool.services._requests import earlier, remember
from reviewtool.services._trace import trace


@dataclass(frozen=True)
class StoryWords:
    """What is said of a story; episodes: heading -> activity."""

    person: str = ""
    pseudonym: bool = True
    role: str = ""
    consent: str = ""
    picture_id: str | None = None
    picture_alt: str = ""
    episodes: Mapping[str, str] = field(default_factory=dict)


def describe_story(
    installation: Installation,
    actor: Actor,
    section_id: str,
    words: StoryWords,
    request_id: str | None = None,
) -> None:
    """Say whose a story is, and tie its episodes; saying the same again changes nothing.

    A person's own name, and a picture, ask for a note of the consent. A picture that nothing
    shows any more is removed with its bytes. Raises Refused: (empty) with the field that lacks
    words, (too long), (not found) for what isn't the handbook's, (not possible) for no story.
    """
    _check(words)
    now = installation.clock.now()
    said = [section_id, repr(words)]
    with installation.database.write() as session:
        facts = section_facts(session, section_id)
        require(actor, Action.EDIT, facts)
        before = earlier(session, actor, request_id, said)
        if before is not None and before.same_words:
            return
        section = found(session.get(Section, section_id))
        if section.kind is not SectionKind.STORY:
            raise Refused(Reason.NOT_POSSIBLE_NOW)
        _own(session, section.handbook_id, words)
        changed = _describe(session, section_id, words)
        changed |= _tie(session, section_id, words.episodes)
        remember(session, actor, request_id, said, section_id, now)
        if changed:
            trace(
                session,
                actor,
                now,
                section.handbook_id,
                Act.STORY_DESCRIBED,
                section_id,
                {"fields": " ".join(sorted(changed)), "episodes": len(words.episodes)},
            )


def _check(words: StoryWords) -> None:
    lengths = (
        ("person", words.person, LONGEST_NAME),
        ("role", words.role, LONGEST_ROLE),
        ("consent", words.consent, LONGEST_CONSENT),
        ("picture_alt", words.picture_alt, LONGEST_ALT),
    )
    for name, value, limit in lengths:
        if len(value) > limit:
            raise Refused(Reason.TOO_LONG, details={"field": name})
    if words.picture_id and not words.picture_alt:
        raise Refused(Reason.EMPTY, details={"field": "picture_alt"})
    if not words.consent and (words.picture_id or (words.person and not words.pseudonym)):
        raise Refused(Reason.EMPTY, details={"field": "consent"})


def _own(session: Session, handbook_id: str, words: StoryWords) -> None:
    """Ask that picture and activities are the handbook's own."""
    if words.picture_id:
        found(
            session.scalar(
                select(Picture.file_id)
                .join(File, File.id == Picture.file_id)
                .where(Picture.file_id == words.picture_id, File.handbook_id == handbook_id)
            )
        )
    wanted = set(words.episodes.values())
    known = set(
        session.scalars(
            select(Section.id).where(
                Section.id.in_(sorted(wanted)),
                Section.handbook_id == handbook_id,
                Section.kind == SectionKind.ACTIVITY,
            )
        )
    )
    if wanted != known:
        raise Refused(Reason.NOT_FOUND)


def _describe(session: Session, section_id: str, words: StoryWords) -> set[str]:
    story = session.get(Story, section_id, with_for_update=True)
    if story is None:
        story = Story(section_id=section_id, person="", role="", consent="", picture_alt="")
        session.add(story)
    old_picture = story.picture_id
    changed = set()
    for name in ("person", "pseudonym", "role", "consent", "picture_id", "picture_alt"):
        if getattr(story, name) != getattr(words, name):
            setattr(story, name, getattr(words, name))
            changed.add(name)
    session.flush()
    if old_picture and old_picture != story.picture_id:
        remove_unused(session, old_picture)
    return changed


def _tie(session: Session, section_id: str, episodes: Mapping[str, str]) -> set[str]:
    rows = session.scalars(select(Episode).where(Episode.story_id == section_id)).all()
    if {row.heading: row.activity_id for row in rows} == dict(episodes):
        return set()
    session.execute(delete(Episode).where(Episode.story_id == section_id))
    session.add_all(
        Episode(story_id=section_id, heading=heading, activity_id=activity_id)
        for heading, activity_id in episodes.items()
    )
    session.flush()
    return {"episodes"}
