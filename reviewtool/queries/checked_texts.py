"""Checks of texts: revisions, working texts, drafts, and every range that points into a text."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, aliased

from reviewtool.domain.checking import Fault, Finding
from reviewtool.domain.sections import Cause
from reviewtool.models.answers import Answer, Evidence
from reviewtool.models.contributions import Contribution, Placement
from reviewtool.models.drafts import Draft, DraftItem
from reviewtool.models.sections import Revision, RevisionHunk, SectionText
from reviewtool.text.anchors import passage_at
from reviewtool.text.canonical import canonical
from reviewtool.text.document import parse
from reviewtool.text.errors import TextError
from reviewtool.text.fingerprint import text_hash

STREAM = {"yield_per": 200}


def revisions(session: Session) -> Iterator[Finding]:
    """Check every revision's hash, spelling, title and number, and the newest as working text.

    A correction of a draft may be newer than the working text that it could not be joined with.
    """
    rows = session.execute(
        select(
            Revision.id, Revision.section_id, Revision.language, Revision.number,
            Revision.title, Revision.text, Revision.text_hash, Revision.cause,
        ).order_by(Revision.section_id, Revision.language, Revision.number),
        execution_options=STREAM,
    )  # fmt: skip
    newest: dict[tuple[str, str], set[str]] = {}
    for place, some in groupby(rows, key=lambda row: (row.section_id, row.language)):
        for expected, row in enumerate(some, 1):
            yield from _revision(row)
            if row.number != expected:
                yield Finding(Fault.REVISION_NUMBERS, "revision", row.id, f"{place[0]} {expected}")
            allowed = newest.setdefault(place, set())
            if row.cause is not Cause.CORRECTION:
                allowed.clear()
            allowed.add(row.id)
    for text in session.execute(select(*SectionText.__table__.columns)):
        if text.working_revision_id not in newest.get((text.section_id, text.language), ()):
            yield Finding(Fault.WORKING_TEXT, "section_text", text.id, text.working_revision_id)


def _revision(row: Any) -> Iterator[Finding]:
    if text_hash(row.section_id, row.language, row.text) != row.text_hash:
        yield Finding(Fault.TEXT_HASH, "revision", row.id)
    try:
        well_spelled = canonical(row.text) == row.text
    except TextError:
        well_spelled = False
    if not well_spelled:
        yield Finding(Fault.TEXT_FORM, "revision", row.id)
    elif parse(row.text).title != row.title:
        yield Finding(Fault.TEXT_TITLE, "revision", row.id)


def drafts(session: Session) -> Iterator[Finding]:
    """Check that drafts are numbered without gaps and hold a whole tree of fitting revisions."""
    numbered = select(Draft.id, Draft.handbook_id, Draft.number, Draft.correction).order_by(
        Draft.handbook_id, Draft.number, Draft.correction
    )
    for _, some in groupby(session.execute(numbered), key=lambda row: row.handbook_id):
        before = (0, 0)
        for row in some:
            if (row.number, row.correction) not in (
                (before[0] + 1, 0),
                (before[0], before[1] + 1),
            ):
                yield Finding(Fault.DRAFT_NUMBERS, "draft", row.id)
            before = (row.number, row.correction)
    empty = select(Draft.id).where(Draft.id.not_in(select(DraftItem.draft_id)))
    for draft_id in session.scalars(empty):
        yield Finding(Fault.DRAFT_EMPTY, "draft", draft_id)
    yield from _draft_items(session)


def _draft_items(session: Session) -> Iterator[Finding]:
    items = (
        select(
            DraftItem.id, DraftItem.draft_id, DraftItem.section_id, DraftItem.language,
            DraftItem.parent_id, DraftItem.place,
            Revision.section_id.label("of_section"), Revision.language.label("in_language"),
        )
        .join(Revision, Revision.id == DraftItem.revision_id)
        .order_by(DraftItem.draft_id, DraftItem.language, DraftItem.place)
    )  # fmt: skip
    for _, some in groupby(session.execute(items), key=lambda row: row.draft_id):
        rows = list(some)
        sections = {row.section_id for row in rows}
        for _, one_language in groupby(rows, key=lambda row: row.language):
            for place, row in enumerate(one_language):
                fits = (row.of_section, row.in_language) == (row.section_id, row.language)
                whole = row.parent_id is None or row.parent_id in sections
                if not fits or not whole or row.place != place:
                    yield Finding(Fault.DRAFT_ITEM, "draft_item", row.id, row.draft_id)


def passages(session: Session) -> Iterator[Finding]:
    """Check that every passage lies in the text that it was marked in, and has its words."""
    said = (
        select(
            Contribution.id, Contribution.start, Contribution.end, Contribution.quote,
            Revision.text,
        )
        .outerjoin(Revision, Revision.id == Contribution.revision_id)
        .where(Contribution.start.is_not(None) | Contribution.end.is_not(None))
    )  # fmt: skip
    for row in session.execute(said, execution_options=STREAM):
        try:
            found = passage_at(row.text or "", _number(row.start), _number(row.end))
        except TextError:
            yield Finding(Fault.PASSAGE_RANGE, "contribution", row.id)
            continue
        if found.quote != row.quote:
            yield Finding(Fault.PASSAGE_WORDS, "contribution", row.id)
    length = func.length(Revision.text)
    placed = (
        select(Placement.id, Placement.start, Placement.end, length.label("length"))
        .join(Revision, Revision.id == Placement.revision_id)
    )  # fmt: skip
    for row in session.execute(placed):
        if not 0 <= row.start <= row.end <= row.length:
            yield Finding(Fault.PASSAGE_RANGE, "placement", row.id)


def evidence(session: Session) -> Iterator[Finding]:
    """Check that evidence, hunks and named places lie within the texts that they speak of."""
    before, after = aliased(Revision), aliased(Revision)
    old, new = func.length(before.text).label("old"), func.length(after.text).label("new")
    shown: Select[Any] = (
        select(
            Evidence.id, Evidence.old_start, Evidence.old_end,
            Evidence.new_start, Evidence.new_end, old, new,
        )
        .outerjoin(before, before.id == Evidence.from_revision_id)
        .outerjoin(after, after.id == Evidence.to_revision_id)
    )  # fmt: skip
    hunks: Select[Any] = (
        select(
            RevisionHunk.id, RevisionHunk.old_start, RevisionHunk.old_end,
            RevisionHunk.new_start, RevisionHunk.new_end, old, new,
        )
        .join(after, after.id == RevisionHunk.revision_id)
        .outerjoin(before, before.id == after.parent_id)
    )  # fmt: skip
    for table, ranges in (("evidence", shown), ("revision_hunk", hunks)):
        for row in session.execute(ranges, execution_options=STREAM):
            if not (
                0 <= row.old_start <= row.old_end <= (row.old or 0)
                and 0 <= row.new_start <= row.new_end <= (row.new or 0)
            ):
                yield Finding(Fault.EVIDENCE_RANGE, table, row.id)
    places = (
        select(Answer.id, Answer.place_start, Answer.place_end, new)
        .outerjoin(after, after.id == Answer.place_revision_id)
        .where(Answer.place_start.is_not(None) | Answer.place_end.is_not(None))
    )
    for row in session.execute(places):
        if not 0 <= _number(row.place_start) <= _number(row.place_end) <= (row.new or 0):
            yield Finding(Fault.EVIDENCE_RANGE, "answer", row.id)


def _number(value: int | None) -> int:
    return -1 if value is None else value
