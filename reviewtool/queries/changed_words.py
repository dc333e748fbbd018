"""The words that answers changed: the evidence of taken contributions, before and after."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from reviewtool.domain.quoting import around
from reviewtool.models.answers import Evidence
from reviewtool.models.sections import Revision
from reviewtool.text.changed_lines import at_line
from reviewtool.text.layout import visible_words


@dataclass(frozen=True)
class ChangedWords:
    """What a taken contribution changed: the words before and after, of one section."""

    answer_id: str
    section_id: str
    before: str
    after: str
    lead: str
    """The words of the same block just before the change, so that it can be found in the text."""
    tail: str


def changed_words(session: Session, answer_ids: Sequence[str]) -> dict[str, list[ChangedWords]]:
    """Read the words that answers changed, by answer id; 1 query."""
    if not answer_ids:
        return {}
    old, new = aliased(Revision), aliased(Revision)
    rows = session.execute(
        select(Evidence, old.text.label("old_text"), new.text.label("new_text"))
        .outerjoin(old, old.id == Evidence.from_revision_id)
        .outerjoin(new, new.id == Evidence.to_revision_id)
        .where(Evidence.answer_id.in_(answer_ids))
        .order_by(Evidence.new_start, Evidence.id)
    ).all()
    changed: dict[str, list[ChangedWords]] = {}
    for row in rows:
        evidence: Evidence = row.Evidence
        old_text, new_text = row.old_text or "", row.new_text or ""
        gone, come = at_line(
            old_text,
            (evidence.old_start, evidence.old_end),
            new_text,
            (evidence.new_start, evidence.new_end),
        )
        before, after = visible_words(old_text, *gone), visible_words(new_text, *come)
        if not before and not after:
            continue
        near = around(new_text, *come) if after else around(old_text, *gone)
        changed.setdefault(evidence.answer_id, []).append(
            ChangedWords(
                answer_id=evidence.answer_id,
                section_id=evidence.section_id,
                before=before,
                after=after,
                lead=near.lead,
                tail=near.tail,
            )
        )
    return changed
