"""The texts that people in a workshop speak of, for reading."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from reviewtool.domain.actors import Actor
from reviewtool.domain.policy import Action, may
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.models.drafts import Draft, DraftItem
from reviewtool.models.sections import Revision, Section, SectionText
from reviewtool.queries.facts import found
from reviewtool.queries.workshops import WorkshopHead


@dataclass(frozen=True)
class TextToRead:
    """A text as people in a workshop read it."""

    title: str
    text: str
    language: str
    draft: str
    """The label of the draft that it stands in; empty where there is none yet."""


def text_to_read(session: Session, actor: Actor, head: WorkshopHead, section_id: str) -> TextToRead:
    """Read a text of the newest draft, and before there is one as it stands now; 2 queries.

    Raises Refused (not allowed, not found).
    """
    if not may(actor, Action.READ_WORKSHOP, head.facts):
        raise Refused(Reason.NOT_ALLOWED)
    handbook_id, language = head.handbook_id, head.handbook_language
    drafted = session.execute(
        select(Revision.title, Revision.text, Draft)
        .join(DraftItem, DraftItem.revision_id == Revision.id)
        .join(Draft, Draft.id == DraftItem.draft_id)
        .where(
            Draft.handbook_id == handbook_id,
            DraftItem.section_id == section_id,
            DraftItem.language == language,
        )
        .order_by(Draft.frozen_at.desc(), Draft.number.desc(), Draft.correction.desc())
        .limit(1)
    ).one_or_none()
    if drafted is not None:
        return TextToRead(drafted.title, drafted.text, language, drafted.Draft.label)
    working = session.execute(
        select(Revision.title, Revision.text)
        .join(SectionText, SectionText.working_revision_id == Revision.id)
        .join(Section, Section.id == SectionText.section_id)
        .where(
            Section.id == section_id,
            Section.handbook_id == handbook_id,
            Section.dropped_at.is_(None),
            SectionText.language == language,
        )
    ).one_or_none()
    title, text = found(working)
    return TextToRead(title, text, language, "")
