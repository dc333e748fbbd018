"""Where passages stand in the text that is shown; computed, never stored by a GET (rule 4)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from sqlalchemy import select
from sqlalchemy.orm import Session

from reviewtool.models.contributions import Placement
from reviewtool.models.sections import Revision
from reviewtool.queries.contributions import ContributionLine
from reviewtool.text.anchors import Passage, Status, place_many
from reviewtool.text.anchors import Placement as Placed


def place_in(
    session: Session, lines: Sequence[ContributionLine], revision_id: str, text: str
) -> list[ContributionLine]:
    """Place passages into the text that is shown, from their own revision or from where a
    person last placed them (rule 4); at most 2 queries, nothing is stored.
    """
    with_passage = {line.id: line for line in lines if line.passage is not None}
    by_hand = _placed_by_hand(session, list(with_passage))
    origins: dict[str, list[tuple[str, Passage]]] = {}
    for line in with_passage.values():
        assert line.passage is not None
        origin, passage = by_hand.get(line.id, (line.revision_id or "", line.passage))
        origins.setdefault(origin, []).append((line.id, passage))
    texts = {revision_id: text}
    elsewhere = [origin for origin in origins if origin != revision_id]
    if elsewhere:
        rows = session.execute(select(Revision.id, Revision.text).where(Revision.id.in_(elsewhere)))
        texts.update((row.id, row.text) for row in rows)
    placed: dict[str, Placed] = {}
    for origin, own in origins.items():
        places = _places(texts[origin], text, tuple(passage for _, passage in own))
        placed.update(zip((key for key, _ in own), places, strict=True))
    return [replace(line, place=placed.get(line.id)) for line in lines]


def is_shown_apart(line: ContributionLine) -> bool:
    """Tell whether a passage is no longer in the text that is shown."""
    return line.place is not None and line.place.status is Status.REMOVED


@lru_cache(maxsize=256)
def _places(old: str, new: str, passages: tuple[Passage, ...]) -> tuple[Placed, ...]:
    """Place passages; kept in the process, since the same page is read again and again."""
    return tuple(place_many(old, new, passages))


def _placed_by_hand(session: Session, ids: Sequence[str]) -> dict[str, tuple[str, Passage]]:
    """Read where people last placed passages; 1 query."""
    if not ids:
        return {}
    rows = session.execute(
        select(Placement, Revision.text)
        .join(Revision, Revision.id == Placement.revision_id)
        .where(Placement.contribution_id.in_(ids))
        .order_by(Placement.created_at, Placement.id)
    ).all()
    return {
        row.Placement.contribution_id: (
            row.Placement.revision_id,
            Passage(
                row.Placement.start,
                row.Placement.end,
                row.text[row.Placement.start : row.Placement.end],
            ),
        )
        for row in rows
    }
