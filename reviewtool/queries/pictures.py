"""Pictures as pages need them: sizes for the texts that show them, bytes, who may see them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from sqlalchemy import ColumnElement, or_, select, tuple_
from sqlalchemy.orm import Session

from reviewtool.domain.actors import Actor
from reviewtool.domain.figures import reference
from reviewtool.domain.policy import Action, Facts, may
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.models.drafts import Draft, DraftItem
from reviewtool.models.files import Blob, File
from reviewtool.models.phases import Phase
from reviewtool.models.pictures import Picture
from reviewtool.models.sections import Revision
from reviewtool.models.stories import Story
from reviewtool.queries.facts import found, handbook_facts
from reviewtool.queries.publication import current_draft

ENDINGS = {"image/png": "png", "image/jpeg": "jpg"}


@dataclass(frozen=True)
class PictureSize:
    """A picture's size in pixels, and the width of the small one."""

    width: int
    height: int
    small_width: int
    ending: str = ""
    """Of the picture's file: png or jpg."""


@dataclass(frozen=True)
class PictureContent:
    """A picture to be sent."""

    content: bytes
    sha256: str
    media_type: str


def picture_sizes(session: Session, file_ids: Iterable[str]) -> dict[str, PictureSize]:
    """Read the sizes of pictures by their files; 1 query, none without ids."""
    wanted = sorted(set(file_ids))
    if not wanted:
        return {}
    rows = session.execute(
        select(Picture, File.media_type)
        .join(File, File.id == Picture.file_id)
        .where(Picture.file_id.in_(wanted))
    )
    return {
        picture.file_id: PictureSize(
            picture.width, picture.height, picture.small_width, ENDINGS[media_type]
        )
        for picture, media_type in rows
    }


def picture_bytes(session: Session, file_ids: Iterable[str]) -> dict[str, bytes]:
    """Read the pictures of texts that are shown, by their files; 1 query, none without ids."""
    wanted = sorted(set(file_ids))
    if not wanted:
        return {}
    rows = session.execute(
        select(Picture.file_id, Blob.content)
        .join(File, File.id == Picture.file_id)
        .join(Blob, Blob.sha256 == File.sha256)
        .where(Picture.file_id.in_(wanted))
    )
    return {row.file_id: row.content for row in rows}


def picture_facts(session: Session, actor: Actor, file_id: str) -> Facts:
    """Load what the policy asks of a picture; at most 6 queries. Raises Refused (not found).

    It is public where it stands in the published draft or one before it, as the reasons show
    them; a link sees those of its phase's draft and the ones before it.
    """
    handbook_id = found(
        session.scalar(
            select(File.handbook_id)
            .join(Picture, Picture.file_id == File.id)
            .where(File.id == file_id)
        )
    )
    facts = handbook_facts(session, handbook_id)
    if facts.published:
        facts = replace(
            facts, published=_stands(session, file_id, current_draft(session, handbook_id))
        )
    if actor.phase_id is not None and not facts.published:
        phase = session.execute(
            select(Phase.draft_id).where(
                Phase.id == actor.phase_id, Phase.handbook_id == handbook_id
            )
        ).one_or_none()
        if phase is not None and _stands(session, file_id, phase.draft_id):
            facts = replace(facts, phase_id=actor.phase_id)
    return facts


def _stands(session: Session, file_id: str, draft_id: str | None) -> bool:
    """Tell whether a draft, or one before it, shows a picture, in a text or as a story's."""
    if draft_id is None:
        return False
    last = session.execute(
        select(Draft.handbook_id, Draft.number, Draft.correction).where(Draft.id == draft_id)
    ).one()
    shown: ColumnElement[bool] = or_(
        Revision.text.contains(reference(file_id), autoescape=True), Story.picture_id == file_id
    )
    return (
        session.scalar(
            select(DraftItem.id)
            .join(Draft, Draft.id == DraftItem.draft_id)
            .join(Revision, Revision.id == DraftItem.revision_id)
            .outerjoin(Story, Story.section_id == DraftItem.section_id)
            .where(
                Draft.handbook_id == last.handbook_id,
                tuple_(Draft.number, Draft.correction) <= (last.number, last.correction),
                shown,
            )
            .limit(1)
        )
        is not None
    )


def picture_content(session: Session, actor: Actor, file_id: str, *, small: bool) -> PictureContent:
    """Read a picture's bytes. Raises Refused."""
    if not may(actor, Action.SEE_PICTURE, picture_facts(session, actor, file_id)):
        raise Refused(Reason.NOT_ALLOWED)
    which = Picture.small_sha256 if small else File.sha256
    row = session.execute(
        select(Blob.content, Blob.sha256, File.media_type)
        .select_from(Picture)
        .join(File, File.id == Picture.file_id)
        .join(Blob, Blob.sha256 == which)
        .where(Picture.file_id == file_id)
    ).one()
    return PictureContent(row.content, row.sha256, row.media_type)
