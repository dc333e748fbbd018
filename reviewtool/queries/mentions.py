"""What refers to a section by its name: other texts, stories, questions, requests of phases."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from reviewtool.domain.actors import Actor
from reviewtool.domain.mentions import Mention, mentioned, mentions
from reviewtool.domain.phases import PhaseState
from reviewtool.models.handbooks import Localized
from reviewtool.models.phases import Phase, Question
from reviewtool.models.sections import Revision, Section, SectionText
from reviewtool.models.stories import Episode
from reviewtool.queries.sections import editing
from reviewtool.text.html import to_plain


class Place(StrEnum):
    """Where a name is mentioned."""

    TEXT = "text"
    QUESTION = "question"
    REQUEST = "request"
    EPISODE = "episode"


@dataclass(frozen=True)
class MentionedIn:
    """One place that mentions a name: what it is, its id and title, and its passages."""

    place: Place
    id: str
    title: str
    phase_title: Localized | None
    found: tuple[Mention, ...]


def mentions_of(
    session: Session, actor: Actor, handbook_id: str, language: str, title: str, own: str
) -> list[MentionedIn]:
    """List what mentions a title, in reading order, without the section itself; 4 queries.

    Episodes of stories that are about the section count whatever they are called. Questions and
    requests of phases that are closed stay as they were asked, and don't count.
    """
    editing(actor, handbook_id)
    rows = session.execute(
        select(Section.id, Revision.title, Revision.text)
        .join(SectionText, SectionText.section_id == Section.id)
        .join(Revision, Revision.id == SectionText.working_revision_id)
        .where(
            Section.handbook_id == handbook_id,
            Section.dropped_at.is_(None),
            Section.id != own,
            SectionText.language == language,
        )
        .order_by(Section.position, Section.id)
    )
    texts = [
        MentionedIn(Place.TEXT, row.id, row.title, None, tuple(found))
        for row in rows
        if (found := mentions(title, to_plain(row.text)))
    ]
    return [*texts, *_episodes(session, language, own), *_in_phases(session, handbook_id, title)]


def _episodes(session: Session, language: str, own: str) -> list[MentionedIn]:
    rows = session.execute(
        select(Episode.story_id, Episode.heading, Revision.title)
        .join(
            SectionText,
            (SectionText.section_id == Episode.story_id) & (SectionText.language == language),
        )
        .join(Revision, Revision.id == SectionText.working_revision_id)
        .join(Section, Section.id == Episode.story_id)
        .where(Episode.activity_id == own, Section.dropped_at.is_(None))
        .order_by(Revision.title, Episode.heading)
    )
    return [
        MentionedIn(Place.EPISODE, row.story_id, row.title, None, (Mention("", row.heading, ""),))
        for row in rows
    ]


def _in_phases(session: Session, handbook_id: str, title: str) -> list[MentionedIn]:
    open_still = (Phase.handbook_id == handbook_id, Phase.state != PhaseState.CLOSED)
    questions = session.execute(
        select(Question.phase_id, Question.words, Question.options, Phase.title)
        .join(Phase, Phase.id == Question.phase_id)
        .where(*open_still)
        .order_by(Phase.position, Question.position)
    )
    found: list[MentionedIn] = []
    for row in questions:
        said = [*row.words.values(), *(word for one in row.options for word in one.values())]
        if mentioned(title, said):
            found.append(_in_phase(Place.QUESTION, row.phase_id, row.title, title, said))
    requests = session.execute(
        select(Phase.id, Phase.title, Phase.request).where(*open_still).order_by(Phase.position)
    )
    for phase in requests:
        said = [*phase.request.values(), *phase.title.values()]
        if mentioned(title, said):
            found.append(_in_phase(Place.REQUEST, phase.id, phase.title, title, said))
    return found


def _in_phase(
    place: Place, phase_id: str, phase_title: Localized, title: str, said: list[str]
) -> MentionedIn:
    where = tuple(one for words in said for one in mentions(title, words))
    return MentionedIn(place, phase_id, "", phase_title, where)
