"""What others have said that is like what somebody is writing about a text."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from reviewtool.domain.actors import Actor
from reviewtool.domain.alike import most_alike
from reviewtool.models.contributions import Contribution
from reviewtool.queries.contributions import ContributionLine, lines_of
from reviewtool.queries.placing import spots
from reviewtool.queries.visible import visible_to
from reviewtool.text.anchors import Passage

MOST = 3
"""How many are offered: more would be reading, not writing."""


def said_alike(
    session: Session,
    actor: Actor,
    section_id: str,
    revision_id: str,
    text: str,
    passage: Passage | None,
    words: str,
) -> list[ContributionLine]:
    """List what others said about a text that is most like some words; at most 5 queries.

    Only what the actor sees is ever looked at: in a blind round that is nothing (rule 11).
    """
    others = [spot for spot in spots(session, actor, section_id, revision_id, text) if not spot.own]
    if not others or not words.strip():
        return []
    rows = session.execute(
        select(
            Contribution.id,
            Contribution.words,
            Contribution.replacement,
            Contribution.activity,
            Contribution.effect,
        ).where(
            Contribution.id.in_([spot.id for spot in others]),
            visible_to(actor),
        )
    )
    said = {row.id: " ".join(filter(None, row[1:])) for row in rows}
    there = frozenset(
        spot.id
        for spot in others
        if spot.place is not None
        and passage is not None
        and spot.place.start < passage.end
        and passage.start < spot.place.end
    )
    found = most_alike(words, said, there, MOST)
    lines = lines_of(session, actor, found) if found else {}
    return [lines[key] for key in found if key in lines]
