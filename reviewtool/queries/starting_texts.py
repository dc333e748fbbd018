"""The starting text of a handbook, and what its sections inherited of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from reviewtool.domain.actors import Actor
from reviewtool.domain.policy import Action, Facts, may
from reviewtool.domain.refusals import Reason, Refused
from reviewtool.models.drafts import Draft, DraftItem
from reviewtool.models.sections import Revision
from reviewtool.models.starting_texts import Inheritance, StartingText
from reviewtool.queries.lineage import lineage_of
from reviewtool.text.origins import Origin, Stretch, origins, shares


@dataclass(frozen=True)
class Source:
    """The handbook that ours began from, as readers are told of it."""

    id: str
    title: str
    credit: str
    permission: str
    dated_on: date | None
    address: str
    version: int
    sections: int
    """How many sections took text over."""


@dataclass(frozen=True)
class TextOrigin:
    """Where the words of one text come from; words: how many of each origin."""

    stretches: tuple[Stretch, ...]
    words: dict[Origin, int]

    def percent(self, origin: Origin) -> int:
        """Give the share of an origin in whole per cent."""
        total = sum(self.words.values())
        return round(100 * self.words[origin] / total) if total else 0


def source_of(session: Session, handbook_id: str) -> Source | None:
    """Read what a handbook began from: it stands on its public pages; 1 query."""
    sections = (
        select(func.count(Inheritance.section_id.distinct()))
        .where(Inheritance.starting_text_id == StartingText.id)
        .scalar_subquery()
    )
    row = session.execute(
        select(StartingText, sections).where(StartingText.handbook_id == handbook_id)
    ).one_or_none()
    if row is None:
        return None
    source, count = row
    return Source(
        id=source.id,
        title=source.title,
        credit=source.credit,
        permission=source.permission,
        dated_on=source.dated_on,
        address=source.address,
        version=source.version,
        sections=count,
    )


def inherited_texts(
    session: Session, handbook_id: str, section_ids: Collection[str], language: str
) -> dict[str, list[str]]:
    """Read the texts that sections inherited, their own or those of the sections that they were
    split or merged from; 2 queries. A section without any is left out.
    """
    taken = {
        row.section_id: row.text
        for row in session.execute(
            select(Inheritance.section_id, Revision.text)
            .join(StartingText, StartingText.id == Inheritance.starting_text_id)
            .join(Revision, Revision.id == Inheritance.revision_id)
            .where(StartingText.handbook_id == handbook_id, Inheritance.language == language)
        )
    }
    before: dict[str, list[str]] = defaultdict(list)
    for descent in lineage_of(session, handbook_id) if taken else ():
        before[descent.to_id].append(descent.from_id)
    found = {one: _ancestors(one, before, taken) for one in section_ids}
    return {one: texts for one, texts in found.items() if texts}


def _ancestors(section_id: str, before: dict[str, list[str]], taken: dict[str, str]) -> list[str]:
    texts, seen, waiting = [], set[str](), [section_id]
    while waiting:
        one = waiting.pop(0)
        if one in seen:
            continue
        seen.add(one)
        if one in taken:
            texts.append(taken[one])
        waiting += before.get(one, [])
    return texts


def origin_of(inherited: Sequence[str], text: str) -> TextOrigin:
    """Tell where the words of a text come from."""
    stretches = origins(inherited, text)
    return TextOrigin(stretches, shares(text, stretches))


def draft_revisions(
    session: Session, actor: Actor, handbook_id: str, section_id: str, language: str
) -> list[tuple[str, str]]:
    """List (revision, draft's number) of a section in every draft, the newest first; 1 query."""
    if not may(actor, Action.EDIT, Facts(handbook_id=handbook_id)):
        raise Refused(Reason.NOT_ALLOWED)
    rows = session.execute(
        select(DraftItem.revision_id, Draft)
        .join(Draft, Draft.id == DraftItem.draft_id)
        .where(
            Draft.handbook_id == handbook_id,
            DraftItem.section_id == section_id,
            DraftItem.language == language,
        )
        .order_by(Draft.number.desc(), Draft.correction.desc())
    )
    return [(row.revision_id, row.Draft.label) for row in rows]
