"""Use cases of figures and number graphics: put into a text, changed, moved, taken out."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from reviewtool.domain.actors import Actor
from reviewtool.domain.figures import (
    LONGEST_ALT,
    LONGEST_CAPTION,
    LONGEST_SOURCE,
    LONGEST_VALUE,
    MOST_ROWS,
    YEARS,
    Graphic,
    changed,
    graphics_of,
    put,
)
from reviewtool.domain.policy import Action
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.domain.trace import Act
from reviewtool.infra.installation import Installation
from reviewtool.models.files import File
from reviewtool.models.handbooks import Handbook
from reviewtool.models.pictures import Picture
from reviewtool.models.sections import Revision, SectionText
from reviewtool.queries.facts import found, handbook_facts, section_facts
from reviewtool.services._policy import require
from reviewtool.services._requests import earlier, remember
from reviewtool.services._trace import trace
from reviewtool.services._working import Saved, save_working
from reviewtool.text.blocks import Figure
from reviewtool.text.inline import visible


def put_graphic(
    installation: Installation,
    actor: Actor,
    section_id: str,
    language: str,
    *,
    base_revision_id: str,
    graphic: Graphic,
    place: int,
    request_id: str | None = None,
) -> Saved:
    """Put a figure into the working text, after so many blocks of its body.

    Raises Refused: (edit conflict) where somebody saved since the base; (empty) with the field
    that lacks words; (too long); (not found) for a picture that isn't the handbook's.
    """
    return _save(
        installation,
        actor,
        section_id,
        language,
        base_revision_id,
        None,
        graphic,
        place,
        request_id,
    )  # fmt: skip


def change_graphic(
    installation: Installation,
    actor: Actor,
    section_id: str,
    language: str,
    *,
    base_revision_id: str,
    index: int,
    graphic: Graphic | None,
    place: int | None = None,
    request_id: str | None = None,
) -> Saved:
    """Change a figure of the working text, move it, or (without one) take it out.

    index: which of the text's figures, from 0; place: counted without the figure itself. Raises
    Refused as `put_graphic`.
    """
    return _save(
        installation, actor, section_id, language, base_revision_id, index, graphic, place,
        request_id,
    )  # fmt: skip


def is_done(installation: Installation, actor: Actor, request_id: str | None) -> bool:
    """Tell whether a form has changed the text already: then its figure isn't where it was."""
    with installation.database.read() as session:
        return earlier(session, actor, request_id, ()) is not None


def _save(
    installation: Installation,
    actor: Actor,
    section_id: str,
    language: str,
    base_revision_id: str,
    index: int | None,
    graphic: Graphic | None,
    place: int | None,
    request_id: str | None,
) -> Saved:
    now = installation.clock.now()
    if graphic is not None:
        _check(graphic)
    words = [section_id, language, base_revision_id, repr(index), repr(graphic), repr(place)]
    with installation.database.write() as session:
        facts = section_facts(session, section_id)
        require(actor, Action.EDIT, facts)
        before = earlier(session, actor, request_id, words)
        if before is not None and before.same_words:
            return Saved(before.object_id, False)
        if isinstance(graphic, Figure):
            _own_picture(session, facts.handbook_id or "", graphic.file)
        text = _text(session, section_id, language, base_revision_id, index, graphic, place)
        saved = save_working(
            session,
            actor,
            now,
            facts.handbook_id or "",
            section_id,
            language,
            base_revision_id,
            text,
        )
        remember(session, actor, request_id, words, saved.revision_id, now)
        return saved


def _text(
    session: Session,
    section_id: str,
    language: str,
    base_revision_id: str,
    index: int | None,
    graphic: Graphic | None,
    place: int | None,
) -> str:
    head = found(
        session.scalar(
            select(SectionText).where(
                SectionText.section_id == section_id, SectionText.language == language
            )
        )
    )
    if head.working_revision_id != base_revision_id:
        raise Refused(Reason.EDIT_CONFLICT)
    base = found(session.get(Revision, base_revision_id))
    if index is None:
        assert graphic is not None
        return put(base.text, graphic, place or 0)
    if not 0 <= index < len(graphics_of(base.text)):
        raise Refused(Reason.NOT_FOUND)
    return changed(base.text, index, graphic, place)


def _check(graphic: Graphic) -> None:
    """Ask for what makes a figure understood: its alternative text, or its numbers."""
    lengths = [
        ("caption", graphic.caption, LONGEST_CAPTION),
        ("date", graphic.date, LONGEST_VALUE),
        ("source", graphic.source, LONGEST_SOURCE),
    ]
    if isinstance(graphic, Figure):
        if not graphic.alt.strip():
            raise Refused(Reason.EMPTY, details={"field": "alt"})
        lengths.append(("alt", graphic.alt, LONGEST_ALT))
    else:
        rows = graphic.rows
        if not rows or not all(value.strip() and label.strip() for value, label in rows):
            raise Refused(Reason.EMPTY, details={"field": "rows"})
        if len(rows) > MOST_ROWS:
            raise Refused(Reason.TOO_LONG, details={"field": "rows"})
        lengths += [("rows", words, LONGEST_CAPTION) for row in rows for words in row]
    for name, words, limit in lengths:
        if len(visible(words)) > limit:
            raise Refused(Reason.TOO_LONG, details={"field": name})


def _own_picture(session: Session, handbook_id: str, file_id: str) -> None:
    found(
        session.scalar(
            select(Picture.file_id)
            .join(File, File.id == Picture.file_id)
            .where(Picture.file_id == file_id, File.handbook_id == handbook_id)
        )
    )


def set_figure_years(
    installation: Installation, actor: Actor, handbook_id: str, years: int
) -> None:
    """Say after how many years the handbook's figures are old. Raises Refused."""
    if years not in YEARS:
        raise Refused(Reason.NOT_POSSIBLE_NOW)
    now: datetime = installation.clock.now()
    with installation.database.write() as session:
        require(actor, Action.EDIT, handbook_facts(session, handbook_id))
        handbook = found(session.get(Handbook, handbook_id, with_for_update=True))
        if handbook.figure_years == years:
            return
        handbook.figure_years = years
        facts = {"fields": "figure_years"}
        trace(session, actor, now, handbook_id, Act.HANDBOOK_DESCRIBED, handbook_id, facts)
